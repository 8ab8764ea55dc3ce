import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import {
  type BundleParts,
  findBundleParts,
  sizeLimits,
  sumTemplateBytes,
  templateSizeLimits,
} from '../support/bundle/bundleParts.ts';
import { stubVSCode } from '../support/bundle/vscodeStub.ts';
import { root } from '../support/folders.ts';

/** Strings that only the code of credential providers contains, also after minification. */
const credentialStrings = ['AWS_SECRET_ACCESS_KEY', 'security-credentials', 'sso_start_url', 'web_identity_token_file'];

/** Strings that only the SDK's code contains. */
const sdkStrings = ['StarlingDoveService', 'AWS4-HMAC-SHA256', '$metadata'];

describe('the bundle', () => {
  let files: BuiltFiles;
  let parts: BundleParts;

  before(async () => {
    files = await BuiltFiles.read(root);
    parts = findBundleParts(files);
  });

  const findFilesWith = (strings: readonly string[], paths: readonly string[]): string[] =>
    paths.filter((path) => strings.some((string) => files.readText(path).includes(string)));

  for (const part of ['entry', 'client', 'webview', 'overview'] as const) {
    it(`keeps its ${part} with static imports under ${sizeLimits[part] / 1000} KB`, () => {
      const bytes = files.sumBytes(files.getStaticClosure(parts[part]));
      assert(bytes <= sizeLimits[part], `${bytes} bytes`);
    });
  }

  it('keeps the code of templates small, and each language apart', () => {
    const { cloudFormation, templateLanguages } = parts;
    const bytes = sumTemplateBytes(files, parts, [cloudFormation]);
    assert(bytes <= templateSizeLimits.cloudFormation, `${bytes} bytes for YAML and JSON`);
    const allBytes = sumTemplateBytes(files, parts, templateLanguages);
    assert(allBytes <= templateSizeLimits.allLanguages, `${allBytes} bytes for all languages`);
    assert.equal(templateLanguages.length, 5, 'YAML and JSON, HCL, JavaScript, Python, shell');
  });

  it('loads nothing of the SDK with the entry', () => {
    for (const string of sdkStrings) assert(findFilesWith([string], files.getPaths()).length > 0, string);
    assert.deepEqual(findFilesWith(sdkStrings, files.getStaticClosure(parts.entry)), []);
  });

  it('loads no credential provider with the client', () => {
    for (const string of credentialStrings) assert(findFilesWith([string], files.getPaths()).length > 0, string);
    assert.deepEqual(findFilesWith(credentialStrings, files.getStaticClosure(parts.client)), []);
    assert(!files.getStaticClosure(parts.client).includes(parts.credentials));
  });

  it('activates synchronously', async () => {
    stubVSCode();
    const { window: stub } = await import('vscode');
    const { activate } = await import(pathToFileURL(join(root, parts.entry)).href);
    const api = activate(stub);
    assert(!(api instanceof Promise));
    assert.deepEqual(Object.keys(api), ['estate', 'tree']);
  });
});
