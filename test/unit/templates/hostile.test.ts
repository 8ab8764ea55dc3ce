import assert from 'node:assert/strict';
import { maxProgramLength, maxTemplateLength } from '../../../src/templates/parseTemplate.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const yamlPack =
  'Resources:\n  P:\n    Type: AWS::Config::ConformancePack\n    Properties:\n      ConformancePackName: ';
const tfPack = 'resource "aws_config_conformance_pack" "p" {\n  name = ';
const tsPack = 'new config.CfnConformancePack(this, "p", { conformancePackName: ';
const pyPack = 'config.CfnConformancePack(self, "p", conformance_pack_name=';

const jsonPack = (name: string) =>
  `{"Resources":{"P":{"Type":"AWS::Config::ConformancePack","Properties":{"ConformancePackName":${name}}}}}`;

const long = 'a'.repeat(1_000);

/** Long enough that anything worse than linear shows, short enough for every run. */
const many = 60_000;

const aliasBomb = Array.from({ length: 12 }, (_, level) => {
  const inner =
    level === 0
      ? 'lol'
      : Array(9)
          .fill(`*a${level - 1}`)
          .join(', ');
  return `a${level}: &a${level} [${inner}]\n`;
}).join('');

const documents: Readonly<Record<string, { path: string; text: string }>> = {
  'an alias bomb': { path: 'a.yaml', text: `${aliasBomb}${yamlPack}!Join ['-', *a11]\n` },
  'aliases that lead in circles': { path: 'a.yaml', text: `x: &x *y\ny: &y *x\n${yamlPack}*x\n` },
  'deep flow collections': { path: 'a.yaml', text: `${yamlPack}${'['.repeat(many)}` },
  'deep flow mappings in JSON': {
    path: 'a.json',
    text: `{"Resources": "AWS::Config::ConformancePack", "x": ${'{"a":'.repeat(many)}`,
  },
  'deep block mappings': {
    path: 'a.yaml',
    text: `# ConformancePack\nResources:\n${Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth + 1)}a:\n`).join('')}`,
  },
  'a megabyte on a line of YAML': { path: 'a.yaml', text: `${yamlPack}${'x: '.repeat(350_000)}` },
  'a megabyte on a line of JSON': { path: 'a.json', text: `{"a":"${'\\u0041'.repeat(170_000)} ConformancePack"` },
  'anchors without end': { path: 'a.yaml', text: `${'&a'.repeat(many)}\n${yamlPack}*a\n` },
  'functions without end': { path: 'a.yaml', text: `${yamlPack}!Sub '${'${a}'.repeat(4_000)}'\n` },
  'interpolations nobody closes, in HCL': { path: 'a.tf', text: `${tfPack}"${'${"'.repeat(many)}` },
  'interpolations over lines': { path: 'a.tf', text: `${tfPack}"x"\n${'"${(\n'.repeat(many)}` },
  'a heredoc of braces': { path: 'a.tf', text: `${tfPack}<<EOT\n${'${'.repeat(many)}` },
  'heredocs without end': { path: 'a.tf', text: `${tfPack}"x"\n}\n${'<<A\n'.repeat(many)}` },
  'brackets without end, in HCL': { path: 'a.tf', text: `${tfPack}${'('.repeat(many)}` },
  'operators without end': { path: 'a.tf', text: `${tfPack}${'!'.repeat(many)}` },
  'locals in circles': {
    path: 'a.tf',
    text: `${tfPack}local.a\n}\nlocals {\n a = [local.b, local.b]\n b = [local.a, local.a]\n}\n`,
  },
  'a product of loops': {
    path: 'a.tf',
    text: `${tfPack}join("", [for a in range(64) : [for b in range(64) : [for c in range(64) : [for d in range(64) : d]]]])\n}\n`,
  },
  'a pattern that backtracks': { path: 'a.tf', text: `${tfPack}replace("${'a'.repeat(2_000)}!", "/(a+)+$/", "")\n}\n` },
  'template literals nobody closes': { path: 'a.ts', text: `${tsPack}${'`${'.repeat(many)}` },
  'brackets without end, in TypeScript': { path: 'a.ts', text: `${tsPack}${'[{('.repeat(many / 3)}` },
  'names in circles': { path: 'a.ts', text: `const a = b + b;\nconst b = a + a;\n${tsPack}a });` },
  'a function that calls itself': { path: 'a.ts', text: `function f(x) { f(x + x); ${tsPack}x }); }` },
  'strings nobody closes, in Python': { path: 'a.py', text: `${pyPack}${'f"{'.repeat(many)}` },
  'one word everywhere': { path: 'a.py', text: `${pyPack}x)\n${'x = x\n'.repeat(5_000)}` },
  'spaces without end in a key': { path: 'a.yaml', text: `# ConformancePack\na${' '.repeat(900_000)}b\n` },
  'aliases of no anchor': {
    path: 'a.yaml',
    text: `#${'&x&'.repeat(250_000)}\n${yamlPack}!Join ['-', [${'*x,'.repeat(1_000)}*x]]\n`,
  },
  'substitutions nobody closes, in JSON': { path: 'a.json', text: jsonPack(`"${'${'.repeat(400_000)}"`) },
  'template engines nobody closes, in JSON': { path: 'a.json', text: jsonPack(`"${'{{'.repeat(400_000)}"`) },
  'a list of very many, in JSON': { path: 'a.json', text: jsonPack(`{"Fn::Join":["-",[${'"a",'.repeat(200_000)}]]}`) },
  'a width beyond any name': { path: 'a.tf', text: `${tfPack}format("%09999999999d", 1)\n}\n` },
  'a text that grows with each replacement': {
    path: 'a.tf',
    text: `${tfPack}${'replace('.repeat(5)}"${long}"${`, "a", "${long}")`.repeat(5)}\n}\n`,
  },
  'interpolations without end, in JSON for Terraform': {
    path: 'a.tf.json',
    text: `{"resource":{"aws_config_conformance_pack":{"p":{"name":"${'${a}'.repeat(200_000)}"}}}}`,
  },
  'declarations without end': { path: 'a.ts', text: `${tsPack}x });\n${'let x = 1; x = 1;\n'.repeat(25_000)}` },
  'brackets that close others': { path: 'a.ts', text: `${tsPack}${'('.repeat(many)}${']'.repeat(many)}` },
  'a chain of members without end': { path: 'a.ts', text: `${tsPack}${'a.'.repeat(200_000)}b });` },
  'parameters without end': { path: 'a.ts', text: `${tsPack}x }); f(${'x, '.repeat(150_000)}) {}` },
  'assignments without end, in Python': { path: 'a.py', text: `${pyPack}x)\n${'x = x\n'.repeat(80_000)}` },
  'a format nobody closes, in Python': { path: 'a.py', text: `${pyPack}"{${'a'.repeat(400_000)}".format(x))\n` },
  'nothing but classes': { path: 'a.ts', text: 'new CfnConformancePack('.repeat(5_000) },
};

describe('templates: hostile documents', () => {
  for (const [name, document] of Object.entries(documents)) {
    // Whatever is worse than linear runs into the time limit by orders of magnitude.
    it(`${name}: no throw, no stall`, () => {
      for (const pack of indexTemplate(document).packs.slice(0, 10)) assert.ok(pack.resolve().length > 0);
    }).timeout(30_000);
  }

  it('leaves a document alone that is too large, and says so', () => {
    const text = (start: string, size: number) => `${start}x\n`.padEnd(size, '#');
    const nothing = { packs: [], packTemplates: [], skippedReason: 'too large' };
    assert.deepEqual(indexTemplate({ path: 'a.yaml', text: text(yamlPack, maxTemplateLength + 1) }), nothing);
    assert.deepEqual(indexTemplate({ path: 'a.ts', text: text(tsPack, maxProgramLength + 1) }), nothing);
    assert.equal(indexTemplate({ path: 'a.yaml', text: text(yamlPack, maxTemplateLength) }).packs.length, 1);
  });

  it('does not call a large document too large that is none of ours', () => {
    const text = 'a: b\n'.padEnd(maxTemplateLength + 1, '#');
    assert.equal(indexTemplate({ path: 'a.yaml', text }).skippedReason, undefined);
  });
});
