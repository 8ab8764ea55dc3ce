import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';

describe('TemplateCache', () => {
  it('keeps documents apart that have the same URI and version, as untitled ones do', async () => {
    stubVSCode();
    const [{ TemplateCache }, { window }] = await Promise.all([
      import('../../../src/views/editor/templateCache.ts'),
      import('vscode'),
    ]);
    const templates = new TemplateCache(window.createOutputChannel('Packscope', { log: true }));
    const readPacks = async (name: string) => {
      const index = await templates.getIndex(createUntitled(name));
      return index?.packs.flatMap((pack) => pack.resolve()).map(({ text }) => text);
    };
    assert.deepEqual(await readPacks('first'), ['first']);
    assert.deepEqual(await readPacks('second'), ['second']);
    templates.dispose();
  });
});

/** An untitled template with a pack. All have the same URI and version. */
function createUntitled(pack: string): vscode.TextDocument {
  const text = `Resources:\n  Pack:\n    Type: AWS::Config::ConformancePack\n    Properties:\n      ConformancePackName: ${pack}\n`;
  const document: Partial<vscode.TextDocument> = {
    uri: { path: 'Untitled-1', toString: () => 'untitled:Untitled-1' } as vscode.Uri,
    languageId: 'yaml',
    version: 1,
    getText: () => text,
  };
  return document as vscode.TextDocument;
}
