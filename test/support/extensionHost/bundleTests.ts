import { join } from 'node:path';
import { build } from 'esbuild';
import { cacheFolder, createTemporaryFolder, root } from '../folders.ts';

/** Bundles tests of `test/editor` for the extension host, and returns the path of the module that runs them. */
export function bundleTests(tests: readonly string[]): Promise<string> {
  return bundleForHost('test/editor', 'index', tests);
}

/**
 * Bundles the module `main` of a folder, and further modules beside it, for the extension host, and returns its path.
 * The path is inside the project: only there does VS Code provide the extension's `vscode`, and packages resolve.
 */
export async function bundleForHost(folder: string, main: string, others: readonly string[] = []): Promise<string> {
  const outdir = await createTemporaryFolder(cacheFolder);
  await build({
    absWorkingDir: root,
    entryPoints: [`${folder}/${main}.ts`, ...others],
    outbase: folder,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
  });
  return join(outdir, `${main}.mjs`);
}
