import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { credentialFiles, inHome } from './credentialFiles.ts';

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
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
  );
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settling);
  };
  watcher.onDidChange(later);
  watcher.onDidCreate(later);
  watcher.onDidDelete(later);
  return vscode.Disposable.from(watcher, { dispose: () => clearTimeout(timer) });
}
