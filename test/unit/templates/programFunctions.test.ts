import assert from 'node:assert/strict';
import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { createNameMatcher } from '../../../src/templates/match.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const resolveIn = (path: string, text: string) =>
  indexTemplate({ path, text }).packs.flatMap((pack) => pack.resolve({ region: 'us-east-1', account: '111122223333' }));
const createTypeScript = (expression: string, start: string) =>
  `${start}\nnew CfnConformancePack(this, 'p', { conformancePackName: ${expression} });`;
const resolveTypeScript = (expression: string, start = '') => resolveIn('a.ts', createTypeScript(expression, start));
const resolvePython = (expression: string, start = '') =>
  resolveIn('a.py', `${start}\nconfig.CfnConformancePack(self, "p", conformance_pack_name=${expression})`);
const getTexts = (names: readonly { text: string }[]) => names.map(({ text }) => text);

/** Asserts what expressions resolve to. `u` is unknown. */
function assertNames(resolve: typeof resolvePython, names: Readonly<Record<string, string>>): void {
  for (const [expression, expected] of Object.entries(names)) {
    assert.deepEqual(getTexts(resolve(expression)), [expected], expression);
  }
}

const arbitraryText = fc.string({ unit: fc.constantFrom('a', 'b', '-', ' ', 'A'), maxLength: 5 });
const quoted = arbitraryText.map((text) => JSON.stringify(text));
const index = fc.integer({ min: -3, max: 6 });
/** Calls of methods of texts. */
const method = fc.oneof(
  fc.constantFrom('toLowerCase()', 'toUpperCase()', 'trim()', 'toString()'),
  fc.tuple(fc.constantFrom('replace', 'replaceAll'), quoted, quoted).map(([name, a, b]) => `${name}(${a}, ${b})`),
  fc.tuple(fc.constantFrom('slice', 'substring'), index).map(([name, from]) => `${name}(${from})`),
  fc.tuple(fc.constantFrom('slice', 'substring'), index, index).map(([name, a, b]) => `${name}(${a}, ${b})`),
  quoted.map((text) => `concat(${text})`),
  fc.tuple(quoted, quoted).map(([separator, text]) => `split(${separator}).join(${text})`),
);
const expression = fc
  .tuple(arbitraryText, arbitraryText, fc.array(method, { minLength: 1, maxLength: 3 }))
  .map(([before, after, calls]) => [`\`x\${u}${before}\${u}${after}\``, ...calls].join('.'))
  // The spaces around a name are not part of it.
  .map((text) => `'<' + ${text} + '>'`);

