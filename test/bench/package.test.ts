import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { packageExtension } from '../support/bundle/packageExtension.ts';
import { root } from '../support/folders.ts';
import { runProcess } from '../support/processes.ts';

const maxBytes = 800_000;

/** Every file of the package is of one of these kinds: no source maps, sources, tests or pictures of the README. */
const allowedFiles: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(extension\.js|providers\.js|licenses\.txt)$/,
  /^extension\/dist\/chunks\/[\w-]+\.js$/,
  /^extension\/dist\/webview\/(main|overview)\.js$/,
  /^extension\/dist\/sample\.json\.br$/,
  /^extension\/media\/[\w.-]+\.(css|json|png|svg)$/,
  /^extension\/media\/walkthrough\/[\w-]+\.png$/,
];

describe('the package', () => {
  let bytes: Buffer;
  let files: Readonly<Record<string, Uint8Array>>;

  before(async () => {
    bytes = readFileSync(await packageExtension({ TZ: 'Asia/Tokyo', LC_ALL: 'cs_CZ.UTF-8' }));
    files = unzipSync(bytes);
  });

  const readText = (path: string): string => Buffer.from(files[path] ?? assert.fail(`No ${path}`)).toString();

  it(`has at most ${maxBytes / 1000} KB`, () => {
    assert(bytes.length <= maxBytes, `${bytes.length} bytes`);
  });

  it('contains only what the extension needs', () => {
    const paths = Object.keys(files);
    const unexpected = paths.filter((path) => !allowedFiles.some((allowed) => allowed.test(path)));
    assert.deepEqual(unexpected, []);
    for (const allowed of allowedFiles)
      assert(
        paths.some((path) => allowed.test(path)),
        String(allowed),
      );
    for (const path of paths.filter((path) => path.endsWith('.js'))) {
      assert.doesNotMatch(readText(path), /sourceMappingURL=/, path);
    }
  });

  it('contains every file that the manifest names', () => {
    const manifest = readText('extension/package.json');
    const { main, icon } = JSON.parse(manifest);
    const media = [...manifest.matchAll(/"(media\/[^"]+)"/g)].map(([, path]) => path);
    for (const path of [main, icon, ...media]) assert(`extension/${path.replace(/^\.\//, '')}` in files, path);
  });

  it('shows the pictures of its README from the repository', () => {
    const images = [...readText('extension/readme.md').matchAll(/!\[[^\]]+\]\(([^)\s]+)\)/g)];
    assert(images.length > 0);
    const base = 'https://github.com/packscope/packscope/raw/HEAD/';
    for (const [, url = ''] of images) {
      assert(url.startsWith(base), url);
      assert(existsSync(join(root, url.slice(base.length))), url);
    }
  });

  it('has the same bytes after another build at another time', async () => {
    await runProcess(process.execPath, ['esbuild.js'], { cwd: root });
    const again = readFileSync(await packageExtension({ TZ: 'America/New_York', LC_ALL: 'C' }));
    assert(bytes.equals(again), 'The two packages differ');
  });
});
