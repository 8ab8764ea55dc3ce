import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** One file that the build wrote. */
interface BuiltFile {
  readonly bytes: number;
  /** What is loaded together with it, and what only when it is wanted. */
  readonly statics: readonly string[];
  readonly dynamics: readonly string[];
}

/** What the build wrote to `dist/`, and which file loads which. Paths are those below the project's folder. */
export class BuiltFiles {
  readonly #root: string;
  readonly #files: ReadonlyMap<string, BuiltFile>;

  private constructor(root: string, files: ReadonlyMap<string, BuiltFile>) {
    this.#root = root;
    this.#files = files;
  }

  /** Reads the files with esbuild's own parser, from the entry on. */
  static async read(root: string): Promise<BuiltFiles> {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['dist/extension.js', 'dist/webview/main.js'],
      outdir: 'dist',
      write: false,
      metafile: true,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      external: ['vscode', '@smithy/core/event-streams'],
      logLevel: 'error',
    });
    const files = Object.entries(metafile.inputs).map(([path, { bytes, imports }]): [string, BuiltFile] => {
      const own = imports.filter(({ external }) => !external);
      const of = (wanted: boolean) =>
        own.filter(({ kind }) => (kind === 'dynamic-import') === wanted).map(({ path }) => path);
      return [path, { bytes, statics: of(false), dynamics: of(true) }];
    });
    return new BuiltFiles(root, new Map(files));
  }

  /** Every file there is. */
  get paths(): string[] {
    return [...this.#files.keys()];
  }

  /** A file and everything that is loaded with it. */
  getStaticClosure(path: string): string[] {
    const found = new Set([path]);
    for (const each of found) for (const next of this.#file(each).statics) found.add(next);
    return [...found];
  }

  /** What a file or anything loaded with it loads later. */
  getDynamicImports(path: string): string[] {
    return [...new Set(this.getStaticClosure(path).flatMap((each) => this.#file(each).dynamics))];
  }

  /** The one file, loaded later by `path`, that exports `name`. */
  findDynamicImport(path: string, name: string): string {
    const exporting = this.getDynamicImports(path).filter((each) =>
      new RegExp(`\\bas ${name}\\b`).test(this.readText(each)),
    );
    const [found] = exporting;
    if (!found || exporting.length > 1) throw new Error(`${exporting.length} files after ${path} export ${name}`);
    return found;
  }

  sumBytes(paths: readonly string[]): number {
    return paths.reduce((sum, path) => sum + this.#file(path).bytes, 0);
  }

  readText(path: string): string {
    return readFileSync(join(this.#root, path), 'utf8');
  }

  #file(path: string): BuiltFile {
    const file = this.#files.get(path);
    if (!file) throw new Error(`The build wrote no ${path}`);
    return file;
  }
}