describe('functions in programs', () => {
  it('give a pattern that every result matches if a part of a text is unknown', () => {
    fc.assert(
      fc.property(expression, arbitraryText, (text, u) => {
        const result = String(runInContext(text, createContext({ u })));
        const names = resolveTypeScript(text);
        const isMatched = names.some((name) => name.kind === 'open' || createNameMatcher(name, 'pack')(result));
        assert(isMatched, `${text} is ${JSON.stringify(result)}, not ${JSON.stringify(names)}`);
      }),
      { numRuns: 400 },
    );
  });

  it('resolve known texts', () => {
    assertNames(resolveTypeScript, {
      "'a-b-c'.replace('-', '_')": 'a_b-c',
      "'a-b-c'.replaceAll('-', '_')": 'a_b_c',
      "'a-b'.split('-')[1]": 'b',
      "'production'.slice(0, 4)": 'prod',
      "['a', '', 'b'].filter(Boolean).join('-')": 'a-b',
      "['x'].concat(['y', 'z']).join('-')": 'x-y-z',
      'String(5) + `a`': '5a',
      "Fn.sub('${AWS::Region}-${Name}-p', { Name: 'x' })": 'us-east-1-x-p',
    });
    assertNames(resolvePython, {
      '"a-b-c".replace("-", "_")': 'a_b_c',
      '"--a--".strip("-")': 'a',
      '"production"[:4]': 'prod',
      '"{:02d}-{{x}}-{n}".format(3, n="y")': '03-{x}-y',
      'f"p{7:03d}"': 'p007',
      '"-".join([n.upper() for n in ["a", "b"] if n])': 'A-B',
      '"-".join(f"{k}{v}" for k, v in {"a": "x"}.items())': 'ax',
      '"-".join(sorted(["b", "a"]))': 'a-b',
      'str(True)': 'True',
      '"-".join(["a", *["b", "c"]])': 'a-b-c',
    });
  });

  it('give no exact text if anything that matters is unknown', () => {
    assertNames(resolveTypeScript, {
      "`${u}-a`.replace('a', 'b')": '*',
      "'ab-c'.replace(/[a-z]/g, 'x')": '*',
      "'a-b'.split(u)[0]": '*',
      "'production'.slice(u)": '*',
      "['a', u].filter(Boolean).join('-')": '*',
      "['a', 'b'].filter((x) => x !== u).join('-')": '*',
      '`x-${[...u].length}-y`': 'x-*-y',
      "`${new CfnParameter(this, 'P', { default: '' }).valueAsString}-name`": '*-name',
    });
    assertNames(resolvePython, {
      '"{}-{}".format(*u)': '*',
      '"x{:>10}".format("a")': 'x*',
      'f"x{n!r}"': 'x*',
      'sorted(u)[0]': '*',
      '"-".join(sorted(["b", "a"], reverse=True))': '*',
      '"a b".split(" ", 1)[0]': '*',
      'os.environ.get("PREFIX", "") + "-name"': '*-name',
    });
  });

  it('evaluate each argument once, however deep calls are nested', () => {
    const nest = (start: string, end: string) => `${start.repeat(20)}"x"${end.repeat(20)}`;
    assertNames(resolvePython, {
      [nest('dict(a=', ')') + '["a"]'.repeat(20)]: 'x',
      [nest('"{a}".format(a=', ')')]: 'x',
    });
    const conditions = `${"(u ? 'a' : 'b') && (".repeat(12)}'x'${')'.repeat(12)}`;
    assertNames(resolveTypeScript, { [conditions]: 'x' });
  });

  it('do not take the place of syntax', () => {
    const methods = ['list', 'dict', 'slice', 'iterate'].map(
      (name) => `    def ${name}(self):\n        return ["other"]\n`,
    );
    const text = `class Packs:
${methods.join('')}
    def create(self):
        config.CfnConformancePack(self, "a", conformance_pack_name="-".join([x for x in ["a", "b"]]))
        config.CfnConformancePack(self, "b", conformance_pack_name="-".join([x + y for x, y in {"a": "b"}.items()]))
        config.CfnConformancePack(self, "c", conformance_pack_name=Packs[1:])
`;
    assert.deepEqual(getTexts(resolveIn('a.py', text)), ['a-b', 'ab', '*']);
  });

  it('give an unknown text if a value contains itself again and again', () => {
    assertNames((expression) => resolvePython(expression, 'value = CfnParameter(self, "Value", default=value)'), {
      'value.value_as_string': '*',
    });
  });

  it('are followed if they are written in the program', () => {
    const typescript = [
      "const packName = (env: string, suffix = 'pack') => `${env}-${suffix}`;",
      "function choose(flag) { if (flag) { return 'first'; } return other('second'); }",
      'const other = function (text) { const made = text.toUpperCase(); return made; };',
      'const endless = (x) => endless(x + 1);',
    ].join('\n');
    const resolve = (text: string) => getTexts(resolveTypeScript(text, typescript));
    assert.deepEqual(resolve("packName('dev')"), ['dev-pack']);
    assert.deepEqual(resolve("packName(u, 'x')"), ['*-x']);
    assert.deepEqual(resolve('choose(u)'), ['first', 'SECOND']);
    assert.deepEqual(resolve('endless(1)'), ['*']);
    const python = [
      'def pack_name(env, suffix="pack"):\n    return f"{env}-{suffix}"',
      'class Names:\n    @staticmethod\n    def build(text):\n        return pack_name(text, suffix="s")',
      '    @property\n    def own(self):\n        return "own"',
    ].join('\n');
    assert.deepEqual(getTexts(resolvePython('pack_name("dev")', python)), ['dev-pack']);
    assert.deepEqual(getTexts(resolvePython('Names.build("x")', python)), ['x-s']);
    assert.deepEqual(getTexts(resolvePython('Names.own', python)), ['own']);
  });
});

