import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cacheFolder, root, createTemporaryFolder } from '../folders.ts';

/** Bundles every test of this folder, or the given ones, for the extension host, and returns the module that runs them. */
export function bundleTests(given: readonly string[] = []): Promise<string> {
  const tests = given.length > 0 ? given : globSync('test/editor/**/*.test.ts', { cwd: root });
  return bundleForHost('test/editor', 'index', tests);
}

/**
 * Bundles the module `main` of a folder for the extension host, others beside it, and returns where it is. That is
 * inside the project, because only there VS Code hands out the extension's `vscode`, and packages are found.
 */
export async function bundleForHost(folder: string, main: string, beside: readonly string[] = []): Promise<string> {
  const outdir = await createTemporaryFolder(cacheFolder);
  await build({
    absWorkingDir: root,
    entryPoints: [`${folder}/${main}.ts`, ...beside],
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
