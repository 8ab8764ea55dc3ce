import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A file of the build. */
interface BuiltFile {
  readonly bytes: number;
  readonly staticImports: readonly string[];
  readonly dynamicImports: readonly string[];
}

/** The files of the build in `dist/` and their imports. Paths are relative to the project's folder. */
export class BuiltFiles {
  readonly #root: string;
  readonly #files: ReadonlyMap<string, BuiltFile>;

  private constructor(root: string, files: ReadonlyMap<string, BuiltFile>) {
    this.#root = root;
    this.#files = files;
  }

  /** Reads the build with esbuild's parser, from its entry points on. */
  static async read(root: string): Promise<BuiltFiles> {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['dist/extension.js', 'dist/webview/main.js', 'dist/webview/overview.js'],
      outdir: 'dist',
      write: false,
      metafile: true,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      external: ['vscode', '@smithy/core/event-streams', 'bowser'],
      logLevel: 'error',
    });
    const files = Object.entries(metafile.inputs).map(([path, { bytes, imports }]): [string, BuiltFile] => {
      const internal = imports.filter(({ external }) => !external);
      const getPaths = (isDynamic: boolean) =>
        internal.filter(({ kind }) => (kind === 'dynamic-import') === isDynamic).map(({ path }) => path);
      return [path, { bytes, staticImports: getPaths(false), dynamicImports: getPaths(true) }];
    });
    return new BuiltFiles(root, new Map(files));
  }

  /** Returns the path of every file. */
  getPaths(): string[] {
    return [...this.#files.keys()];
  }

  /** Returns a file and all files that it imports statically, directly or not. */
  getStaticClosure(path: string): string[] {
    const closure = new Set([path]);
    for (const each of closure) for (const next of this.#getFile(each).staticImports) closure.add(next);
    return [...closure];
  }

  /** Returns the files that a file or its static closure imports dynamically. */
  getDynamicImports(path: string): string[] {
    return [...new Set(this.getStaticClosure(path).flatMap((each) => this.#getFile(each).dynamicImports))];
  }

  /** Returns the only dynamically imported file that exports `name`. */
  findDynamicImport(path: string, name: string): string {
    const exporting = this.getDynamicImports(path).filter((each) =>
      new RegExp(`\\bas ${name}\\b`).test(this.readText(each)),
    );
    const [match] = exporting;
    if (!match || exporting.length > 1)
      throw new Error(`${exporting.length} files imported dynamically by ${path} export ${name}`);
    return match;
  }

  sumBytes(paths: readonly string[]): number {
    return paths.reduce((sum, path) => sum + this.#getFile(path).bytes, 0);
  }

  readText(path: string): string {
    return readFileSync(join(this.#root, path), 'utf8');
  }

  #getFile(path: string): BuiltFile {
    const file = this.#files.get(path);
    if (!file) throw new Error(`The build has no file ${path}`);
    return file;
  }
}
