import assert from 'node:assert/strict';
import {
  type CodeAction,
  type CodeLens,
  type CompletionList,
  commands,
  DiagnosticSeverity,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getExtension, resetPackscope } from './packscope.ts';
import {
  createOrganizationPackYaml,
  createPackYaml,
  editorDefaults,
  getHoversOver,
  getProblems,
  home,
  s3,
  Templates,
  typeOver,
  waitForPackHover,
} from './templates.ts';

const failed = 'operational-best-practices-for-encryption-and-keys';

describe('editor features in templates', () => {
  let templates: Templates;

  before(async () => {
    templates = await Templates.create();
  });
  after(() => templates.remove());
  beforeEach(() => resetPackscope(editorDefaults));
  afterEach(() => resetPackscope(editorDefaults));

  const getLenses = async ({ uri }: TextDocument) =>
    (await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri)).flatMap(
      ({ command }) => command ?? [],
    );

  it('send no request while typing', async () => {
    const document = await templates.open('typing.yaml', createPackYaml(s3));
    await waitForPackHover(document);
    // The hover also loads the pack's rules.
    const { estate } = await getExtension().activate();
    await until('loading to end', () => !estate.isLoading());
    await configService.clearRequests();
    let before = s3;
    for (const typed of ['n', 'na', 'nam', 'name', 'name_']) {
      await typeOver(document, `Name: ${before}`, `Name: ${typed}`);
      before = typed;
    }
    await eventually(() =>
      assert.deepEqual(
        getProblems(document).map(({ code }) => code),
        ['name'],
      ),
    );
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('load the deployed names of an organization pack once, on hover', async () => {
    const text = `${createPackYaml(s3)}${createOrganizationPackYaml('data-protection')}`;
    const document = await templates.open('organization.yaml', text);
    await configService.clearRequests();
    const countRequests = async () =>
      (await configService.getRequests()).filter(({ operation }) => /^GetOrganization/.test(operation)).length;
    await waitForPackHover(document);
    assert.equal(await countRequests(), 0);
    for (let i = 0; i < 10; i += 1) await waitForPackHover(document, 'data-protection');
    await eventually(async () => assert.equal(await countRequests(), 1));
  });

  it('report problems, with a quick fix for a literal name', async () => {
    const text = `Parameters:\n  Name:\n    Type: String\n    Default: under_score\n${createPackYaml(failed, 'my_own.pack', '!Ref Name')}`;
    const document = await templates.open('problems.yaml', text);
    const problems = await eventually(() => {
      const problems = getProblems(document);
      assert.equal(problems.length, 3);
      return problems;
    });
    const summaries = problems.map(({ severity, code, range }) => [
      DiagnosticSeverity[severity],
      code,
      document.getText(range),
    ]);
    assert.deepEqual(
      new Set(summaries),
      new Set([
        ['Error', 'deployment', failed],
        ['Error', 'name', 'my_own.pack'],
        ['Error', 'name', '!Ref Name'],
      ]),
    );
    const titles: string[] = [];
    for (const { range } of problems) {
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
      );
      for (const { title, edit } of actions.filter(({ title }) => title.startsWith('Rename to '))) {
        titles.push(title);
        if (edit) await workspace.applyEdit(edit);
      }
    }
    assert.deepEqual(titles, ['Rename to my-own-pack']);
    assert(document.getText().includes('ConformancePackName: my-own-pack\n'));
    await eventually(() => assert.equal(getProblems(document).length, 2));
  });

  const getPackscopeActions = async ({ uri }: TextDocument, range: Range) =>
    (await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range)).filter(
      ({ command }) => command?.command.startsWith('packscope.'),
    );

  it('offer actions for the deployed pack, as quick fixes if its score is low', async () => {
    const compliant = 'aws-control-tower-detective-guardrails';
    const document = await templates.open('actions.yaml', createPackYaml(s3, compliant, 'no-such-pack'));
    await eventually(() => assert.equal(getProblems(document).length, 1));
    const rangeOf = (name: string) => {
      const position = document.positionAt(document.getText().indexOf(name) + 3);
      return new Range(position, position);
    };
    for (const [name, kind] of Object.entries({ [s3]: 'quickfix', [compliant]: 'packscope' })) {
      const actions = await eventually(async () => {
        const actions = await getPackscopeActions(document, rangeOf(name));
        assert.equal(actions.length, 3);
        return actions;
      });
      const location = `${name} · ${home.account} · ${home.region}`;
      assert.deepEqual(
        actions.map((action) => [action.title, action.kind?.value, action.command?.command, action.command?.arguments]),
        [
          [`Open Pack ${location}`, kind, 'packscope.openPack', [{ name, ...home }]],
          [`Find in Conformance Packs: ${location}`, kind, 'packscope.findPack', [{ name, ...home }]],
          [`Open in Console: ${location}`, kind, 'packscope.openInConsole', [{ name, ...home }]],
        ],
      );
    }
    assert.deepEqual(await getPackscopeActions(document, rangeOf('no-such-pack')), []);
    assert.deepEqual(await getPackscopeActions(document, rangeOf('Resources')), []);
  });

  it('show a lens above each deployed pack', async () => {
    const document = await templates.open('lens.yaml', createPackYaml(s3, 'no-such-pack'));
    await eventually(async () => {
      const lenses = await getLenses(document);
      assert.equal(lenses.length, 1);
      assert.match(lenses[0]?.title ?? '', /^61\.5% · (5 of 5 rules failing · )?us-east-1$/);
      assert.deepEqual([lenses[0]?.command, lenses[0]?.arguments], ['packscope.openPack', [{ name: s3, ...home }]]);
    });
  });

  it('complete the names of deployed packs', async () => {
    await waitForPackHover(
      await templates.open(
        'complete-first.yaml',
        `${createPackYaml(s3)}${createOrganizationPackYaml('data-protection')}`,
      ),
    );
    const complete = async (path: string, text: string) => {
      const document = await templates.open(path, text.replace('|', ''));
      const { items } = await commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.positionAt(text.indexOf('|')),
      );
      return items.filter(({ detail }) => detail?.includes(home.account));
    };
    const terraform = (type: string) => `resource "aws_config_${type}" "pack" {\n  name = "o|"\n}\n`;
    const completions = [
      await complete('complete.yaml', createPackYaml('operational|')),
      await complete('complete.json', '{ "ConformancePackName": "o|" }'),
      await complete('complete.tf', terraform('conformance_pack')),
    ];
    for (const items of completions) {
      const item = items.find(({ label }) => label === s3);
      assert.equal(item?.detail, `61.5% · ${home.account} · ${home.region}`);
      assert(!items.some(({ label }) => /^OrgConformsPack|^data-protection$/.test(String(label))));
    }
    const organizationCompletions = [
      await complete('complete-organization.yaml', createOrganizationPackYaml('d|')),
      await complete('complete-organization.tf', terraform('organization_conformance_pack')),
    ];
    for (const items of organizationCompletions) {
      const names = items.map(({ label }) => label).sort();
      assert.deepEqual(names, ['data-protection', 'security-baseline']);
    }
    assert.deepEqual(await complete('complete-elsewhere.yaml', createPackYaml(s3).replace('Type: ', 'Type: |')), []);
    assert.deepEqual(await complete('complete-elsewhere.tf', 'resource "aws_s3_bucket" "b" {\n  name = "|"\n}\n'), []);
  });

  it('are disabled by their settings', async () => {
    const text = createPackYaml(failed, 'bad_name');
    const document = await templates.open('settings.yaml', text);
    await waitForPackHover(document, failed);
    await eventually(async () => {
      assert.equal(getProblems(document).length, 2);
      assert.equal((await getLenses(document)).length, 1);
    });
    await resetPackscope({ 'editor.hover': false, 'editor.codeLens': false, 'editor.diagnostics': false });
    await eventually(() => assert.deepEqual(getProblems(document), []));
    assert.deepEqual(await getHoversOver(document, failed), []);
    assert.deepEqual(await getLenses(document), []);
    await configService.clearRequests();
    const another = await templates.open('settings-another.yaml', text);
    assert.deepEqual(await getHoversOver(another, failed), []);
    assert.deepEqual(await getLenses(another), []);
    assert.deepEqual(getProblems(another), []);
    assert.deepEqual(await configService.getRequests(), []);
  });
});
