import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';

/** Files are often written in several steps: changes count when they have paused this long, in milliseconds. */
const settling = 300;

const inHome = (...path: string[]): string => join(homedir(), '.aws', ...path);

/** The person's files that say which credentials a profile has. */
const credentialFiles = (): string[] => [
  process.env.AWS_CONFIG_FILE ?? inHome('config'),
  process.env.AWS_SHARED_CREDENTIALS_FILE ?? inHome('credentials'),
];

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
  let watcher = watchNow();
  return vscode.Disposable.from({ dispose: () => watcher.dispose() }, { dispose: () => clearTimeout(timer) });

  /** Watches the files or, where their folder is missing, for the part of its path that would come next. */
  function watchNow(): vscode.Disposable {
    const [base, name] = next(folder) ?? [folder, pattern];
    const made = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(base), name));
    const onEvent = () => {
      later();
      if (base === folder && existsSync(folder)) return;
      watcher.dispose();
      watcher = watchNow();
    };
    made.onDidChange(onEvent);
    made.onDidCreate(onEvent);
    made.onDidDelete(onEvent);
    return made;
  }
}

/** The deepest folder on the way that is there, and what is missing in it; undefined where nothing is. */
function next(folder: string): [string, string] | undefined {
  if (existsSync(folder)) return undefined;
  const parent = dirname(folder);
  return next(parent) ?? [parent, basename(folder)];
}
