import { Session } from 'node:inspector/promises';

/** The scripts below a folder that this process has loaded, as its own debugger counts them. */
export async function listLoadedScripts(folder: string): Promise<string[]> {
  const session = new Session();
  session.connect();
  const found = new Set<string>();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    const path = url.replace(/^file:\/\//, '');
    if (path.startsWith(folder)) found.add(path.slice(folder.length));
  });
  await session.post('Debugger.enable');
  session.disconnect();
  return [...found];
}
