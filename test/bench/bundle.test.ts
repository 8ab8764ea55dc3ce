import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { sizeLimits, type BundleParts, findBundleParts } from '../support/bundle/bundleParts.ts';
import { stubVSCode } from '../support/bundle/vscodeStub.ts';
import { root } from '../support/folders.ts';

/** Words that stand in the code of credential providers and nowhere else; minifying leaves them. */
const credentialWords = ['AWS_SECRET_ACCESS_KEY', 'security-credentials', 'sso_start_url', 'web_identity_token_file'];

/** Words of the SDK's own code, wherever it is. */
const sdkWords = ['StarlingDoveService', 'AWS4-HMAC-SHA256', '$metadata'];

describe('the bundle', () => {
  let files: BuiltFiles;
  let parts: BundleParts;

  before(async () => {
    files = await BuiltFiles.read(root);
    parts = findBundleParts(files);
  });

  const bytes = (part: keyof BundleParts): number => files.sumBytes(files.getStaticClosure(parts[part]));
  const using = (words: readonly string[], paths: readonly string[]): string[] =>
    paths.filter((path) => words.some((word) => files.readText(path).includes(word)));

  for (const [part, limit] of Object.entries(sizeLimits) as [keyof typeof sizeLimits, number][]) {
    it(`holds its ${part}, with all that is loaded together with it, under ${limit / 1000} KB`, () => {
      assert(bytes(part) <= limit, `${bytes(part)} bytes`);
    });
  }

  it('loads nothing of the SDK with the entry', () => {
    for (const word of sdkWords) assert(using([word], files.paths).length > 0, `${word} is a word of the SDK`);
    assert.deepEqual(using(sdkWords, files.getStaticClosure(parts.entry)), []);
  });

  it('loads no credential provider with the client', () => {
    for (const word of credentialWords) assert(using([word], files.paths).length > 0, `${word} is a provider's word`);
    assert.deepEqual(using(credentialWords, files.getStaticClosure(parts.client)), []);
    assert(!files.getStaticClosure(parts.client).includes(parts.credentials));
  });

  it('has been activated when its call returns', async () => {
    stubVSCode();
    const { window: anything } = await import('vscode');
    const { activate } = await import(pathToFileURL(join(root, parts.entry)).href);
    const given = activate(anything);
    assert.deepEqual(Object.keys(given), ['estate', 'tree']);
    assert(!(given instanceof Promise));
  });
});
