import * as vscode from 'vscode';

const pattern = '**/*.{tf,tofu,tfvars,tf.json,tofu.json,tfvars.json}';
/** More files than this are not one configuration; what lies beyond stays open in a name. */
const mostFiles = 300;
const largestFile = 1_000_000;

/** The workspace's Terraform files, on whose variables and locals a name may depend; read once, and again after a change. */
export class TerraformFiles implements vscode.Disposable {
  readonly #watcher = vscode.workspace.createFileSystemWatcher(pattern);
  readonly #changed = new vscode.EventEmitter<void>();
  /** Some file is not what was read. */
  readonly onDidChange = this.#changed.event;
  /** Documents that a second reading did not find either. */
  readonly #absent = new Set<string>();
  #texts: Promise<ReadonlyMap<string, string>> | undefined;

  constructor() {
    const forget = () => {
      this.#texts = undefined;
      this.#absent.clear();
      this.#changed.fire();
    };
    this.#watcher.onDidChange(forget);
    this.#watcher.onDidCreate(forget);
    this.#watcher.onDidDelete(forget);
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  /** The files' text by path, of the configuration that a document belongs to and of any other. */
  async texts({ uri }: vscode.TextDocument): Promise<ReadonlyMap<string, string>> {
    this.#texts ??= readAll();
    const known = await this.#texts;
    if (known.has(uri.path) || this.#absent.has(uri.path)) return known;
    // Of a folder that has just come, not every file is told of.
    this.#absent.add(uri.path);
    this.#texts = readAll();
    return this.#texts;
  }
}

async function readAll(): Promise<ReadonlyMap<string, string>> {
  const uris = await vscode.workspace.findFiles(pattern, '**/.terraform/**', mostFiles);
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