describe('names from imported files', () => {
  const resolveWith = (path: string, text: string, files: Readonly<Record<string, string>>) =>
    getTexts(
      indexTemplate({ path, text, files: new Map(Object.entries(files)) }).packs.flatMap((pack) => pack.resolve()),
    );
  const createProgram = (name: string) => `new config.CfnConformancePack(this, 'p', { conformancePackName: ${name} });`;

  it('are followed in TypeScript', () => {
    const files = {
      '/app/lib/names.ts':
        "export const PREFIX = 'base';\nexport enum Stage { Prod = 'prod' }\nexport const toName = (stage: string) => `${PREFIX}-${stage}`;\n",
      '/app/shared/index.ts': "export const suffix = 'pack';\n",
    };
    const imports =
      "import { PREFIX as P, Stage, toName } from './names.js';\nimport * as shared from '../shared';\nimport { other } from './missing';\n";
    const names: Readonly<Record<string, string>> = {
      '`${P}-x`': 'base-x',
      'Stage.Prod': 'prod',
      "toName('dev')": 'base-dev',
      "'a-' + shared.suffix": 'a-pack',
      '`x-${other}`': 'x-*',
    };
    for (const [name, expected] of Object.entries(names)) {
      assert.deepEqual(resolveWith('/app/lib/stack.ts', imports + createProgram(name), files), [expected], name);
    }
  });

  it('are followed in Python', () => {
    const files = {
      '/app/names.py': 'PREFIX = "base"\n\ndef to_name(stage):\n    return f"{PREFIX}-{stage}"\n',
      '/app/pkg/more.py': 'SUFFIX = "pack"\n',
    };
    const imports =
      'from names import PREFIX as P\nimport names\nfrom .pkg.more import (\n    SUFFIX,\n)\nfrom missing import other\n';
    const names: Readonly<Record<string, string>> = {
      'f"{P}-x"': 'base-x',
      'names.PREFIX + "-y"': 'base-y',
      'names.to_name("dev")': 'base-dev',
      '"a-" + SUFFIX': 'a-pack',
      'f"x-{other}"': 'x-*',
    };
    for (const [name, expected] of Object.entries(names)) {
      const text = `${imports}config.CfnConformancePack(self, "p", conformance_pack_name=${name})\n`;
      assert.deepEqual(resolveWith('/app/stack.py', text, files), [expected], name);
    }
  });

  it('have every value that may count', () => {
    const pack = (name: string) => `config.CfnConformancePack(self, "p", conformance_pack_name=${name})\n`;
    const programs: Readonly<Record<string, readonly [text: string, names: readonly string[]]>> = {
      'after a failed import': [
        `try:\n    from prod import NAME\nexcept ImportError:\n    NAME = "own"\n${pack('NAME')}`,
        ['own', 'prod'],
      ],
      'in branches': [
        `if a:\n    from prod import NAME\nelse:\n    from dev import NAME\n${pack('NAME')}`,
        ['prod', 'dev'],
      ],
      'in a function': [`NAME = "own"\ndef f(self):\n    from prod import NAME\n    ${pack('NAME')}`, ['own', 'prod']],
      'of the last file': [`from prod import *\nfrom dev import *\n${pack('NAME')}`, ['dev']],
      'that a derived class overrides': [
        `class Base:\n    PACK = "base"\n    def __init__(self):\n        ${pack('self.PACK')}class Own(Base):\n    PACK = "own"\n`,
        ['base', 'own', 'other'],
      ],
    };
    const files = {
      '/app/prod.py': 'NAME = "prod"\n',
      '/app/dev.py': 'NAME = "dev"\n',
      '/app/other.py': 'from stack import Base\nclass Other(Base):\n    PACK = "other"\n',
    };
    for (const [name, [text, expected]] of Object.entries(programs))
      assert.deepEqual(resolveWith('/app/stack.py', text, files), expected, name);
  });

  it('are those of the called class or function', () => {
    const programs: Readonly<Record<string, readonly [text: string, names: readonly string[]]>> = {
      'with a default for undefined': [
        `class S { constructor(name = 'default') { ${createProgram('name')} } }\nnew S(undefined);\nnew S('x');`,
        ['default', 'x'],
      ],
      'with too many calls': [
        `function f(name = 'default') { ${createProgram('name')} }\n${"f('x');\n".repeat(210)}`,
        ['*'],
      ],
      'with a getter that uses an overridden field': [
        `class A { prefix = 'a'; get pack() { return this.prefix + '-p'; } }\nclass B extends A { prefix = 'b'; }\n${createProgram('new B().pack')}`,
        ['a-p', 'b-p'],
      ],
    };
    for (const [name, [text, expected]] of Object.entries(programs))
      assert.deepEqual(resolveWith('/app/stack.ts', text, {}), expected, name);
  });

  it('do not contain the variables of a comprehension around them', () => {
    const text = 'name = "prod"\npack = f"{name}-pack"\nnames = [f"{pack}-{name}" for name in ["a"]]\n';
    assert.deepEqual(getTexts(resolvePython('names[0]', text)), ['prod-pack-a']);
  });
});
