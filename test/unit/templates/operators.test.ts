import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const resolveIn = (path: string, text: string): string =>
  indexTemplate({ path, text })
    .packs.flatMap((pack) => pack.resolve({}))
    .map((name) => name.text)
    .join(', ');

const languages = {
  terraform: (expression: string) =>
    resolveIn(
      'a.tf',
      `locals {\n ten = "10"\n yes = "true"\n no = "false"\n}
resource "aws_config_conformance_pack" "p" {\n name = ${expression}\n}\n`,
    ),
  javascript: (expression: string) =>
    resolveIn('a.js', `new CfnConformancePack(this, 'p', { conformancePackName: ${expression} });\n`),
  python: (expression: string) =>
    resolveIn('a.py', `config.CfnConformancePack(self, "p", conformance_pack_name=${expression})\n`),
};

/** What expressions resolve to. `u` is unknown. */
const names: Readonly<Record<keyof typeof languages, Readonly<Record<string, string>>>> = {
  terraform: {
    '"p-${local.ten + 1}"': 'p-11',
    '"p-${local.ten - 1}"': 'p-9',
    '"p-${local.ten % "3"}"': 'p-1',
    '"p-${1.5 * 2}"': 'p-3',
    '"p-${"a" + 1}"': 'p-*',
    '"p-${u + 1}"': 'p-*',
    'local.ten > 9 ? "a" : "b"': 'a',
    'local.no ? "a" : "b"': 'b',
    'local.yes && !local.no ? "a" : "b"': 'a',
    'local.no || local.no ? "a" : "b"': 'b',
    'join("-", [for x in ["a", "b"] : x if local.no])': '*',
  },
  javascript: {
    "'p-' + 1 + 2": 'p-12',
    "'p-' + (1 + 2)": 'p-3',
    "'p-' + (u + 1)": 'p-*',
    "'p-' + (true + 1)": 'p-*',
    "`p-${'%s' % 'x'}`": 'p-*',
    "'false' ? 'a' : 'b'": 'a',
    "!'false' ? 'a' : 'b'": 'b',
    "'false' && 'a'": 'a',
    '`p-${true}-${1.0}`': 'p-true-1',
    "'false' || 'a'": 'false',
    "'' || 'a'": 'a',
    "[] ? 'a' : 'b'": 'a',
    "({}) ? 'a' : 'b'": 'a',
    "['false', '', 'x'].filter(Boolean).join('-')": 'false-x',
    "'1' === 1 ? 'a' : 'b'": 'b',
    "'1' !== 1 ? 'a' : 'b'": 'a',
    "'1' == 1 ? 'a' : 'b'": 'a',
  },
  python: {
    '"p-%02d-%s" % (1, "x")': 'p-01-x',
    'f"p-{7 % 4}"': 'p-3',
    'f"p-{-7 % 4}"': 'p-*',
    'f"p-{4 / 2}"': 'p-*',
    'f"p-{1.5 * 2}"': 'p-*',
    'f"p-{1.0}-{1.5}-{0x10}"': 'p-*-1.5-16',
    'f"p-{True}"': 'p-True',
    '"p-%s-%s" % (False, 1)': 'p-False-1',
    '"p-{}-{a}".format(True, a=False)': 'p-True-False',
    '"p-" + str(1 == 1)': 'p-True',
    '"a" if "false" else "b"': 'a',
    '"a" if [] else "b"': 'b',
    '"a" if {} else "b"': 'b',
    '"a" if [""] else "b"': 'a',
    '"a" if not () else "b"': 'a',
    '"a" if [u] else "b"': 'a',
    '"-".join([x for x in ["a", "", "b"] if x])': 'a-b',
    '([] or ["a"])[0]': 'a',
    '"a" if "1" == 1 else "b"': 'b',
    '"a" if None is None else "b"': 'a',
  },
};

describe('operators', () => {
  for (const [language, expected] of Object.entries(names)) {
    const resolve = languages[language as keyof typeof languages];
    it(`have the meaning of ${language}`, () => {
      const actual = Object.keys(expected).map((expression) => [expression, resolve(expression)] as const);
      assert.deepEqual(Object.fromEntries(actual), expected);
    });
  }
});
