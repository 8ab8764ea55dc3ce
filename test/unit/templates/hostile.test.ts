import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { maxProgramLength, maxTemplateLength } from '../../../src/templates/language.ts';
import type { TemplateDocument } from '../../../src/templates/model.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const yamlPack =
  'Resources:\n  P:\n    Type: AWS::Config::ConformancePack\n    Properties:\n      ConformancePackName: ';
const tfPack = 'resource "aws_config_conformance_pack" "p" {\n  name = ';
const tsPack = 'new config.CfnConformancePack(this, "p", { conformancePackName: ';
const pyPack = 'config.CfnConformancePack(self, "p", conformance_pack_name=';

const jsonPack = (name: string) =>
  `{"Resources":{"P":{"Type":"AWS::Config::ConformancePack","Properties":{"ConformancePackName":${name}}}}}`;

const long = 'a'.repeat(1_000);

/** Large enough to reveal anything worse than linear, small enough for every run. */
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

/** Creates a text from each number up to a count. */
const repeat = (count: number, create: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => create(index)).join('');

const repeatWord = (word: string, count: number, separator = ', '): string => Array(count).fill(word).join(separator);

/** A loop in a loop in a loop, each with every item of the inner one a hundred times. */
const multiplyingLoops = ['a', 'b', 'c'].reduce(
  (inner, name) => `[for ${name} in ${inner} : concat(${repeatWord(name, 100)})]`,
  `[${repeatWord('"x"', 100)}]`,
);

/** Imports, extends and calls the next programs and itself. */
const createLinkedProgram = (index: number): string => `
${repeat(40, (other) => `import { C${other}, f${other}, n${other} as m${other} } from './f${other}';\nexport * from './f${other}';\n`)}
export const n${index} = m${(index + 1) % 40} + m${(index + 2) % 40};
export const f${index} = (a) => f${(index + 1) % 40}(a + a) + f${(index + 2) % 40}(f${(index + 3) % 40});
export class C${index} extends C${(index + 1) % 40} { constructor(readonly x) { super(x); new C${(index + 2) % 40}(this.x); } }
`;

const createLinkedScript = (index: number): string =>
  `${repeat(40, (other) => `source ./${other}.sh\n`)}A="$B$A"\nB="$A$C${index}"\n`;

