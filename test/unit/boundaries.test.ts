import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const src = new URL('../../src/', import.meta.url);

interface Import {
  readonly from: string;
  /** A path below `src/`, or a package. */
  readonly to: string;
  /** Whether it is an `import()`. */
  readonly isDynamic: boolean;
}

/** All imports, including those of types and dynamic ones. */
const imports: readonly Import[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .flatMap((from) => {
    const text = readFileSync(new URL(from, src), 'utf8');
    const matches = text.matchAll(/(?:\bfrom\s+|\bimport\s*(\(?)\s*)'([^']+)'/g);
    return [...matches].map(([, parenthesis, name = '']) => ({
      from,
      isDynamic: parenthesis === '(',
      to: name.startsWith('.') ? posix.join(posix.dirname(from), name) : name,
    }));
  });

const isOwnModule = ({ to }: Import): boolean => to.endsWith('.ts');
const isSdk = ({ to }: Import): boolean => to.startsWith('@aws-sdk/') || to.startsWith('@smithy/');
const importsOf = (folder: string): readonly Import[] => imports.filter(({ from }) => from.startsWith(folder));

/** Fails with a line per import. */
function assertNone(violations: readonly Import[]): void {
  assert.deepEqual(
    violations.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
}

describe('imports', () => {
  it('are found, also dynamic ones', () => {
    assert(imports.some(({ from, to }) => from === 'extension.ts' && to === 'aws/openSource.ts'));
    assert(importsOf('compliance/').some(isOwnModule) && importsOf('aws/').some(isSdk));
    assert(importsOf('views/').some(isOwnModule));
  });

  it('of compliance/ stay within it, apart from time slicing', () => {
    assertNone(importsOf('compliance/').filter(({ to }) => !/^compliance\/|^timeSlicing\.ts$/.test(to)));
  });

  it('of aws/ are compliance/, the SDK and Node', () => {
    assertNone(importsOf('aws/').filter((each) => !isSdk(each) && !/^(aws|compliance)\/|^node:/.test(each.to)));
  });

  it('of storage/ are compliance/ and Node', () => {
    assertNone(importsOf('storage/').filter(({ to }) => !/^(storage|compliance)\/|^node:/.test(to)));
  });

  it('of sample/ are compliance/ and Node', () => {
    assert(importsOf('sample/').some(isOwnModule));
    assertNone(importsOf('sample/').filter(({ to }) => !/^(sample|compliance)\/|^node:/.test(to)));
  });

  it('of reports/ are compliance/, time slicing and Node', () => {
    assertNone(importsOf('reports/').filter(({ to }) => !/^(reports|compliance)\/|^timeSlicing\.ts$|^node:/.test(to)));
  });

  it('of views/shared/ are no other views', () => {
    assertNone(importsOf('views/shared/').filter(({ to }) => /^views\/(?!shared\/)/.test(to)));
  });

  it('of the SDK are in aws/ only', () => {
    assertNone(imports.filter((each) => isSdk(each) && !each.from.startsWith('aws/')));
  });

  it('of vscode are in views/ and extension.ts only', () => {
    assertNone(imports.filter(({ from, to }) => to === 'vscode' && !/^views\/|^extension\.ts$/.test(from)));
  });

  for (const folder of ['aws/', 'sample/']) {
    it(`of ${folder} are in extension.ts only, and dynamic`, () => {
      assertNone(
        imports.filter(({ from, to, isDynamic }) => {
          const isAllowed = from.startsWith(folder) || (from === 'extension.ts' && isDynamic);
          return to.startsWith(folder) && !isAllowed;
        }),
      );
    });
  }

  it('of extension.ts do not exist', () => {
    assertNone(imports.filter(({ to }) => to === 'extension.ts'));
  });

  it('form no cycles', () => {
    const visited = new Set<string>();
    const visit = (path: string, ancestors: readonly string[]): void => {
      assert(!ancestors.includes(path), [...ancestors, path].join(' → '));
      if (visited.has(path)) return;
      for (const each of imports) if (each.from === path && isOwnModule(each)) visit(each.to, [...ancestors, path]);
      visited.add(path);
    };
    for (const { from } of imports) visit(from, []);
  });
});
