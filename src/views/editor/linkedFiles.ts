import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { LinkedLanguage } from '../../templates/language.ts';
import { type FileLinks, findReferring, indexLinks, readLinkedFiles } from '../../templates/linkedFiles.ts';
import { once } from '../../templates/memoize.ts';
import { runInSlices, type SlicedWork } from '../../timeSlicing.ts';
import { readText } from './readText.ts';

const extensions: Readonly<Record<LinkedLanguage, string>> = {
  javascript: 'ts,tsx,mts,cts,js,jsx,mjs,cjs',
  python: 'py',
  shell: 'sh,bash,zsh,ksh,env',
  cloudformation: 'yml,yaml,json',
};
const toPattern = (each: string): string => `**/*.{${each}}`;

const watchedFile = new RegExp(`\\.(?:${Object.values(extensions).join(',').replaceAll(',', '|')})$`);

/** Folders with files that are not written by hand. */
const excluded = '**/{node_modules,.venv,venv,site-packages,cdk.out,dist,.git}/**';

/** Files that mark the folder of a project. */
const projectFiles: ReadonlySet<string> = new Set([
  'package.json',
  'cdk.json',
  'pyproject.toml',
  'Pulumi.yaml',
  '.git',
]);

/** Files of a project that are searched for those that refer to a document. */
const maxProjectFiles = 2_000;
const maxFileBytes = 500_000;

/** Files that are read at the same time. */
const batchSize = 20;

/** A document is indexed without the files that refer to it if finding them takes longer, and again once they are found. */
const maxWaitMs = 300;

/**
 * Reads the files that the names in a program or a script may depend on. Files are read once and again after a change;
 * open documents override files on disk. Names that come from an unreadable file stay unresolved.
 */
export class LinkedFiles implements vscode.Disposable {
  readonly #onDidChange = new vscode.EventEmitter<void>();
  /** Fires when files have changed on disk, and when files that refer to a document were found after it was indexed. */
  readonly onDidChange = this.#onDidChange.event;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  /** The project around each folder. */
  readonly #projectFolders = new Map<string, Promise<vscode.Uri | undefined>>();
  /** The files of each project and language. */
  readonly #projects = new Map<string, Promise<readonly vscode.Uri[]>>();
  /** Documents that the files of their project were listed for. */
  readonly #listed = new WeakSet<vscode.TextDocument>();
  /** What each file refers to. An entry is made before its file is read, so that a change meanwhile deletes it. */
  readonly #links = new Map<string, Promise<FileLinks>>();
  readonly #subscriptions: vscode.Disposable[] = [this.#onDidChange];