const documents: Readonly<Record<string, TemplateDocument>> = {
  'an alias bomb': { path: 'a.yaml', text: `${aliasBomb}${yamlPack}!Join ['-', *a11]\n` },
  'circular aliases': { path: 'a.yaml', text: `x: &x *y\ny: &y *x\n${yamlPack}*x\n` },
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
  'endless anchors': { path: 'a.yaml', text: `${'&a'.repeat(many)}\n${yamlPack}*a\n` },
  'endless functions': { path: 'a.yaml', text: `${yamlPack}!Sub '${'${a}'.repeat(4_000)}'\n` },
  'unclosed interpolations in HCL': { path: 'a.tf', text: `${tfPack}"${'${"'.repeat(many)}` },
  'interpolations over lines': { path: 'a.tf', text: `${tfPack}"x"\n${'"${(\n'.repeat(many)}` },
  'a heredoc of braces': { path: 'a.tf', text: `${tfPack}<<EOT\n${'${'.repeat(many)}` },
  'endless heredocs': { path: 'a.tf', text: `${tfPack}"x"\n}\n${'<<A\n'.repeat(many)}` },
  'endless brackets in HCL': { path: 'a.tf', text: `${tfPack}${'('.repeat(many)}` },
  'endless operators': { path: 'a.tf', text: `${tfPack}${'!'.repeat(many)}` },
  'circular locals': {
    path: 'a.tf',
    text: `${tfPack}local.a\n}\nlocals {\n a = [local.b, local.b]\n b = [local.a, local.a]\n}\n`,
  },
  'a product of loops': {
    path: 'a.tf',
    text: `${tfPack}join("", [for a in range(64) : [for b in range(64) : [for c in range(64) : [for d in range(64) : d]]]])\n}\n`,
  },
  'a backtracking pattern': { path: 'a.tf', text: `${tfPack}replace("${'a'.repeat(2_000)}!", "/(a+)+$/", "")\n}\n` },
  'regular expressions without an end': { path: 'a.ts', text: `${tsPack}'x' });\n${'/[/['.repeat(20_000)}` },
  'regular expressions without an end in an imported file': {
    path: 'a.ts',
    text: `import { x } from './b';\n${tsPack}x });`,
    files: new Map([['b.ts', `${'/[/['.repeat(22_000)}\n`.repeat(120)]]),
  },
  'unclosed template literals': { path: 'a.ts', text: `${tsPack}${'`${'.repeat(many)}` },
  'endless brackets in TypeScript': { path: 'a.ts', text: `${tsPack}${'[{('.repeat(many / 3)}` },
  'circular names': { path: 'a.ts', text: `const a = b + b;\nconst b = a + a;\n${tsPack}a });` },
  'a recursive function': { path: 'a.ts', text: `function f(x) { f(x + x); ${tsPack}x }); }` },
  'unclosed strings in Python': { path: 'a.py', text: `${pyPack}${'f"{'.repeat(many)}` },
  'a program with a single word': { path: 'a.py', text: `${pyPack}x)\n${'x = x\n'.repeat(5_000)}` },
  'endless spaces in a key': { path: 'a.yaml', text: `# ConformancePack\na${' '.repeat(900_000)}b\n` },
  'aliases without anchors': {
    path: 'a.yaml',
    text: `#${'&x&'.repeat(250_000)}\n${yamlPack}!Join ['-', [${'*x,'.repeat(1_000)}*x]]\n`,
  },
  'unclosed substitutions in JSON': { path: 'a.json', text: jsonPack(`"${'${'.repeat(400_000)}"`) },
  'unclosed template engine tags in JSON': { path: 'a.json', text: jsonPack(`"${'{{'.repeat(400_000)}"`) },
  'a very long list in JSON': { path: 'a.json', text: jsonPack(`{"Fn::Join":["-",[${'"a",'.repeat(200_000)}]]}`) },
  'an excessive format width': { path: 'a.tf', text: `${tfPack}format("%09999999999d", 1)\n}\n` },
  'a text that grows with each replacement': {
    path: 'a.tf',
    text: `${tfPack}${'replace('.repeat(5)}"${long}"${`, "a", "${long}")`.repeat(5)}\n}\n`,
  },
  'endless interpolations in .tf.json': {
    path: 'a.tf.json',
    text: `{"resource":{"aws_config_conformance_pack":{"p":{"name":"${'${a}'.repeat(200_000)}"}}}}`,
  },
  'endless declarations': { path: 'a.ts', text: `${tsPack}x });\n${'let x = 1; x = 1;\n'.repeat(25_000)}` },
  'many assignments to one name': {
    path: 'a.ts',
    text: `${'x = x + x;\n'.repeat(499)}${'var x = 1;\n'.repeat(500)}${Array.from({ length: 40 }, (_, at) => `${tsPack}x + ${at} });\n`).join('')}`,
  },
  'mismatched brackets': { path: 'a.ts', text: `${tsPack}${'('.repeat(many)}${']'.repeat(many)}` },
  'an endless chain of members': { path: 'a.ts', text: `${tsPack}${'a.'.repeat(200_000)}b });` },
  'endless parameters': { path: 'a.ts', text: `${tsPack}x }); f(${'x, '.repeat(150_000)}) {}` },
  'short comments in an open call': { path: 'a.py', text: `${pyPack}${'#\n'.repeat(200_000)}` },
  'short comments in an open list': { path: 'a.tf', text: `${tfPack}[\n${'#\n'.repeat(200_000)}` },
  'endless assignments in Python': { path: 'a.py', text: `${pyPack}x)\n${'x = x\n'.repeat(80_000)}` },
  'an unclosed format in Python': { path: 'a.py', text: `${pyPack}"{${'a'.repeat(400_000)}".format(x))\n` },
  'a list of itself': { path: 'a.tf', text: `${tfPack}local.a.x\n}\nlocals {\n  a = [local.a]\n}\n` },
  'a loop over itself': {
    path: 'a.tf',
    text: `${tfPack}each.key\n  for_each = local.a\n}\nlocals {\n  a = [for x in local.a : x]\n}\n`,
  },
  'loops that multiply their items': {
    path: 'a.tf',
    text: `${tfPack}each.key\n  for_each = toset(${multiplyingLoops})\n}\n`,
  },
  'many variables': {
    path: 'a.tf',
    text: repeat(
      9_000,
      (index) =>
        `variable "v${index}" {\n  default = "x"\n}\nresource "aws_config_conformance_pack" "p${index}" {\n  name = var.v${index}\n}\n`,
    ),
  },
  'many blocks of locals': {
    path: 'a.tf',
    text: repeat(
      9_000,
      (index) =>
        `locals {\n  l${index} = ""\n}\nresource "aws_config_conformance_pack" "p${index}" {\n  name = local.l${index}\n}\n`,
    ),
  },
  'aliases of aliases': {
    path: 'a.yaml',
    text: `- &a0 x\n${repeat(10_000, (index) => `- &a${index + 1} *a${index}\n`)}---\n${yamlPack}*a10000\n`,
  },
  'maps that merge others many times': {
    path: 'a.yaml',
    text: `m0: &m0\n  x: y\n${repeat(9, (index) => `m${index + 1}: &m${index + 1}\n  <<: [${repeatWord(`*m${index}`, 8)}]\n`)}${yamlPack}x\n      <<: *m9\n`,
  },
  'conditions that multiply their branches': {
    path: 'a.yaml',
    text: `a0: &a0 !If [c, x, y]\n${repeat(3, (index) => `a${index + 1}: &a${index + 1} !If [c, ${repeatWord(`*a${index}`, 500)}]\n`)}${yamlPack}*a3\n`,
  },
  'conditions that multiply the values of a mapping': {
    path: 'a.yaml',
    text: `a: &a !FindInMap [M, !Ref A, !Ref B]\nMappings:\n  M:\n${repeat(20, (row) => `    r${row}:\n${repeat(2_000, (column) => `      c${column}: x\n`)}`)}${yamlPack}!If [c, ${repeatWord('*a', 400)}]\n`,
  },
  'loops over many words in a shell script': {
    path: 'a.sh',
    text: `${`for i in ${'a '.repeat(1_990)}\n`.repeat(120)}aws configservice put-conformance-pack --conformance-pack-name "$i"\n`,
  },
  'deep blocks of a shell script': {
    path: 'a.sh',
    text: `${`${'if '.repeat(1_900)}x\n`.repeat(50)}N+=x\naws configservice put-conformance-pack --conformance-pack-name "$N"\n`,
  },
  'many fences': {
    path: 'a.md',
    text: `${'```sh\nA=1\n```\n'.repeat(20_000)}\`\`\`sh\naws configservice put-conformance-pack --conformance-pack-name "$N"\n\`\`\`\n`,
  },
  'many here-documents, and others without an end': {
    path: 'a.sh',
    text: `${'cat <<A\nx\nA\n'.repeat(10_000)}${'cat <<B\nx\n'.repeat(10_000)}aws configservice put-conformance-pack --conformance-pack-name $N\n`,
  },
  'variables of many fences': {
    path: 'a.md',
    text: repeat(
      5_000,
      (index) =>
        `\`\`\`sh\nN${index}=a\n${index % 20 ? '' : `aws configservice put-conformance-pack --conformance-pack-name "$N${index + 1}"\n`}\`\`\`\n`,
    ),
  },
  'thousands of calls of functions that assign': {
    path: 'a.sh',
    text: `${repeat(40, (index) => `g${index}() {\n${repeat(20, (name) => `N${name}=a${index}\n`)}}\n`)}${repeat(19_000, (index) => `g${index % 40}\n`)}${repeat(200, (index) => `aws configservice put-conformance-pack --conformance-pack-name "$N${index % 20}-$N${(index + 1) % 20}"\n`)}`,
  },
  'a command with endless names': {
    path: 'a.sh',
    text: `aws configservice describe-conformance-packs --conformance-pack-names${' conformance-pack-name'.repeat(20_000)}\n`,
  },
  'appended texts in a shell script': {
    path: 'a.sh',
    text: `${'N+=$N\nL+=("${L[@]}")\n'.repeat(400)}aws configservice put-conformance-pack --conformance-pack-name "$N-$L"\n`,
  },
  'calls that pass on what they get': {
    path: 'a.ts',
    text: `function f0(a, b) { ${tsPack}a + b }) }\n${repeat(60, (index) => `function f${index + 1}(a, b) { f${index}(a, b); f${index}(b, a); }\n`)}f60('x', 'y');`,
  },
  'a function that calls itself': {
    path: 'a.ts',
    text: `function f(a, b) { ${tsPack}a + b }); ${repeat(190, (index) => `f(a + b, b + '${index}');\n`)} }\nf('x', 'y');`,
  },
  'objects that create others': {
    path: 'a.ts',
    text: `${repeat(60, (index) => `class A${index} { constructor(readonly p) { this.x = new A${index + 1}(p); this.y = new A${index + 1}(p); } }\n`)}const q = new A0('x');\n${tsPack}q.x.x.p + q.y.y.p });`,
  },
  'endless targets of one assignment in Python': {
    path: 'a.py',
    text: `${'x='.repeat(900)}${repeat(20_000, (index) => `x${index}=`)}"y"\n${'z,'.repeat(90)} y = ${'"a",'.repeat(60_000)}\n${pyPack}x + z)\n`,
  },
  'large objects that are copied': {
    path: 'a.ts',
    text: `const big = { ${repeat(18, (index) => `k${index}: '${'v'.repeat(4_900)}', `)} };\nlet d0 = { ...big, n: 'n' };\n${repeat(30, (index) => `if (u${index}) { d0 = { ...big, n: 'n${index}' }; }\n`)}${repeat(110, (index) => `const d${index + 1} = d${index};\n`)}${tsPack}d110.n });`,
  },
  'many classes of one name': {
    path: 'a.ts',
    text: `${repeat(700, () => `class C { ${repeat(48, (index) => `a${index} = 'b'; `)} }\n`)}const o = new C();\n${tsPack}o.a1 + o.a2 });`,
  },
  'loops in loops of a program': {
    path: 'a.ts',
    text: `${repeat(100, (index) => `for (const v${index} of ['a', 'b']) {\n`)}${tsPack}\`${repeat(100, (index) => `\${v${index}}`)}\` });`,
  },
  'programs that import each other, pass on everything and extend each other': {
    path: 'p/f0.ts',
    text: `${createLinkedProgram(0)}${tsPack}this.x + n1 + new C0(n2).x + f0('a') });`,
    files: new Map(Array.from({ length: 40 }, (_, index) => [`p/f${index}.ts`, createLinkedProgram(index)])),
  },
  'a class that programs pass on to each other by many names': {
    path: 'p/a.py',
    text: `class A:\n    def __init__(self, n):\n        ${pyPack}n)\n`,
    files: new Map(
      Array.from({ length: 39 }, (_, index) => [
        `p/f${index}.py`,
        `from a import *\n${repeat(39, (other) => `from f${other} import *\n`)}${repeat(195, (alias) => `from f${(index + alias) % 39} import A as A${alias}\n`)}A("x")\n`,
      ]),
    ),
  },
  'thousands of classes that override a member': {
    path: 'p/a.ts',
    text: `export class A { get n() { return 'a'; } constructor() { ${tsPack}this.n }) } }`,
    files: new Map(
      Array.from({ length: 39 }, (_, index) => [
        `p/f${index}.ts`,
        `import { A } from './a';\n${repeat(190, (other) => `class B${index}_${other} extends A { get n() { return 'b${other}'; } }\n`)}`,
      ]),
    ),
  },
  'classes of two files that extend each other': {
    path: 'p/a.py',
    text: `from b import *\n${repeat(10, (index) => `class A${index}(${repeat(5, (base) => `B${(index + base) % 10}, `)}):\n    pass\n`)}class Own(A0, A1, A2, A3):\n    def f(self):\n        ${pyPack}self.missing)\n`,
    files: new Map([
      [
        'p/b.py',
        `from a import *\n${repeat(10, (index) => `class B${index}(${repeat(5, (base) => `A${(index + base) % 10}, `)}):\n    pass\n`)}`,
      ],
    ]),
  },
  'a module with an endless name in Python': {
    path: 'a.py',
    text: `import ${'a.'.repeat(200_000)}a\n${pyPack}x)\n`,
  },
  'functions that are passed on through all others': {
    path: 'a.ts',
    text: `${repeat(190, (index) => `function f${index}(g) { return g(f${(index + 1) % 190}) + f${(index + 2) % 190}(g); }\n`)}function top(g) { ${tsPack}g(top) }) }\n${repeat(190, (index) => `top(f${index});\n`)}`,
  },
  'names that two programs pass on to each other': {
    path: 'p/a.ts',
    text: `export { ${repeat(5_000, (index) => `n${index + 1} as n${index}, `)} } from './b';\nimport { n0 } from './b';\n${tsPack}n0 });`,
    files: new Map([
      ['p/b.ts', `export { ${repeat(5_000, (index) => `n${index + 1} as n${index}, `)} } from './a';\n`],
    ]),
  },
  'names that two programs declare and import from each other': {
    path: 'p/a.py',
    text: `from b import N\nN = N + "a"\n${pyPack}N)\n`,
    files: new Map([['p/b.py', 'try:\n    from a import N\nexcept ImportError:\n    N = "b"\n']]),
  },
  'scripts that source each other': {
    path: 's/0.sh',
    text: `${createLinkedScript(0)}aws configservice put-conformance-pack --conformance-pack-name "$A-$B"\n`,
    files: new Map(Array.from({ length: 40 }, (_, index) => [`s/${index}.sh`, createLinkedScript(index)])),
  },
  'variables of a service that refer to each other': {
    path: 's/packs.yml',
    text: `${yamlPack}\${self:a}\${file(a.yml):b}\n`,
    files: new Map([
      ['s/serverless.yml', `a: ${'${self:a}'.repeat(100)}\${file(a.yml):b}\nb: \${self:\${self:b}}\n`],
      ['s/a.yml', `b: ${'${self:a, ${file(a.yml):b}}'.repeat(100)}\n`],
    ]),
  },
  'variable files that all complete each other': {
    path: 't/main.tf',
    text: `${tfPack}var.v0\n}\nvariable "v0" {}\n`,
    files: new Map(
      Array.from({ length: 2_000 }, (_, index) => [`vars/${index}.tfvars`, `v${index % 99} = "${index}"\n`]),
    ),
  },
  'a class with endless bases in Python': {
    path: 'a.py',
    text: `class A(${'\n'.repeat(100_000)},b):\n def __init__(self): self.x = 1\n${pyPack}A().x)\n`,
  },
  'classes that extend themselves': {
    path: 'a.ts',
    text: `class A { constructor(name) { ${tsPack}name }) } }\n${'class A extends A {}\n'.repeat(60)}`,
  },
  'a field with an endless declaration': {
    path: 'a.py',
    text: `@dataclass\nclass A:\n    x: str = """${'=field(\n'.repeat(20_000)}"""\n${pyPack}A().x)\n`,
  },
  'fields with endless types': {
    path: 'a.py',
    text: `${repeat(20, (index) => `class A${index}:\n def __init__(self):\n  #${'self.a:'.repeat(2_800)}\n  self.x = 1\n`)}${pyPack}${repeat(20, (index) => `A${index}().x + `)}"")\n`,
  },
  'a large function that is called with a large function': {
    path: 'a.ts',
    text: `function big(a) { ${'a.x();\n'.repeat(1_200)} return a; }\nfunction g(f) { ${tsPack}\`${'${f(i, p ? 1 : 2, q ? 1 : 2)}'.repeat(10)}\` }); }\n${'g(big);\n'.repeat(190)}`,
  },
  'variables of a service in variables': {
    path: 's/serverless.yml',
    text: `custom:\n${repeat(20, (index) => `  k${index}: ${`\${self:custom.k${index + 1}, self:custom.k${index + 2}}`.repeat(60)}\n`)}resources:\n  ${yamlPack.replaceAll('\n', '\n  ')}\${self:custom.k0}\n`,
  },
  'a variable file with endless assignments': {
    path: 't/main.tf',
    text: `${tfPack}var.v0\n}\nvariable "v0" {}\n`,
    files: new Map([['t/a.tfvars', repeat(80_000, (index) => `v${index} = ${index}\n`)]]),
  },
  'only constructor calls': { path: 'a.ts', text: 'new CfnConformancePack('.repeat(5_000) },
  'many calls without an import': { path: 'a.ts', text: 'new ConformancePack('.repeat(1_000).padEnd(490_000, ' x;') },
};

