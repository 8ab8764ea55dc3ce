import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { createVSIX } from '@vscode/vsce';
import { unzipSync, Zip, ZipPassThrough } from 'fflate';

// node package.js              writes packscope-<version>.vsix from the build in dist/
// node package.js --out FILE   writes FILE

/** The earliest time that a ZIP file can store. Local, as the times in a ZIP file are. */
const fixedTime = new Date(1980, 0, 1);
const regularFile = 0o100644 << 16;
const unix = 3;

/** Compresses with the block size that suits the bytes best. Code and pictures differ by up to 1%. */
const deflate = (bytes) =>
  [4, 5, 6, 7, 8, 9]
    .map((memLevel) => deflateRawSync(bytes, { level: 9, memLevel }))
    .reduce((smallest, each) => (each.length < smallest.length ? each : smallest));

/** A file in a ZIP file, compressed by Node: 2% smaller than by fflate. */
class DeflatedFile extends ZipPassThrough {
  compression = 8;

  process(bytes, isFinal) {
    this.ondata(null, deflate(bytes), isFinal);
  }
}

/** Writes a ZIP file again so that its bytes depend on its contents only: not on times, permissions or the language. */
async function makeReproducible(path) {
  const files = Object.entries(unzipSync(await readFile(path)));
  files.sort(([a], [b]) => (a < b ? -1 : 1));
  const chunks = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [name, bytes] of files) {
    const file = new DeflatedFile(name);
    zip.add(Object.assign(file, { mtime: fixedTime, os: unix, attrs: regularFile }));
    file.push(bytes, true);
  }
  zip.end();
  await writeFile(path, Buffer.concat(chunks));
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
