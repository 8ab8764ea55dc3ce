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
  it('have another order, or are unknown after a change of their number', () => {
    for (const [change, name] of Object.entries({
      'sort()': 'a',
      'reverse()': 'a',
      'sort(f)': 'b | a',
      'shift()': '*',
    }))
      assert.equal(resolve('a.ts', `const names = ['b', 'a'];\nnames.${change};`, 'names[0]'), name, change);
    for (const [change, name] of Object.entries({ 'names.sort()': 'a', 'names.reverse()': 'a', 'del names[0]': '*' }))
      assert.equal(resolve('a.py', `names = ["b", "a"]\n${change}`, 'names[0]'), name, change);
  });

  it('have the item that is assigned to an index', () => {
    const start = "const names = ['a', 'b'];\nnames[0] = 'c';";
    for (const [name, text] of Object.entries({ 'names[0]': 'c', 'names[1]': 'b', "names.join('-')": 'c-b' }))
      assert.equal(resolve('a.ts', start, name), text);
    assert.equal(resolve('a.py', 'names = ["a", "b"]\nnames[-1] = "c"', 'names[1]'), 'c');
    assert.equal(resolve('a.ts', "const names = ['a'];\nnames[9] = 'b';", 'names[0]'), '*');
  });

  it('have the entries that a statement or a function gives to an object', () => {
    const typescript = {
      "Object.assign(o, { name: 'b' })": 'b',
      'Object.assign(o, other)': 'a',
      'delete o.name': '*',
      'print(o)': 'a',
      "if (x) o.name = 'b'": 'a | b',
    };
    for (const [change, name] of Object.entries(typescript))
      assert.equal(resolve('a.ts', `const o = { name: 'a' };\n${change};`, 'o.name'), name, change);
    assert.equal(resolve('a.ts', "const o = { name: 'a' };\ndelete o.name;", "o.name ?? 'b'"), 'b');
    const python = { 'o.update(name="b")': 'b', 'o.update({"name": "b"})': 'b', 'setattr(o, "name", "b")': 'b' };
    for (const [change, name] of Object.entries(python))
      assert.equal(resolve('a.py', `o = {"name": "a"}\n${change}`, 'o["name"]'), name, change);
  });

  it('are still those of a pack', () => {
    const create = "new CfnConformancePack(this, 'p', props);";
    for (const change of ["Object.assign(props, { deliveryS3Bucket: 'x' })", 'delete props.templateBody', 'f(props)']) {
      const text = `const props = { conformancePackName: 'a' };\n${change};\n${create}`;
      const names = indexTemplate({ path: 'a.ts', text }).packs.flatMap((each) => each.resolve());
      assert.deepEqual(names, [{ kind: 'exact', text: 'a' }], change);
    }
  });

  it('include the changes in the file that declares them', () => {
    const names = (text: string) => ({ 'names.ts': text });
    const start = "import { names } from './names';";
    assert.equal(resolve('a.ts', start, 'names[0]', names("export const names = [];\nnames.push('a');")), 'a');
    assert.equal(resolve('a.ts', start, 'names.x', names("export const names = { x: 'a' };\nnames.x = 'b';")), 'b');
    const own = names("export class names { static x = 'a'; n = 'c'; }\nnames.x = 'b';");
    assert.equal(resolve('a.ts', start, 'new names().n', own), 'c');
    assert.equal(resolve('a.py', 'from names import N', 'N["x"]', { 'names.py': 'N = {}\nN["x"] = "a"\n' }), 'a');
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

  it('replace those of an imported collection', () => {
    const names = { 'names.ts': "export const names = ['base'];\nexport const packs = { x: 'a' };" };
    const start = "import { names, packs } from './names';\n";
    assert.equal(resolve('a.ts', `${start}names.push('extra');`, 'names[0]', names), 'base');
    assert.equal(resolve('a.ts', `${start}names.push('extra');`, 'names[1]', names), 'extra');
    assert.equal(resolve('a.ts', `${start}names[0] = 'c';`, 'names[0]', names), 'c');
    assert.equal(resolve('a.ts', `${start}packs.x = 'b';`, 'packs.x', names), 'b');
    assert.equal(resolve('a.ts', `${start}if (y) packs.x = 'b';`, 'packs.x', names), 'b | a');
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
    const imported = { 'base.py': 'class Base:\n    n = "base"\n' };
    const mixin = 'from base import Base\nclass M:\n    n = "m"\n';
    assert.equal(resolve('a.py', `${mixin}class B(Base, M):\n    pass`, 'B.n', imported), 'base');
    assert.equal(resolve('a.py', `${mixin}class B(M, Base):\n    pass`, 'B.n', imported), 'm');
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
