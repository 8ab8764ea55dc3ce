import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cache, root, temporaryFolder } from '../workbench/folders.ts';

/**
 * Bundles every test of this folder for the extension host, and returns the module that runs them. It stands inside
 * the project, because only there VS Code hands out the extension's `vscode`, and packages are found.
 */
export async function bundleTests(): Promise<string> {
  const outdir = await temporaryFolder(cache);
  await build({
    absWorkingDir: root,
    entryPoints: ['test/editor/index.ts', ...globSync('test/editor/**/*.test.ts', { cwd: root })],
    outbase: 'test/editor',
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
  return join(outdir, 'index.mjs');
}
