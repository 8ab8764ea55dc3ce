import { createRequire } from 'node:module';
import { join } from 'node:path';
import { commands, env, UIKind, workspace } from 'vscode';

/** Only a VS Code for the browser can lack this native module, and then it keeps no logs at all. */
export const isLogAvailable =
  env.uiKind === UIKind.Desktop || canLoad(join(env.appRoot, 'node_modules', '@vscode', 'spdlog'));

/** The log's lines, which are brought in sight for this. */
export async function readLogLines(): Promise<string[]> {
  await commands.executeCommand('packscope.showLog');
  const documents = workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output' && /Packscope/.test(uri.path));
  return documents.flatMap((document) => document.getText().split('\n'));
}

function canLoad(path: string): boolean {
  try {
    createRequire(import.meta.url)(path);
    return true;
  } catch {
    return false;
  }
}
