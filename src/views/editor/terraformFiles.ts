import * as vscode from 'vscode';
import { isEditable } from './isEditable.ts';

const pattern = '*.{tf,tofu,tfvars,tf.json,tofu.json,tfvars.json}';
const isOne = (path: string): boolean => /\.(tf|tofu|tfvars)(\.json)?$/.test(path);
/** More files than this are not one configuration; what lies beyond stays open in a name. */
const mostFiles = 300;
const largestFile = 1_000_000;

type Texts = ReadonlyMap<string, string>;

/**
 * The Terraform files on whose variables and locals a name may depend: the workspace's, and those beside a
 * document that is not among these. Read once, and again after a change; an open one is as it stands in its editor.
 */
export class TerraformFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Some file is not what was read. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  /** Documents that a second reading did not find either. */
  readonly #absent = new Set<string>();
  readonly #folders = new Map<string, Promise<Texts>>();
  #texts: Promise<Texts> | undefined;

  constructor() {
    this.#watch(`**/${pattern}`, () => {
      this.#texts = undefined;
      this.#absent.clear();
    });
    const tell = (document: vscode.TextDocument) => {
      if (isOpenOne(document)) this.#changed.fire();
    };
    this.#subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => document.isDirty && tell(document)),
      vscode.workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && tell(document),
      ),
      // What was not saved is gone with its editor.
      vscode.workspace.onDidCloseTextDocument(tell),
    );
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** The files' text by path, of the configuration that a document belongs to and of any other. */
  async texts({ uri }: vscode.TextDocument): Promise<Texts> {
    const known = await this.#inWorkspace(uri.path);
    const beside = known.has(uri.path) ? [] : await this.#beside(uri);
    const open = vscode.workspace.textDocuments.filter(isOpenOne);
    return new Map([...known, ...beside, ...open.map((each) => [each.uri.path, each.getText()] as const)]);
  }

  async #inWorkspace(path: string): Promise<Texts> {
    this.#texts ??= readWorkspace();
    const known = await this.#texts;
    if (known.has(path) || this.#absent.has(path)) return known;
    // Of a folder that has just come, not every file is told of.
    this.#absent.add(path);
    this.#texts = readWorkspace();
    return this.#texts;
  }

  async #beside(uri: vscode.Uri): Promise<Texts> {
    // What was never saved, or is not of a file system, has nothing beside it.
    if (!vscode.workspace.fs.isWritableFileSystem(uri.scheme)) return new Map();
    const folder = vscode.Uri.joinPath(uri, '..');
    const key = folder.toString();
    const known = this.#folders.get(key);
    if (known) return known;
    this.#watch(new vscode.RelativePattern(folder, pattern), () => this.#folders.set(key, readFolder(folder)));
    const texts = readFolder(folder);
    this.#folders.set(key, texts);
    return texts;
  }

  #watch(files: vscode.GlobPattern, forget: () => void): void {
    const watcher = vscode.workspace.createFileSystemWatcher(files);
    const changed = () => {
      forget();
      this.#changed.fire();
    };
    this.#subscriptions.push(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    );
  }
}

const isOpenOne = (document: vscode.TextDocument): boolean => isOne(document.uri.path) && isEditable(document);

const readWorkspace = async (): Promise<Texts> =>
  readFiles(await vscode.workspace.findFiles(`**/${pattern}`, '**/.terraform/**', mostFiles));

async function readFolder(folder: vscode.Uri): Promise<Texts> {
  // A folder that may not be listed tells nothing: a name that needs it stays open.
  const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
  const names = entries.filter(([name, type]) => isOne(name) && (type & vscode.FileType.File) !== 0);
  return readFiles(names.slice(0, mostFiles).map(([name]) => vscode.Uri.joinPath(folder, name)));
}

async function readFiles(uris: readonly vscode.Uri[]): Promise<Texts> {
  const texts = await Promise.all(uris.map(async (uri) => [uri.path, await read(uri)] as const));
  return new Map(texts.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

async function read(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > largestFile ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // It went away between the listing and the reading: a name that needs it stays open.
    return undefined;
  }
}
