import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const src = new URL('../../src/', import.meta.url);

interface Import {
  readonly from: string;
  /** A path below `src/`, or a package. */
  readonly to: string;
}

/** Everything that is imported, also for its types alone and at run time. */
const imports: readonly Import[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .flatMap((from) => {
    const text = readFileSync(new URL(from, src), 'utf8');
    const names = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g);
    return [...names].map(([, name = '']) => ({
      from,
      to: name.startsWith('.') ? posix.join(posix.dirname(from), name) : name,
    }));
  });

const isOurs = ({ to }: Import): boolean => to.endsWith('.ts');
const isSdk = ({ to }: Import): boolean => to.startsWith('@aws-sdk/') || to.startsWith('@smithy/');
const from = (place: string): readonly Import[] => imports.filter((each) => each.from.startsWith(place));

const shown = (found: readonly Import[]): string[] => found.map((each) => `${each.from} imports ${each.to}`);

describe('the boundaries of the sources', () => {
  it('are read from real imports', () => {
    assert(shown(imports).includes('extension.ts imports aws/openSource.ts'), 'an import at run time is among them');
    assert(from('compliance/').some(isOurs) && from('aws/').some(isSdk) && from('views/').some(isOurs));
  });

  it('let compliance/ know nothing but itself', () => {
    assert.deepEqual(shown(from('compliance/').filter(({ to }) => !to.startsWith('compliance/'))), []);
  });

  it('let aws/ know compliance/, the SDK, its pace and Node', () => {
    const strange = from('aws/').filter(
      (each) => !isSdk(each) && !/^(aws|compliance)\/|^node:|^p-queue$/.test(each.to),
    );
    assert.deepEqual(shown(strange), []);
  });

  it('let storage/ know compliance/ and Node', () => {
    assert.deepEqual(shown(from('storage/').filter(({ to }) => !/^(storage|compliance)\/|^node:/.test(to))), []);
  });

  it('let reports/ know compliance/ and Node', () => {
    assert.deepEqual(shown(from('reports/').filter(({ to }) => !/^(reports|compliance)\/|^node:/.test(to))), []);
  });

  it('let only aws/ know the SDK', () => {
    assert.deepEqual(shown(imports.filter((each) => isSdk(each) && !each.from.startsWith('aws/'))), []);
  });

  it('let only views/ and the composition root know the editor', () => {
    const know = imports.filter(({ from, to }) => to === 'vscode' && !/^views\/|^extension\.ts$/.test(from));
    assert.deepEqual(shown(know), []);
  });

  it('let views/ know nothing of aws/', () => {
    assert.deepEqual(shown(from('views/').filter(({ to }) => to.startsWith('aws/'))), []);
  });

  it('let only the composition root load aws/, and only when it is wanted', () => {
    const loaded = imports.filter(({ from, to }) => to.startsWith('aws/') && !from.startsWith('aws/'));
    assert.deepEqual([...new Set(loaded.map(({ from }) => from))], ['extension.ts']);
    assert.doesNotMatch(readFileSync(new URL('extension.ts', src), 'utf8'), /^import .*'\.\/aws\//m);
  });

  it('let nothing import the composition root', () => {
    assert.deepEqual(shown(imports.filter(({ to }) => to === 'extension.ts')), []);
  });

  it('go in one direction: no module imports itself by a detour', () => {
    const done = new Set<string>();
    const visit = (path: string, way: readonly string[]): void => {
      assert(!way.includes(path), [...way, path].join(' → '));
      if (done.has(path)) return;
      for (const each of imports) if (each.from === path && isOurs(each)) visit(each.to, [...way, path]);
      done.add(path);
    };
    for (const each of imports) visit(each.from, []);
  });
});
