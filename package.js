import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { unzipSync, zipSync } from 'fflate';

// node package.js              writes packscope-<version>.vsix from the build in dist/
// node package.js --out FILE   writes FILE

/** The earliest time that a ZIP file can store. Local, as the times in a ZIP file are. */
const fixedTime = new Date(1980, 0, 1);
const regularFile = 0o100644 << 16;
const unix = 3;

/** Writes a ZIP file again so that its bytes depend on its contents only: not on times, permissions or the language. */
async function makeReproducible(path) {
  const files = Object.entries(unzipSync(await readFile(path)));
  files.sort(([a], [b]) => (a < b ? -1 : 1));
  const options = { level: 9, mtime: fixedTime, os: unix, attrs: regularFile };
  await writeFile(path, zipSync(Object.fromEntries(files.map(([name, bytes]) => [name, [bytes, options]]))));
}

/** vsce advises every extension of more than 100 scripts to use a bundler. Ours are the chunks of a bundle. */
function skipBundlerAdvice() {
  const { warn } = console;
  console.warn = (...texts) => {
    if (!texts.some((text) => String(text).includes('you should bundle your extension'))) warn(...texts);
  };
}

const { name, version } = JSON.parse(await readFile('package.json', 'utf8'));
const { out = `${name}-${version}.vsix` } = parseArgs({ options: { out: { type: 'string' } } }).values;
skipBundlerAdvice();
await createVSIX({ dependencies: false, packagePath: out });
await makeReproducible(out);
