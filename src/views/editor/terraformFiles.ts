import * as vscode from 'vscode';
import { isEditable } from './isEditable.ts';

const pattern = '*.{tf,tofu,tfvars,tf.json,tofu.json,tfvars.json}';
const isTerraformFile = (path: string): boolean => /\.(tf|tofu|tfvars)(\.json)?$/.test(path);
/** Names that depend on further files stay unresolved. */
const maxFiles = 300;
const maxFileBytes = 1_000_000;

type TextsByPath = ReadonlyMap<string, string>;

/**
 * Reads the Terraform files that define variables and locals: those of the workspace, and those in the folder of a
 * document outside the workspace. Files are read once and again after a change; open documents override files on disk.
 */
export class TerraformFiles implements vscode.Disposable {
  readonly #onDidChange = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#onDidChange.event;
  readonly #subscriptions: vscode.Disposable[] = [this.#onDidChange];
  /** Documents that are not in the workspace, even after a second search. */
  readonly #outsideWorkspace = new Set<string>();
  readonly #folders = new Map<string, Promise<TextsByPath>>();
  #workspaceTexts: Promise<TextsByPath> | undefined;

  constructor() {
    this.#watch(`**/${pattern}`, () => {
      this.#workspaceTexts = undefined;
      this.#outsideWorkspace.clear();
    });
    const notify = (document: vscode.TextDocument) => {
      if (isEditableTerraform(document)) this.#onDidChange.fire();
    };
    this.#subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => document.isDirty && notify(document)),
      vscode.workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && notify(document),
      ),
      // Closing a document discards its unsaved changes.
      vscode.workspace.onDidCloseTextDocument(notify),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The texts of the files that a document may depend on, by path. */
  async getTexts({ uri }: vscode.TextDocument): Promise<TextsByPath> {
    const inWorkspace = await this.#getWorkspaceTexts(uri.path);
    const inFolder = inWorkspace.has(uri.path) ? [] : await this.#getFolderTexts(uri);
    const open = vscode.workspace.textDocuments.filter(isEditableTerraform);
    return new Map([
      ...inWorkspace,
      ...inFolder,
      ...open.map((document) => [document.uri.path, document.getText()] as const),
    ]);
  }

  async #getWorkspaceTexts(path: string): Promise<TextsByPath> {
    this.#workspaceTexts ??= readWorkspace();
    const texts = await this.#workspaceTexts;
    if (texts.has(path) || this.#outsideWorkspace.has(path)) return texts;
    // File watchers do not report every file of a new folder, so search once more.
    this.#outsideWorkspace.add(path);
    this.#workspaceTexts = readWorkspace();
    return this.#workspaceTexts;
  }

  async #getFolderTexts(uri: vscode.Uri): Promise<TextsByPath> {
    // Untitled and virtual documents have no folder.
    if (!vscode.workspace.fs.isWritableFileSystem(uri.scheme)) return new Map();
    const folder = vscode.Uri.joinPath(uri, '..');
    const key = folder.toString();
    const cached = this.#folders.get(key);
    if (cached) return cached;
    this.#watch(new vscode.RelativePattern(folder, pattern), () => this.#folders.set(key, readFolder(folder)));
    const texts = readFolder(folder);
    this.#folders.set(key, texts);
    return texts;
  }

  #watch(files: vscode.GlobPattern, invalidate: () => void): void {
    const watcher = vscode.workspace.createFileSystemWatcher(files);
    const handleChange = () => {
      invalidate();
      this.#onDidChange.fire();
    };
    this.#subscriptions.push(
      watcher,
      watcher.onDidChange(handleChange),
      watcher.onDidCreate(handleChange),
      watcher.onDidDelete(handleChange),
    );
  }
}

const isEditableTerraform = (document: vscode.TextDocument): boolean =>
  isTerraformFile(document.uri.path) && isEditable(document);

const readWorkspace = async (): Promise<TextsByPath> =>
  readFiles(await vscode.workspace.findFiles(`**/${pattern}`, '**/.terraform/**', maxFiles));

async function readFolder(folder: vscode.Uri): Promise<TextsByPath> {
  // Names that depend on an unreadable folder stay unresolved.
  const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
  const names = entries.filter(([name, type]) => isTerraformFile(name) && (type & vscode.FileType.File) !== 0);
  return readFiles(names.slice(0, maxFiles).map(([name]) => vscode.Uri.joinPath(folder, name)));
}

async function readFiles(uris: readonly vscode.Uri[]): Promise<TextsByPath> {
  const texts = await Promise.all(uris.map(async (uri) => [uri.path, await readFile(uri)] as const));
  return new Map(texts.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

async function readFile(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > maxFileBytes ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // The file was deleted between listing and reading.
    return undefined;
  }
}
