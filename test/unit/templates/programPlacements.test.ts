import assert from 'node:assert/strict';
import { findDuplicateNames } from '../../../src/templates/checks.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

/** The accounts and regions of each pack. */
const findPlaces = (path: string, text: string): readonly string[] =>
  indexTemplate({ path, text }).packs.map((pack) =>
    (pack.getPlacements?.() ?? []).map(({ region = '?', account = '?' }) => `${account}/${region}`).join(' '),
  );

const typescriptStack = `class PackStack extends Stack {
  constructor(scope: App, id: string, props?: StackProps) {
    super(scope, id, props);
    new CfnConformancePack(this, 'p', { conformancePackName: 'same' });
  }
}
`;

describe('getPlacements in programs', () => {
  it('finds the environments of a CDK stack', () => {
    const stacks = `const env = { region: 'eu-west-1', account: '111122223333' };
new PackStack(app, 'us', { env: { region: 'us-east-1' } });
new PackStack(app, 'eu', { env });
new PackStack(app, 'own', { env: { region: process.env.CDK_DEFAULT_REGION } });
`;
    assert.deepEqual(findPlaces('a.ts', typescriptStack + stacks), ['?/us-east-1 111122223333/eu-west-1 ?/?']);
    assert.deepEqual(findPlaces('a.ts', typescriptStack), ['?/?']);
    const python = `class PackStack(Stack):
    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
        CfnConformancePack(self, "p", conformance_pack_name="same")

PackStack(app, "us", env=cdk.Environment(region="us-east-1", account="111122223333"))
PackStack(app, "eu", env={"region": "eu-west-1"})
`;
    assert.deepEqual(findPlaces('a.py', python), ['111122223333/us-east-1 ?/eu-west-1']);
  });

  it('finds no duplicate in a stack that several programs create', () => {
    const text = typescriptStack.replace('class', 'export class');
    const create = "import { PackStack } from './stack';\nnew PackStack(app, 'a');\nnew PackStack(app, 'b');\n";
    const { packs } = indexTemplate({ path: '/stack.ts', text, files: new Map([['/app.ts', create]]) });
    assert.equal(packs.length, 1);
    assert.deepEqual(findDuplicateNames(packs), []);
  });

  it('finds the environment of a stack in a variable', () => {
    const text = `const us = new Stack(app, 'us', { env: { region: 'us-east-1' } });
const eu = new Stack(app, 'eu', { env: { region: 'eu-west-1' } });
new CfnConformancePack(us, 'p', { conformancePackName: 'same' });
new CfnConformancePack(eu, 'p', { conformancePackName: 'same' });
`;
    assert.deepEqual(findPlaces('a.ts', text), ['?/us-east-1', '?/eu-west-1']);
    assert.deepEqual(findDuplicateNames(indexTemplate({ path: 'a.ts', text }).packs), []);
    const sameStack = indexTemplate({ path: 'a.ts', text: text.replace('(eu,', '(us,') }).packs;
    assert.equal(findDuplicateNames(sameStack).length, 1);
  });

  it('finds the region of a Pulumi provider', () => {
    const typescript = `const eu = new aws.Provider('eu', { region: 'eu-west-1' });
new aws.cfg.ConformancePack('a', { name: 'same' }, { provider: eu });
new aws.cfg.ConformancePack('b', { name: 'same' });
`;
    assert.deepEqual(findPlaces('a.ts', typescript), ['?/eu-west-1', '?/?']);
    const python = `eu = aws.Provider("eu", region="eu-west-1")
aws.cfg.ConformancePack("a", name="same", opts=pulumi.ResourceOptions(provider=eu))
`;
    assert.deepEqual(findPlaces('a.py', python), ['?/eu-west-1']);
  });

  it('finds no duplicate in packs of which only one is created', () => {
    const pack = "new CfnConformancePack(this, 'p', { conformancePackName: 'same' })";
    const python = 'CfnConformancePack(self, "p", conformance_pack_name="same")';
    const programs = {
      'a.ts': [
        `if (a) { ${pack}; } else { ${pack}; }`,
        `function f() { if (a) { ${pack}; return; } ${pack}; }`,
        `switch (a) { case 1: ${pack}; break; default: ${pack}; }`,
        `const p = a ? ${pack} : ${pack};`,
        `a && ${pack}; !a && ${pack};`,
        `try { ${pack}; } catch { ${pack}; }`,
      ],
      'a.py': [
        `if a:\n    ${python}\nelse:\n    ${python}\n`,
        `p = ${python} if a else ${python}\n`,
        `match a:\n    case 1:\n        ${python}\n    case _:\n        ${python}\n`,
        `try:\n    ${python}\nexcept ValueError:\n    ${python}\n`,
      ],
    };
    for (const [path, texts] of Object.entries(programs)) {
      for (const text of texts) {
        const { packs } = indexTemplate({ path, text });
        assert.equal(packs.length, 2, text);
        assert.deepEqual(findDuplicateNames(packs), [], text);
      }
    }
  });

  it('finds duplicates in packs that are created together', () => {
    const pack = "new CfnConformancePack(this, 'p', { conformancePackName: 'same' })";
    const inStack = pack.replace('this', 'stack');
    for (const text of [
      `if (a) { ${pack}; ${pack}; }`,
      `switch (a) { case 1: ${pack}; ${pack}; }`,
      `try { ${pack}; } finally { f(); } ${pack};`,
      `const a = ${pack} as any; const b = ${pack} as any;`,
      `${inStack}; stack.add(a); stack.flag = true; ${inStack};`,
      `const stack = new Stack(app); ${inStack}; Object.assign(stack, a); ${inStack};`,
    ]) {
      const { packs } = indexTemplate({ path: 'a.ts', text });
      assert.equal(findDuplicateNames(packs).length, 1, text);
    }
  });

  it('finds no duplicate in functions that get a scope each', () => {
    const create = (name: string) =>
      `function ${name}(scope) { new CfnConformancePack(scope, 'p', { conformancePackName: 'same' }); }\n`;
    const { packs } = indexTemplate({ path: 'a.ts', text: `${create('a')}${create('b')}a(one); b(other);` });
    assert.equal(packs.length, 2);
    assert.deepEqual(findDuplicateNames(packs), []);
  });

  it('does not count calls of the API as duplicates', () => {
    const text =
      'client.put_conformance_pack(ConformancePackName="x")\nclient.delete_conformance_pack(ConformancePackName="x")';
    const { packs } = indexTemplate({ path: 'a.py', text });
    assert.equal(packs.length, 2);
    assert.deepEqual(findDuplicateNames(packs), []);
  });
});
