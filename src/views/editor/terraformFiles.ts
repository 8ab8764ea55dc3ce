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
  #texts: Promise<ReadonlyMap<string, string>> | undefined;

  constructor() {
    const forget = () => {
      this.#texts = undefined;
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

  /** The files' text by path. */
  texts(): Promise<ReadonlyMap<string, string>> {
    this.#texts ??= readAll();
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