  constructor() {
    for (const each of Object.values(extensions)) {
      const watcher = vscode.workspace.createFileSystemWatcher(toPattern(each));
      const forget = (uri: vscode.Uri) => {
        this.#texts.delete(uri.toString());
        this.#links.delete(uri.toString());
        this.#onDidChange.fire();
      };
      const forgetProjects = (uri: vscode.Uri) => {
        this.#projects.clear();
        forget(uri);
      };
      this.#subscriptions.push(
        watcher,
        watcher.onDidChange(forget),
        watcher.onDidCreate(forgetProjects),
        watcher.onDidDelete(forgetProjects),
      );
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The texts of the files that a document may depend on, by path. */
  async getTexts(document: vscode.TextDocument, language: LinkedLanguage): Promise<ReadonlyMap<string, string>> {
    const { uri } = document;
    const open = new Map(vscode.workspace.textDocuments.map((other) => [other.uri.toString(), other]));
    const indexing = this.#indexProject(document, language);
    const indexed = await Promise.race([indexing, setTimeout(maxWaitMs)]);
    if (indexed === undefined) void indexing.then(() => this.#onDidChange.fire());
    const getLinks = once(() => runInSlices(applyOpenTexts(language, indexed ?? new Map(), open)));
    return readLinkedFiles(language, uri.path, document.getText(), {
      readFile: async (path) => {
        const file = uri.with({ path });
        return open.get(file.toString())?.getText() ?? this.#readText(file);
      },
      findReferring: async (other) => runInSlices(findReferring(language, await getLinks(), other)),
    });
  }

  /** Finds what the files of a document's project refer to, by URI. */
  async #indexProject(
    document: vscode.TextDocument,
    language: LinkedLanguage,
  ): Promise<ReadonlyMap<string, FileLinks>> {
    const links = new Map<string, FileLinks>();
    // What includes a file of a service is its main file, which the file itself leads to.
    const isService = language === 'cloudformation';
    const project = isService ? undefined : await this.#findProject(vscode.Uri.joinPath(document.uri, '..'));
    if (project === undefined) return links;
    const files = await this.#listProject(project, document, language);
    for (let start = 0; start < files.length; start += batchSize) {
      const batch = files.slice(start, start + batchSize);
      const read = batch.map(async (file) => [file.toString(), await this.#readLinks(file, language)] as const);
      for (const [key, each] of await Promise.all(read)) links.set(key, each);
    }
    return links;
  }

  #readLinks(file: vscode.Uri, language: LinkedLanguage): Promise<FileLinks> {
    const key = file.toString();
    const links = this.#links.get(key) ?? readLinks(file, language);
    this.#links.set(key, links);
    return links;
  }

  #findProject(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
    const key = folder.toString();
    const project = this.#projectFolders.get(key) ?? findProject(folder);
    this.#projectFolders.set(key, project);
    return project;
  }

  async #listProject(project: vscode.Uri, document: vscode.TextDocument, language: LinkedLanguage) {
    const key = `${language} ${project.toString()}`;
    const known = this.#projects.get(key);
    const list = () => {
      const listing = listFiles(project, language);
      this.#projects.set(key, listing);
      this.#listed.add(document);
      return listing;
    };
    if (known === undefined) return list();
    const files = await known;
    // File watchers do not report every file of a new folder.
    const isComplete = files.some((file) => file.toString() === document.uri.toString()) || this.#listed.has(document);
    return isComplete ? files : list();
  }

  #readText(uri: vscode.Uri): Promise<string | undefined> {
    const isWatched = watchedFile.test(uri.path) && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    if (!isWatched) return readText(uri, maxFileBytes);
    const key = uri.toString();
    const text = this.#texts.get(key) ?? readText(uri, maxFileBytes);
    this.#texts.set(key, text);
    return text;
  }
}

async function readLinks(file: vscode.Uri, language: LinkedLanguage): Promise<FileLinks> {
  const text = await readText(file, maxFileBytes);
  return runInSlices(indexLinks(language, file.path, text ?? ''));
}

/** What the files of a project refer to, also in changes that are not saved yet. */
function* applyOpenTexts(
  language: LinkedLanguage,
  indexed: ReadonlyMap<string, FileLinks>,
  open: ReadonlyMap<string, vscode.TextDocument>,
): SlicedWork<readonly FileLinks[]> {
  const links = new Map(indexed);
  for (const [key, document] of open) {
    if (!links.has(key)) continue;
    links.set(key, yield* indexLinks(language, document.uri.path, document.getText()));
    yield;
  }
  return [...links.values()];
}

/** The innermost project around a folder, or else the folder of the workspace. */
async function findProject(inner: vscode.Uri): Promise<vscode.Uri | undefined> {
  const workspace = vscode.workspace.getWorkspaceFolder(inner)?.uri;
  if (workspace === undefined) return undefined;
  for (let folder = inner; folder.path.length > workspace.path.length; folder = vscode.Uri.joinPath(folder, '..')) {
    const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
    if (entries.some(([name]) => projectFiles.has(name))) return folder;
  }
  return workspace;
}

const listFiles = async (folder: vscode.Uri, language: LinkedLanguage): Promise<readonly vscode.Uri[]> =>
  vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, toPattern(extensions[language])),
    excluded,
    maxProjectFiles,
  );
