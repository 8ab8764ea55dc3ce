import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { once } from '../../templates/memoize.ts';
import { getFolder, groupByFolder } from '../../templates/paths.ts';
import { ConfigurationFolders } from '../../templates/terraform/configurationFolders.ts';
import { getModuleFolders, isConfiguration, isVariables } from '../../templates/terraform/paths.ts';
import { findCalledFolders, readRelatedFiles, type TerraformSource } from '../../templates/terraform/relatedFiles.ts';
import { runInSlices, type SlicedWork } from '../../timeSlicing.ts';
import { isEditable } from './isEditable.ts';
import { readText } from './readText.ts';

const pattern = '{*.tf,*.tofu,*.tfvars,*.tf.json,*.tofu.json,*.tfvars.json,terragrunt.hcl}';
const manifestPattern = '**/.terraform/modules/modules.json';
const isTerraformFile = (path: string): boolean => isConfiguration(path) || isVariables(path);
const maxFileBytes = 1_000_000;
/** Files that are read at the same time to find callers. */
const batchSize = 20;
/** A document is indexed without its callers if finding them takes longer, and again once they are found. */
const maxWaitMs = 300;

type TextsByKey = ReadonlyMap<string, string>;

/** The folders that each file calls, by the file's key. */
type CallsByKey = ReadonlyMap<string, readonly string[]>;

/** Identifies a file: two file systems may have the same path. Ends in the path, so that relative paths work. */
export const getFileKey = (uri: vscode.Uri): string => getKeyPrefix(uri) + uri.path;
const getKeyPrefix = (uri: vscode.Uri): string =>
  [getScheme(uri), uri.authority, uri.query].map(encodeURIComponent).join(':');

/** A new file that is not saved yet belongs to its folder. */
const getScheme = ({ scheme, path }: vscode.Uri): string =>
  scheme === 'untitled' && path.startsWith('/') ? 'file' : scheme;

/** The Terraform files of the workspace. */
interface WorkspaceFiles {
  /** By key. */
  readonly configurations: ReadonlyMap<string, vscode.Uri>;
  /** Contains keys. */
  readonly folders: ConfigurationFolders;
  /** The keys of the variable files that may be for the configuration of each folder. */
  readonly groupVariables: () => Promise<ReadonlyMap<string, readonly string[]>>;
}

/**
 * Reads the Terraform files that the names in a document may depend on: those of its module, of the module's callers,
 * and of what these call. Files are read once and again after a change; open documents override files on disk.
 */
export class TerraformFiles implements vscode.Disposable {
  readonly #onDidChange = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#onDidChange.event;
  readonly #subscriptions: vscode.Disposable[] = [this.#onDidChange];
  readonly #texts = new Map<string, Promise<string | undefined>>();
  readonly #folders = new Map<string, Promise<readonly vscode.Uri[]>>();
  readonly #watchedFolders = new Set<string>();
  /**
   * The folders that each configuration file of the workspace calls. An entry is made before its file is read, so that
   * a change meanwhile deletes it.
   */
  readonly #calls = new Map<string, Promise<readonly string[]>>();
  #workspaceFiles: Promise<WorkspaceFiles> | undefined;
  #indexing: Promise<CallsByKey> | undefined;

