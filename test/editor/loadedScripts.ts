import { Session } from 'node:inspector/promises';

/** Returns the scripts below a folder that this process has loaded, as its debugger reports them, relative to the folder. */
export async function getLoadedScripts(folder: string): Promise<string[]> {
  const session = new Session();
  session.connect();
  const scripts = new Set<string>();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    const path = url.replace(/^file:\/\//, '');
    if (path.startsWith(folder)) scripts.add(path.slice(folder.length));
  });
  await session.post('Debugger.enable');
  session.disconnect();
  return [...scripts];
}
