import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, languages, Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { actUntil, eventually } from '../support/polling.ts';
import { resetPackscope } from './packscope.ts';
import {
  createPackYaml,
  editorDefaults,
  getHoversOver,
  getProblems,
  s3,
  Templates,
  typeOver,
  waitForPackHover,
} from './templates.ts';

const main = 'resource "aws_config_conformance_pack" "pack" {\n  name = var.pack\n}\n';
const variables = (name: string) => `variable "pack" {\n  default = "${name}"\n}\n`;

describe('editor features in unsaved templates', () => {
  let templates: Templates;

  before(async () => {
    templates = await Templates.create();
  });
  after(() => templates.remove());
  beforeEach(() => resetPackscope(editorDefaults));
  afterEach(async () => {
    // A document that is closed late would have the same URI as the next untitled one.
    await actUntil(
      () => Promise.resolve(commands.executeCommand('workbench.action.revertAndCloseActiveEditor')),
      () => assert(workspace.textDocuments.every(({ isUntitled }) => !isUntitled)),
    );
    await resetPackscope(editorDefaults);
  });

  const waitForName = (document: TextDocument, name: string) =>
    eventually(async () => {
      const [hover] = await getHoversOver(document, 'var.pack');
      assert.equal(hover?.value.split('\n')[0], `Conformance pack **${name}**`);
    });

  it('use unsaved text of another file until it is reverted', async () => {
    await templates.write('unsaved/variables.tf', variables('saved_name'));
    const document = await templates.open('unsaved/main.tf', main);
    // A preview would be replaced by the next editor, and its document closed.
    await window.showTextDocument(document, { preview: false });
    await waitForName(document, 'saved_name');
    await eventually(() => assert.equal(getProblems(document).length, 1));
    const other = await templates.open('unsaved/variables.tf', variables('saved_name'));
    await window.showTextDocument(other, { preview: false });
    await typeOver(other, 'saved_name', 'typed-name');
    assert(other.isDirty);
    await eventually(() => assert.deepEqual(getProblems(document), []));
    await waitForName(document, 'typed-name');
    await eventually(() => assert.equal(window.activeTextEditor?.document, other));
    await actUntil(
      () => Promise.resolve(commands.executeCommand('workbench.action.files.revert')),
      () => assert(!other.isDirty),
    );
    await eventually(() => assert.equal(getProblems(document).length, 1));
    await waitForName(document, 'saved_name');
  });

  it('use sibling files outside of the workspace', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packscope-alone-'));
    try {
      await writeFile(join(folder, 'variables.tf'), variables('first-name'));
      await writeFile(join(folder, 'main.tf'), main);
      const document = await workspace.openTextDocument(Uri.file(join(folder, 'main.tf')));
      assert.equal(workspace.getWorkspaceFolder(document.uri), undefined);
      await waitForName(document, 'first-name');
      // A watcher does not report when it is ready, so missed changes are repeated.
      await eventually(async () => {
        await writeFile(join(folder, 'variables.tf'), variables('second-name'));
        assert.match((await getHoversOver(document, 'var.pack'))[0]?.value ?? '', /^Conformance pack \*\*second-name/);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const untitled: Record<string, string> = {
    yaml: createPackYaml(s3),
    json: `{ "Resources": { "Pack": { "Type": "AWS::Config::ConformancePack", "Properties": { "ConformancePackName": "${s3}" } } } }`,
    typescript: `import { CfnConformancePack } from 'aws-cdk-lib/aws-config';\nnew CfnConformancePack(this, 'Pack', { conformancePackName: '${s3}' });\n`,
    javascript: `const { CfnConformancePack } = require('aws-cdk-lib/aws-config');\nnew CfnConformancePack(this, 'Pack', { conformancePackName: '${s3}' });\n`,
    python: `from aws_cdk import aws_config as config\nconfig.CfnConformancePack(self, "Pack", conformance_pack_name="${s3}")\n`,
  };
  /** Opens and shows an untitled document. VS Code may close one that is not shown yet and not edited: then it opens another. */
  const showUntitled = (language: string, content: string) =>
    eventually(async () => {
      const document = await workspace.openTextDocument({ language, content });
      await window.showTextDocument(document);
      assert.equal(document.getText(), content);
      return document;
    });

  for (const [language, content] of Object.entries(untitled)) {
    it(`show a pack in an untitled document of ${language}`, async () => {
      const document = await showUntitled(language, content);
      assert.equal(document.uri.scheme, 'untitled');
      const { value } = await waitForPackHover(document);
      assert.match(value, new RegExp(`^Conformance pack \\*\\*${s3}\\*\\*\\n\\n61\\.5% `));
    });
  }

  it('start when the language of a document changes', async () => {
    const plain = await showUntitled('plaintext', createPackYaml('bad_name'));
    assert.deepEqual(await getHoversOver(plain, 'bad_name'), []);
    const document = await languages.setTextDocumentLanguage(plain, 'yaml');
    await eventually(() => assert.equal(getProblems(document).length, 1));
    assert.equal((await getHoversOver(document, 'bad_name')).length, 1);
  });

  it('report problems while typing', async () => {
    const document = await showUntitled('yaml', '');
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(0, 0, 0, 0), createPackYaml('bad_name'));
    await workspace.applyEdit(edit);
    await eventually(() =>
      assert.deepEqual(
        getProblems(document).map(({ code }) => code),
        ['name'],
      ),
    );
  });

  it('show hovers but no problems in the original side of a diff', async () => {
    const text = createPackYaml(s3, 'bad_name');
    const old = workspace.registerTextDocumentContentProvider('before', { provideTextDocumentContent: () => text });
    try {
      const before = await workspace.openTextDocument(Uri.parse('before:/some/template.yaml'));
      const now = await templates.open('changed.yaml', text);
      await eventually(() => assert.equal(getProblems(now).length, 2));
      await waitForPackHover(before);
      assert.deepEqual(getProblems(before), []);
    } finally {
      old.dispose();
    }
  });
});