  constructor() {
    this.#watch(`**/${pattern}`);
    this.#watch(manifestPattern);
    const notify = (document: vscode.TextDocument) => {
      if (isEditableTerraform(document)) this.#onDidChange.fire();
    };
    this.#subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#forgetWorkspace()),
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

  /** The texts of the files that a document may depend on, by key. */
  async getTexts({ uri }: vscode.TextDocument): Promise<TextsByKey> {
    if (getScheme(uri) === 'untitled') return new Map();
    // File watchers do not report every file of a new folder.
    const key = getFileKey(uri);
    const known = await this.#folders.get(getFolder(key));
    if (known?.every((file) => getFileKey(file) !== key)) this.#folders.delete(getFolder(key));
    return readRelatedFiles(key, this.#createSource(uri));
  }

  #createSource(base: vscode.Uri): TerraformSource {
    const { length } = getKeyPrefix(base);
    const scheme = getScheme(base);
    // A relative path may lead out of the file system.
    const toUri = (key: string) => base.with({ scheme, path: key.slice(length).replace(/^\/*/, '/') });
    const open = getOpenTexts();
    const readFile = async (key: string) => open.get(key) ?? (await this.#readText(toUri(key)));
    const getCallers = once(async () => runInSlices(groupCallers(await this.#waitForCalls(), open)));
    return {
      readFile,
      readFolder: async (folder) => {
        const files = await this.#listFolder(toUri(folder));
        const keys = [...open.keys()].filter((key) => getFolder(key) === folder);
        const texts = [...new Set([...files.map(getFileKey), ...keys])].map(async (key) => [key, await readFile(key)]);
        return new Map((await Promise.all(texts)).filter((entry): entry is [string, string] => entry[1] !== undefined));
      },
      findCallers: async (folder) => (await getCallers()).get(folder)?.map(getFolder) ?? [],
      findConfigurations: async (key) => (await this.#listWorkspace()).folders.findFor(key),
      findVariableFiles: async (folder) => {
        const { groupVariables } = await this.#listWorkspace();
        return (await groupVariables()).get(folder) ?? [];
      },
    };
  }

  #readText(uri: vscode.Uri): Promise<string | undefined> {
    return getOrCreate(this.#texts, getFileKey(uri), () => readText(uri, maxFileBytes));
  }

  #listFolder(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const key = getFileKey(folder);
    // The workspace is watched as a whole.
    if (vscode.workspace.getWorkspaceFolder(folder) === undefined && !this.#watchedFolders.has(key)) {
      this.#watchedFolders.add(key);
      this.#watch(new vscode.RelativePattern(folder, pattern));
    }
    return getOrCreate(this.#folders, key, () => listFolder(folder));
  }

  #listWorkspace(): Promise<WorkspaceFiles> {
    this.#workspaceFiles ??= listWorkspace();
    return this.#workspaceFiles;
  }

  /** The calls of the workspace's files, none if finding them takes too long. */
  async #waitForCalls(): Promise<CallsByKey> {
    if (this.#indexing === undefined) {
      const indexing = this.#indexCalls();
      this.#indexing = indexing;
      void Promise.race([indexing, setTimeout(maxWaitMs)]).then((calls) => {
        if (calls === undefined) void indexing.then(() => this.#onDidChange.fire());
      });
    }
    return (await Promise.race([this.#indexing, setTimeout(maxWaitMs)])) ?? new Map();
  }

  /** Finds the calls in all files, and reads those that are new or changed. */
  async #indexCalls(): Promise<CallsByKey> {
    const files = [...(await this.#listWorkspace()).configurations];
    const calls = new Map<string, readonly string[]>();
    for (let start = 0; start < files.length; start += batchSize) {
      const read = files
        .slice(start, start + batchSize)
        .map(async ([key, uri]) => [key, await getOrCreate(this.#calls, key, () => readCalls(key, uri))] as const);
      for (const [key, called] of await Promise.all(read)) calls.set(key, called);
    }
    return calls;
  }

  #forgetWorkspace(): void {
    this.#workspaceFiles = undefined;
    this.#indexing = undefined;
    this.#onDidChange.fire();
  }

  #watch(files: vscode.GlobPattern): void {
    const watcher = vscode.workspace.createFileSystemWatcher(files);
    const forget = (uri: vscode.Uri) => {
      const key = getFileKey(uri);
      this.#texts.delete(key);
      this.#calls.delete(key);
      this.#indexing = undefined;
    };
    const handleNewOrDeleted = (uri: vscode.Uri) => {
      forget(uri);
      this.#folders.delete(getFolder(getFileKey(uri)));
      this.#forgetWorkspace();
    };
    this.#subscriptions.push(
      watcher,
      watcher.onDidChange((uri) => {
        forget(uri);
        this.#onDidChange.fire();
      }),
      watcher.onDidCreate(handleNewOrDeleted),
      watcher.onDidDelete(handleNewOrDeleted),
    );
  }
}

function getOrCreate<T>(cache: Map<string, Promise<T>>, key: string, create: () => Promise<T>): Promise<T> {
  const value = cache.get(key) ?? create();
  cache.set(key, value);
  return value;
}

const isEditableTerraform = (document: vscode.TextDocument): boolean =>
  isTerraformFile(document.uri.path) && isEditable(document);

const getOpenTexts = (): TextsByKey =>
  new Map(
    vscode.workspace.textDocuments
      .filter(isEditableTerraform)
      .map((document) => [getFileKey(document.uri), document.getText()]),
  );

async function listWorkspace(): Promise<WorkspaceFiles> {
  const files = await vscode.workspace.findFiles(`**/${pattern}`, '**/.terraform/**');
  const configurations = new Map(
    files.filter(({ path }) => isConfiguration(path)).map((uri) => [getFileKey(uri), uri]),
  );
  const variables = files.filter(({ path }) => isVariables(path)).map(getFileKey);
  const folders = new ConfigurationFolders(getModuleFolders([...configurations.keys()]));
  return {
    configurations,
    folders,
    groupVariables: once(() => runInSlices(groupByFolder(variables, (key) => folders.findFor(key)))),
  };
}

async function readCalls(key: string, uri: vscode.Uri): Promise<readonly string[]> {
  return runInSlices(findCalledFolders(key, (await readText(uri, maxFileBytes)) ?? ''));
}

/** The files that call each folder, also in changes that are not saved yet. */
function* groupCallers(indexed: CallsByKey, open: TextsByKey): SlicedWork<ReadonlyMap<string, readonly string[]>> {
  const calls = new Map(indexed);
  for (const [key, text] of open) {
    calls.set(key, yield* findCalledFolders(key, text));
    yield;
  }
  return yield* groupByFolder(calls.keys(), (key) => calls.get(key) ?? []);
}

/** The Terraform files of a folder. Names that depend on an unreadable folder stay unresolved. */
async function listFolder(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
  const files = entries.filter(([name, type]) => isTerraformFile(name) && (type & vscode.FileType.File) !== 0);
  return files.map(([name]) => vscode.Uri.joinPath(folder, name));
}
