import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

/** The names in a program that creates one pack. */
const resolve = (path: string, text: string, name: string, files: Readonly<Record<string, string>> = {}): string => {
  const pack = path.endsWith('.py')
    ? `CfnConformancePack(self, "p", conformance_pack_name=${name})`
    : `new CfnConformancePack(this, 'p', { conformancePackName: ${name} });`;
  const { packs } = indexTemplate({ path, text: `${text}\n${pack}`, files: new Map(Object.entries(files)) });
  return packs
    .flatMap((each) => each.resolve())
    .map((each) => each.text)
    .join(' | ');
};

describe('values that a program changes', () => {
  it('are unknown after a change of their order or number', () => {
    for (const change of ['sort()', 'reverse()', 'shift()'])
      assert.equal(resolve('a.ts', `const names = ['b', 'a'];\nnames.${change};`, 'names[0]'), '*', change);
    for (const change of ['names.sort()', 'names.reverse()', 'del names[0]'])
      assert.equal(resolve('a.py', `names = ["b", "a"]\n${change}`, 'names[0]'), '*', change);
    assert.equal(resolve('a.ts', "const o = { name: 'a' };\ndelete o.name;", 'o.name'), '*');
  });

  it('are unknown after a function that changes what it is given', () => {
    assert.equal(resolve('a.ts', "const o = { name: 'a' };\nObject.assign(o, { name: 'b' });", 'o.name'), '*');
    assert.equal(resolve('a.py', 'o = Names(name="a")\no.name = "a"\nsetattr(o, "name", "b")', 'o.name'), '*');
    assert.equal(resolve('a.ts', "const o = { name: 'a' };\nprint(o);", 'o.name'), 'a');
  });

  it('include what is assigned to a member from outside', () => {
    assert.equal(resolve('a.py', 'class A:\n    n = "a"\nA.n = "b"', 'A.n'), 'a | b');
    assert.equal(resolve('a.ts', "class A { static n = 'a'; }\nA.n = 'b';", 'A.n'), 'a | b');
    const settings = { 'settings.py': 'NAME = "a"\n' };
    assert.equal(resolve('a.py', 'import settings\nsettings.NAME = "b"', 'settings.NAME', settings), 'a | b');
  });

  it('include what a function assigns to a global variable', () => {
    const setUp = 'def set_up():\n    global OTHER, NAME\n    NAME = "b"\n';
    assert.equal(resolve('a.py', `NAME = "a"\n${setUp}set_up()`, 'NAME'), 'a | b');
    assert.equal(resolve('a.py', `NAME = "a"\n${setUp.replace(', NAME', '')}set_up()`, 'NAME'), 'a');
  });

  it('include the items of an imported list', () => {
    const names = { 'names.ts': "export const names = ['base'];" };
    const text = "import { names } from './names';\nnames.push('extra');";
    assert.equal(resolve('a.ts', text, 'names[0]', names), 'base');
    assert.equal(resolve('a.ts', text, 'names[1]', names), 'extra');
  });

  it('are unknown for the rest of a list', () => {
    assert.equal(resolve('a.py', 'a, *b = ["x", "y", "z"]', 'b[0]'), '*');
    assert.equal(resolve('a.py', 'a, *b = ["x", "y", "z"]', 'a'), 'x');
  });
});

describe('classes that extend others', () => {
  it('may be of an imported file, and one of several bases', () => {
    const base = 'class A:\n    n = "a"\n    def go(self):\n        pass\n';
    const inBase = (text: string) =>
      indexTemplate({
        path: 'base.py',
        text: `class A:\n    n = "a"\n    def go(self):\n        CfnConformancePack(self, "p", conformance_pack_name=self.n)\n`,
        files: new Map([['app.py', text]]),
      }).packs.flatMap((each) => each.resolve().map((name) => name.text));
    assert.deepEqual(inBase('import base\nclass B(base.A):\n    n = "b"\n'), ['a', 'b']);
    assert.deepEqual(inBase('import base as x\nclass B(M, x.A, metaclass=Meta):\n    n = "b"\n'), ['a', 'b']);
    assert.equal(resolve('a.py', `${base}class M:\n    pass\nclass B(M, A):\n    pass`, 'B.n'), 'a');
  });
});

describe('classes of a package in Python', () => {
  it('are followed to the calls by the package’s name', () => {
    const stack =
      'class PackStack:\n    def __init__(self, scope, name="none"):\n        CfnConformancePack(self, "p", conformance_pack_name=name)\n';
    for (const start of [
      'import lib.stack\nlib.stack.PackStack',
      'import lib.stack as s\ns.PackStack',
      'import os, lib.stack as s\ns.PackStack',
      'from lib import stack\nstack.PackStack',
    ]) {
      const { packs } = indexTemplate({
        path: 'p/lib/stack.py',
        text: stack,
        files: new Map([['p/app.py', `${start}(app, "prod-pack")\n`]]),
      });
      assert.deepEqual(
        packs.flatMap((each) => each.resolve().map(({ text }) => text)),
        ['prod-pack'],
        start,
      );
    }
  });
});
