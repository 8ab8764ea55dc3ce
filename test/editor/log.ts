import { createRequire } from 'node:module';
import { join } from 'node:path';
import { commands, env, UIKind, workspace } from 'vscode';

/** Whether log channels are written. Without this native module, which a VS Code for the browser may lack, they stay empty. */
export const isLogAvailable =
  env.uiKind === UIKind.Desktop || canLoad(join(env.appRoot, 'node_modules', '@vscode', 'spdlog'));

/** Shows the log and returns its lines. */
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
