import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support/folders.ts';

/** The build replaces the default credential chain and the colors of grammars. */
const replacedPackages = ['@aws-sdk/credential-provider-node', '@lezer/highlight'];

/** The names of the packages of which a bundle contains code, found without the project's own build script. */
async function findPackages(platform: 'node' | 'browser', ...entryPoints: string[]): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform,
    ...(platform === 'node' && { mainFields: ['module', 'main'] }),
    external: ['vscode', '@smithy/core/event-streams', 'bowser', ...replacedPackages],
    logLevel: 'error',
  });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const names = paths.flatMap((path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort();
}

describe('dist/licenses.txt', () => {
  it('names every package in the bundles with its version and license', async () => {
    const text = readFileSync(join(root, 'dist', 'licenses.txt'), 'utf8');
    const packages = [
      ...(await findPackages('node', 'src/extension.ts', 'src/aws/credentials/providers.ts')),
      ...(await findPackages('browser', 'src/webview/pack/main.ts')),
    ];
    assert(packages.length > 20);
    for (const name of packages) {
      const { version, license } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
      assert(text.includes(`${name} ${version} (${license})\n`), name);
    }
  });

  it('contains the text of every license', () => {
    const text = readFileSync(join(root, 'dist', 'licenses.txt'), 'utf8');
    const licenses = new Set([...text.matchAll(/^\S+ \d\S* \((.+)\)$/gm)].map(([, license]) => license));
    const beginnings: Readonly<Record<string, RegExp>> = {
      'Apache-2.0': /Apache License\s+Version 2\.0/,
      MIT: /Permission is hereby granted, free of charge/,
      'BSD-3-Clause': /Redistribution and use in source and binary forms/,
      ISC: /Permission to use, copy, modify, and\/or distribute/,
    };
    assert.deepEqual([...licenses].sort(), Object.keys(beginnings).sort());
    for (const beginning of Object.values(beginnings)) assert.match(text, beginning);
  });

  it('is in the extension’s package', () => {
    const rules = readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n');
    assert(rules.includes('!dist/**'));
  });
});
