import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { credentialFiles, inHome } from '../../storage/awsFilePaths.ts';

/** Files are often written in several steps: changes count when they have paused this long, in milliseconds. */
const settling = 300;

/**
 * Watches the person's AWS files, which are never written: `onCredentials` when a profile may have become somebody
 * else, `onSignIn` when an SSO session has come or gone.
 */
export function watchAwsFiles(onCredentials: () => void, onSignIn: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    ...credentialFiles().map((path) => watch(dirname(path), basename(path), onCredentials)),
    watch(inHome('sso', 'cache'), '*.json', onSignIn),
  );
}

function watch(folder: string, pattern: string, onChange: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settling);
  };
  // Of a folder that is not there yet, or that is deleted with all that is in it, VS Code tells only from above.
  const watchNow = (): vscode.Disposable => {
    const missing = missingIn(folder);
    if (missing) return onEvent(...missing, again);
    return vscode.Disposable.from(onEvent(folder, pattern, later), onEvent(dirname(folder), basename(folder), again));
  };
  const again = () => {
    later();
    watcher.dispose();
    watcher = watchNow();
  };
  let watcher = watchNow();
  return vscode.Disposable.from({ dispose: () => watcher.dispose() }, { dispose: () => clearTimeout(timer) });
}

function onEvent(folder: string, pattern: string, run: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
  );
  watcher.onDidChange(run);
  watcher.onDidCreate(run);
  watcher.onDidDelete(run);
  return watcher;
}

/** The deepest folder on the way that is there, and what is missing in it; undefined where nothing is. */
function missingIn(folder: string): [string, string] | undefined {
  if (existsSync(folder)) return undefined;
  const parent = dirname(folder);
  return missingIn(parent) ?? [parent, basename(folder)];
}
