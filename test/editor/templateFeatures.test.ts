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

describe('templates that are worked on', () => {
  let templates: Templates;

  before(async () => {
    templates = await Templates.create();
  });
  after(() => templates.remove());
  beforeEach(() => resetPackscope(editorDefaults));
  afterEach(() => resetPackscope(editorDefaults));

  const lenses = async ({ uri }: TextDocument) =>
    (await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri)).flatMap(
      ({ command }) => command ?? [],
    );

  it('ask nothing while somebody types', async () => {
    const document = await templates.open('typing.yaml', createPackYaml(s3));
    await waitForPackHover(document);
    // The hover that made the pack known has asked for its rules.
    const { estate } = await getExtension().activate();
    await until('what was asked to come', () => !estate.isLoading());
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

  it('ask the organization for the names of its pack that is looked at, once', async () => {
    const text = `${createPackYaml(s3)}${createOrganizationPackYaml('data-protection')}`;
    const document = await templates.open('organization.yaml', text);
    await configService.clearRequests();
    const asked = async () =>
      (await configService.getRequests()).filter(({ operation }) => /^GetOrganization/.test(operation)).length;
    await waitForPackHover(document);
    assert.equal(await asked(), 0);
    for (let i = 0; i < 10; i += 1) await waitForPackHover(document, 'data-protection');
    await eventually(async () => assert.equal(await asked(), 1));
  });

  it('have problems, and a quick fix for a name that is written out', async () => {
    const text = `Parameters:\n  Name:\n    Type: String\n    Default: under_score\n${createPackYaml(failed, 'my_own.pack', '!Ref Name')}`;
    const document = await templates.open('problems.yaml', text);
    const found = await eventually(() => {
      const found = getProblems(document);
      assert.equal(found.length, 3);
      return found;
    });
    const shown = found.map(({ severity, code, range }) => [
      DiagnosticSeverity[severity],
      code,
      document.getText(range),
    ]);
    assert.deepEqual(
      new Set(shown),
      new Set([
        ['Error', 'deployment', failed],
        ['Error', 'name', 'my_own.pack'],
        ['Error', 'name', '!Ref Name'],
      ]),
    );
    const titles: string[] = [];
    for (const { range } of found) {
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

  const waysFrom = async ({ uri }: TextDocument, range: Range) =>
    (await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range)).filter(
      ({ command }) => command?.command.startsWith('packscope.'),
    );

  it('lead to the deployed pack from its name, as fixes where it does badly', async () => {
    const fine = 'aws-control-tower-detective-guardrails';
    const document = await templates.open('ways.yaml', createPackYaml(s3, fine, 'no-such-pack'));
    await eventually(() => assert.equal(getProblems(document).length, 1));
    const rangeOf = (name: string) => {
      const position = document.positionAt(document.getText().indexOf(name) + 3);
      return new Range(position, position);
    };
    for (const [name, kind] of Object.entries({ [s3]: 'quickfix', [fine]: 'packscope' })) {
      const ways = await eventually(async () => {
        const ways = await waysFrom(document, rangeOf(name));
        assert.equal(ways.length, 3);
        return ways;
      });
      const place = `${name} · ${home.account} · ${home.region}`;
      assert.deepEqual(
        ways.map((way) => [way.title, way.kind?.value, way.command?.command, way.command?.arguments]),
        [
          [`Open Pack ${place}`, kind, 'packscope.openPack', [{ name, ...home }]],
          [`Find in Conformance Packs: ${place}`, kind, 'packscope.findPack', [{ name, ...home }]],
          [`Open in Console: ${place}`, kind, 'packscope.openInConsole', [{ name, ...home }]],
        ],
      );
    }
    assert.deepEqual(await waysFrom(document, rangeOf('no-such-pack')), []);
    assert.deepEqual(await waysFrom(document, rangeOf('Resources')), []);
  });

  it('have a lens above each pack that is deployed, which opens it', async () => {
    const document = await templates.open('lens.yaml', createPackYaml(s3, 'no-such-pack'));
    await eventually(async () => {
      const found = await lenses(document);
      assert.equal(found.length, 1);
      assert.match(found[0]?.title ?? '', /^61\.5% · (5 of 5 rules failing · )?us-east-1$/);
      assert.deepEqual([found[0]?.command, found[0]?.arguments], ['packscope.openPack', [{ name: s3, ...home }]]);
    });
  });

  it('complete the names of deployed packs where one is expected', async () => {
    await waitForPackHover(
      await templates.open(
        'complete-first.yaml',
        `${createPackYaml(s3)}${createOrganizationPackYaml('data-protection')}`,
      ),
    );
    const at = async (path: string, text: string) => {
      const document = await templates.open(path, text.replace('|', ''));
      const { items } = await commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.positionAt(text.indexOf('|')),
      );
      return items.filter(({ detail }) => detail?.includes(home.account));
    };
    const terraform = (type: string) => `resource "aws_config_${type}" "pack" {\n  name = "o|"\n}\n`;
    const own = [
      await at('complete.yaml', createPackYaml('operational|')),
      await at('complete.json', '{ "ConformancePackName": "o|" }'),
      await at('complete.tf', terraform('conformance_pack')),
    ];
    for (const items of own) {
      const found = items.find(({ label }) => label === s3);
      assert.equal(found?.detail, `61.5% · ${home.account} · ${home.region}`);
      assert(!items.some(({ label }) => /^OrgConformsPack|^data-protection$/.test(String(label))));
    }
    const organizations = [
      await at('complete-organization.yaml', createOrganizationPackYaml('d|')),
      await at('complete-organization.tf', terraform('organization_conformance_pack')),
    ];
    for (const items of organizations) {
      const names = items.map(({ label }) => label).sort();
      assert.deepEqual(names, ['data-protection', 'security-baseline']);
    }
    assert.deepEqual(await at('complete-elsewhere.yaml', createPackYaml(s3).replace('Type: ', 'Type: |')), []);
    assert.deepEqual(await at('complete-elsewhere.tf', 'resource "aws_s3_bucket" "b" {\n  name = "|"\n}\n'), []);
  });

  it('are left in peace by the settings', async () => {
    const text = createPackYaml(failed, 'bad_name');
    const document = await templates.open('settings.yaml', text);
    await waitForPackHover(document, failed);
    await eventually(async () => {
      assert.equal(getProblems(document).length, 2);
      assert.equal((await lenses(document)).length, 1);
    });
    await resetPackscope({ 'editor.hover': false, 'editor.codeLens': false, 'editor.diagnostics': false });
    await eventually(() => assert.deepEqual(getProblems(document), []));
    assert.deepEqual(await getHoversOver(document, failed), []);
    assert.deepEqual(await lenses(document), []);
    await configService.clearRequests();
    const another = await templates.open('settings-another.yaml', text);
    assert.deepEqual(await getHoversOver(another, failed), []);
    assert.deepEqual(await lenses(another), []);
    assert.deepEqual(getProblems(another), []);
    assert.deepEqual(await configService.getRequests(), []);
  });
});
