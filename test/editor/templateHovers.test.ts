import assert from 'node:assert/strict';
import { commands, type MarkdownString } from 'vscode';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { actUntil, eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getLoadedScripts } from './loadedScripts.ts';
import { isLogAvailable, readLogLines } from './log.ts';
import { getExtension, resetPackscope } from './packscope.ts';
import {
  createPackYaml,
  editorDefaults,
  getHoversAt,
  getHoversOver,
  getProblems,
  home,
  s3,
  Templates,
  typeOver,
  waitForPackHover,
} from './templates.ts';

describe('hovers in templates', () => {
  let templates: Templates;

  before(async () => {
    templates = await Templates.create();
  });
  after(() => templates.remove());
  beforeEach(() => resetPackscope(editorDefaults));
  afterEach(async () => {
    await configService.changeEstate({ ...home, pack: s3, change: 'setDeployment', state: 'CREATE_COMPLETE' });
    await resetPackscope(editorDefaults);
  });

  it('load no code before a template mentions a pack', async () => {
    const { extensionPath } = getExtension();
    const files = await BuiltFiles.read(extensionPath);
    const editorFeature = files.findDynamicImport('dist/extension.js', 'startEditorFeatures');
    const isLoaded = async () => (await getLoadedScripts(`${extensionPath}/`)).includes(editorFeature);
    const others = {
      'none.yaml': 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n',
      'none.json': '{ "name": "some-pack" }',
      'none.ts': 'export const name = "some-pack";\n',
      'none.tf': 'resource "aws_s3_bucket" "some" {}\n',
      'none.txt': createPackYaml(s3),
    };
    for (const [path, text] of Object.entries(others)) {
      const document = await templates.open(path, text);
      assert.deepEqual(await getHoversAt(document, 3), []);
    }
    assert.equal(await isLoaded(), false);
    await templates.open('first.yaml', createPackYaml(s3));
    await eventually(async () => assert.equal(await isLoaded(), true));
  });

  const documents: Record<string, readonly [text: string, over: string]> = {
    'written.yaml': [createPackYaml(`'${s3}'`), s3],
    'written.json': [
      JSON.stringify({
        Resources: { Pack: { Type: 'AWS::Config::ConformancePack', Properties: { ConformancePackName: s3 } } },
      }),
      s3,
    ],
    'main.tf': ['resource "aws_config_conformance_pack" "pack" {\n  name = var.pack\n}\n', 'var.pack'],
    'stack.ts': [
      `import { CfnConformancePack } from 'aws-cdk-lib/aws-config';\nnew CfnConformancePack(this, 'Pack', { conformancePackName: '${s3}' });\n`,
      s3,
    ],
    'stack.py': [
      `from aws_cdk import aws_config as config\nconfig.CfnConformancePack(self, "Pack", conformance_pack_name="${s3}")\n`,
      s3,
    ],
    // VS Code opens these as plain text unless another extension knows them.
    'stack.template': [createPackYaml(s3), s3],
    'stack.cfn': [createPackYaml(s3), s3],
    'main.tofu': [`resource "aws_config_conformance_pack" "pack" {\n  name = "${s3}"\n}\n`, s3],
    'deploy.sh': [`aws configservice put-conformance-pack --conformance-pack-name ${s3}\n`, s3],
    'README.md': [`\`\`\`sh\naws configservice delete-conformance-pack --conformance-pack-name ${s3}\n\`\`\`\n`, s3],
  };
  for (const [path, [text, over]] of Object.entries(documents)) {
    it(`show a pack in ${path}`, async () => {
      await templates.write('variables.tf', `variable "pack" {\n  default = "${s3}"\n}\n`);
      const document = await templates.open(path, text);
      const { value } = await waitForPackHover(document, over);
      const [first, score] = value.split('\n\n');
      assert.equal(first, `Conformance pack **${s3}**`);
      assert.match(score ?? '', /^61\.5% ▰+▱+ · computed /);
      const start = text.indexOf(over);
      assert.deepEqual(await getHoversAt(document, start - 2), []);
      assert.deepEqual(await getHoversAt(document, start + over.length + 1), []);
    });
  }

  it('follow changes in another file of the configuration', async () => {
    await templates.write('changing/variables.tf', `variable "pack" {\n  default = "first-pack"\n}\n`);
    const document = await templates.open(
      'changing/main.tf',
      'resource "aws_config_conformance_pack" "pack" {\n  name = var.pack\n}\n',
    );
    const getName = async () => (await getHoversOver(document, 'var.pack'))[0]?.value.split('\n')[0];
    await eventually(async () => assert.equal(await getName(), 'Conformance pack **first-pack**'));
    await templates.write('changing/variables.tf', `variable "pack" {\n  default = "second-pack"\n}\n`);
    await eventually(async () => assert.equal(await getName(), 'Conformance pack **second-pack**'));
  });

  it('follow a constant of an imported file, and its changes', async () => {
    const names = await templates.open('program/names.ts', "export const name = 'first-pack';\n");
    const document = await templates.open(
      'program/stack.ts',
      "import { name } from './names';\nnew CfnConformancePack(this, 'Pack', { conformancePackName: `${name}` });\n",
    );
    const getName = async () => (await getHoversOver(document, '${name}'))[0]?.value.split('\n')[0];
    await eventually(async () => assert.equal(await getName(), 'Conformance pack **first-pack**'));
    await typeOver(names, 'first', 'other');
    await eventually(async () => assert.equal(await getName(), 'Conformance pack **other-pack**'));
  });

  /**
   * A watcher does not report when it is ready for a new folder, so missed changes are repeated. It may miss all changes in
   * a folder that is created together with the one around it.
   */
  const writeUntil = (path: string, text: string, check: () => Promise<void>) =>
    actUntil(() => templates.write(path, text), check);

  it('follow what a file passes to the class that it imports, and its changes', async () => {
    const createCaller = (name: string) =>
      `import { PackStack } from './pack-stack';\nnew PackStack(app, 'packs', { packName: '${name}' });\n`;
    await templates.write('callers/app.ts', createCaller('first-pack'));
    const document = await templates.open(
      'callers/pack-stack.ts',
      "export class PackStack extends Stack {\n  constructor(scope: App, id: string, props: Props) {\n    new CfnConformancePack(this, 'Pack', { conformancePackName: props.packName });\n  }\n}\n",
    );
    const getName = async () => (await getHoversOver(document, 'props.packName'))[0]?.value.split('\n')[0];
    await eventually(async () => assert.equal(await getName(), 'Conformance pack **first-pack**'));
    await writeUntil('callers/app.ts', createCaller('second-pack'), async () =>
      assert.equal(await getName(), 'Conformance pack **second-pack**'),
    );
    await writeUntil('callers/other.ts', createCaller('third-pack'), async () => {
      const [hover] = await getHoversOver(document, 'props.packName');
      assert.match(hover?.value ?? '', /second-pack[\s\S]*third-pack/);
    });
  });

  it('follow a variable of a script that is sourced, and its changes', async () => {
    await templates.write('scripts/names.sh', 'PACK=first-pack\n');
    const document = await templates.open(
      'scripts/deploy.sh',
      'source "$(dirname "$0")/names.sh"\naws configservice put-conformance-pack --conformance-pack-name "$PACK"\n',
    );
    const getName = async () => (await getHoversOver(document, '$PACK'))[0]?.value.split('\n')[0];
    await eventually(async () => assert.equal(await getName(), 'Conformance pack **first-pack**'));
    await writeUntil('scripts/names.sh', 'PACK=second-pack\n', async () =>
      assert.equal(await getName(), 'Conformance pack **second-pack**'),
    );
  });

  it('follow a variable of the service that includes a file, and its changes', async () => {
    const createService = (name: string) => `custom:\n  name: ${name}\nresources: \${file(resources/packs.yml)}\n`;
    await templates.write('service/serverless.yml', createService('first-pack'));
    const document = await templates.open('service/resources/packs.yml', createPackYaml('${self:custom.name}'));
    const getName = async () => (await getHoversOver(document, '${self:custom.name}'))[0]?.value.split('\n')[0];
    await eventually(async () => assert.equal(await getName(), 'Conformance pack **first-pack**'));
    await writeUntil('service/serverless.yml', createService('second-pack'), async () =>
      assert.equal(await getName(), 'Conformance pack **second-pack**'),
    );
  });

  it('show the loading state first, and the pack after two requests and the identity', async () => {
    // A region that no other test uses, with hovers as the only feature that sends requests.
    await resetPackscope({
      connections: [{ regions: ['ap-southeast-2'] }],
      'editor.codeLens': false,
      'editor.diagnostics': false,
    });
    const name = 'aws-control-tower-detective-guardrails';
    const document = await templates.open('asking.yaml', createPackYaml(name, 'other-pack'));
    assert.deepEqual(await configService.getRequests('ap-southeast-2'), []);
    await configService.setFaults({ latencyMs: 300 });
    for (let i = 0; i < 100; i += 1) {
      const [hover] = await getHoversOver(document, name);
      if (i === 0) assert.equal(hover?.value, `Conformance pack **${name}**\n\nyour account: loading …`);
    }
    await eventually(async () => {
      const [hover] = await getHoversOver(document, name);
      assert.match(hover?.value ?? '', /\n\n[\d.]+% ▰/);
      const operations = (await configService.getRequests('ap-southeast-2')).map(({ operation }) => operation).sort();
      assert.deepEqual(
        operations.filter((operation) => !/PackCompliance(Details)?$/.test(operation)),
        ['DescribeConformancePackStatus', 'GetCallerIdentity', 'ListConformancePackComplianceScores'],
      );
    });
  });

  it('trust only the commands of their links', async () => {
    const hover = await waitForPackHover(await templates.open('trusted.yaml', createPackYaml(s3)));
    assert.deepEqual(hover.isTrusted, {
      enabledCommands: ['packscope.openPack', 'packscope.openInConsole', 'packscope.refresh'],
    });
    assert(!hover.supportHtml && !hover.supportThemeIcons);
  });

  it('escape names and service messages', async () => {
    const hostile =
      '**b** <b>c</b> `d` ![e](https://example.com/f.png) $(error) <script>g</script>\n# h\n- https://example.com/i [j](command:packscope.signIn)';
    await configService.changeEstate({
      ...home,
      pack: s3,
      change: 'setDeployment',
      state: 'CREATE_FAILED',
      reason: hostile,
    });
    const document = await templates.open('hostile.yaml', createPackYaml(s3, JSON.stringify(hostile)));
    const reasonHover = await eventually(async () => {
      const hover = await waitForPackHover(document);
      assert(hover.value.includes('CREATE_FAILED'), hover.value);
      return hover;
    });
    const [nameHover] = await getHoversOver(document, '**b**');
    assert(nameHover);
    for (const hover of [reasonHover, nameHover]) await assertHarmless(hover);
    assert.match(reasonHover.value, /script/);
  });

  it('ignore very large templates', async () => {
    const document = await templates.open(
      'large.yaml',
      `${createPackYaml(s3, 'bad_name')}${`# ${'x'.repeat(997)}\n`.repeat(10_500)}`,
    );
    assert(document.getText().length > 10_000_000);
    assert.deepEqual(await getHoversOver(document, s3), []);
    assert.deepEqual(getProblems(document), []);
    await eventually(async () => {
      const lines = (await readLogLines()).filter((line) => /\[info\] Skipped .*\/large\.yaml: too large$/.test(line));
      assert.equal(lines.length, isLogAvailable ? 1 : 0);
    });
  });
});

/** Asserts that a rendered hover contains only paragraphs, one strong name and links to its own commands. */
async function assertHarmless({ value }: MarkdownString): Promise<void> {
  const rendered = await commands.executeCommand<string>('markdown.api.render', value);
  const html = rendered.slice(rendered.indexOf('<p'));
  const tags = [...html.matchAll(/<(\w+)[^>]*>/g)].map(([, tag]) => tag);
  assert.deepEqual(
    tags.filter((tag) => tag !== 'p' && tag !== 'a' && tag !== 'strong'),
    [],
    html,
  );
  assert.equal(tags.filter((tag) => tag === 'strong').length, 1, html);
  const hrefs = [...html.matchAll(/href="([^"?]*)/g)].map(([, href]) => href);
  assert.deepEqual(
    hrefs.filter((href) => !/^command:packscope\.(openPack|openInConsole|refresh)$/.test(href ?? '')),
    [],
    html,
  );
  assert(html.includes('command:packscope.signIn'), html);
}
