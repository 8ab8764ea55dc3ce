import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { getAwsFilePath, getCredentialFiles } from '../../storage/awsFilePaths.ts';

/** Files are often written in several steps: changes are reported once there are no more for this many milliseconds. */
const debounceInterval = 300;

/**
 * Watches the user's AWS files, which Packscope never writes. Calls `onCredentialsChange` when a profile may belong to
 * another account now, and `onSessionChange` when an SSO session has started or ended.
 */
export function watchAwsFiles(onCredentialsChange: () => void, onSessionChange: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    ...getCredentialFiles().map((path) => watch(dirname(path), basename(path), onCredentialsChange)),
    watch(getAwsFilePath('sso', 'cache'), '*.json', onSessionChange),
  );
}

function watch(folder: string, pattern: string, onChange: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const notify = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, debounceInterval);
  };
  // VS Code reports the creation and the deletion of a folder only to watchers of its parent.
  const createWatcher = (): vscode.Disposable => {
    const missing = findMissing(folder);
    if (missing) return watchPattern(...missing, recreate);
    return vscode.Disposable.from(
      watchPattern(folder, pattern, notify),
      watchPattern(dirname(folder), basename(folder), recreate),
    );
  };
  const recreate = () => {
    notify();
    watcher.dispose();
    watcher = createWatcher();
  };
  let watcher = createWatcher();
  return vscode.Disposable.from({ dispose: () => watcher.dispose() }, { dispose: () => clearTimeout(timer) });
}

function watchPattern(folder: string, pattern: string, run: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
  );
  watcher.onDidChange(run);
  watcher.onDidCreate(run);
  watcher.onDidDelete(run);
  return watcher;
}

/** The deepest existing folder on a path, and the name missing in it; undefined if the whole path exists. */
function findMissing(folder: string): [string, string] | undefined {
  if (existsSync(folder)) return undefined;
  const parent = dirname(folder);
  return findMissing(parent) ?? [parent, basename(folder)];
}