describe('parsing hostile documents', () => {
  for (const [name, document] of Object.entries(documents)) {
    // Anything worse than linear exceeds the time limit by orders of magnitude.
    it(`neither throws nor stalls for ${name}`, () => {
      for (const pack of indexTemplate(document).packs.slice(0, 10)) assert.ok(pack.resolve().length > 0);
    }).timeout(120_000);
  }

  it('skips a document that is too large and reports that', () => {
    const text = (start: string, size: number) => `${start}x\n`.padEnd(size, '#');
    const skipped = { packs: [], packTemplates: [], skippedReason: 'too large' };
    assert.deepEqual(indexTemplate({ path: 'a.yaml', text: text(yamlPack, maxTemplateLength + 1) }), skipped);
    assert.deepEqual(indexTemplate({ path: 'a.ts', text: text(tsPack, maxProgramLength + 1) }), skipped);
    assert.equal(indexTemplate({ path: 'a.yaml', text: text(yamlPack, maxTemplateLength) }).packs.length, 1);
  });

  it('finds what is below thousands of commented lines', () => {
    const yaml = (name: string) => `  ${name}:${yamlPack.slice('Resources:\n  P:'.length)}${name}\n`;
    const lines = ['#     Type: Str\n', '  # - 123456789012\n'];
    for (const line of lines)
      for (const [path, first, last] of [
        ['a.yaml', `Resources:\n${yaml('P')}`, yaml('Q')],
        ['a.py', `${pyPack}'p')\n`, `${pyPack}'q')\n`],
        ['a.tf', `${tfPack}"p"\n}\n`, `${tfPack}"q"\n}\n`],
      ] as const)
        for (const [runs, length] of [
          [1, 4_000],
          [10, 550],
        ] as const) {
          const text = `${first}${repeat(runs, () => line.repeat(length) + (path === 'a.yaml' ? '' : 'x = 1\n'))}${last}`;
          assert.equal(indexTemplate({ path, text }).packs.length, 2, JSON.stringify([path, line, runs]));
        }
  });

  it('stops at a text with thousands of open nodes or errors, and keeps what is before it', () => {
    for (const piece of ['[', '{', '{"a":', '}', '"'])
      assert.equal(indexTemplate({ path: 'a.json', text: `${jsonPack('"x"')}${piece.repeat(many)}` }).packs.length, 1);
    for (const piece of ['{', '(', '[', '}'])
      assert.equal(indexTemplate({ path: 'a.tf', text: `${tfPack}"x"\n}\n${piece.repeat(many)}` }).packs.length, 1);
  });

  it('does not exhaust the stack for deep collections while its code is not compiled yet', () => {
    const script = `
      const { parseTemplate } = await import('./src/templates/parseTemplate.ts');
      await parseTemplate({ path: 'a.yaml', text: ${JSON.stringify(yamlPack)} + '[ '.repeat(100_000) });
    `;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
    assert.equal(status, 0, String(stderr));
  });

  it('finds what is below lines, texts and comments that are read in parts', () => {
    const size = 350_000;
    const tfEnd = `"x"\n}\n`;
    const below: readonly TemplateDocument[] = [
      { path: 'a.yaml', text: `a: ${'b'.repeat(size)}\n${yamlPack}x\n` },
      { path: 'a.yaml', text: `a: "${'b'.repeat(size)}"\n${yamlPack}x\n` },
      { path: 'a.yaml', text: `#${' b'.repeat(size)}\n${yamlPack}x\n` },
      { path: 'a.yaml', text: `a: [${'b, '.repeat(size)}]\n${yamlPack}x\n` },
      { path: 'a.tf', text: `/*${'b\n'.repeat(size)}*/\n${tfPack}${tfEnd}` },
      { path: 'a.tf', text: `/*${`${'*'.repeat(50_000)}\n`.repeat(7)}*/\n${tfPack}${tfEnd}` },
      { path: 'a.tf', text: `locals {\n  a = <<EOT\n${'b\n'.repeat(size)}EOT\n}\n${tfPack}${tfEnd}` },
      { path: 'a.tf', text: `#${'b'.repeat(size)}\n${tfPack}${tfEnd}` },
      { path: 'a.ts', text: `// ${'b'.repeat(size)}\n${tsPack}'x' });` },
      { path: 'a.py', text: `#${'b'.repeat(size)}\n${pyPack}'x')` },
      { path: 'a.json', text: `// ${'b'.repeat(size)}\n${jsonPack('"x"')}` },
    ];
    for (const document of below) {
      const names = indexTemplate(document).packs.map(({ resolve }) => resolve().map(({ text }) => text));
      assert.deepEqual(names, [['x']], document.text.slice(0, 20));
    }
  });

  it('does not report a large document without packs', () => {
    const text = 'a: b\n'.padEnd(maxTemplateLength + 1, '#');
    assert.equal(indexTemplate({ path: 'a.yaml', text }).skippedReason, undefined);
  });
});
