import assert from 'node:assert/strict';
import { complianceTypes } from '../../../src/compliance/model.ts';
import type { List } from '../../../src/compliance/paging/list.ts';
import { resolveAggregators, resolveConnections } from '../../../src/compliance/queries/lookup.ts';
import { type RowFilter, worstFirst } from '../../../src/compliance/source.ts';
import { type ExportSource, exportText } from '../../../src/reports/exportText.ts';
import { type FormatName, formats } from '../../../src/reports/formats.ts';
import { packTable, rowTable } from '../../../src/reports/tables.ts';
import { generatedEstate } from '../../config-service/estate/generated.ts';
import type { Faults } from '../../config-service/faults.ts';
import { noon, type OpenTree, type TreeOptions, withTree } from '../tree/openTree.ts';
import { plain, readCsv } from './csv.ts';
import { records } from './fixtures.ts';

const generated: TreeOptions = {
  estate: generatedEstate({ accounts: 12, regions: 3, packs: 30 }, noon),
  attempts: 1,
};

const organization = async ({ estate }: OpenTree, filter: RowFilter = {}): Promise<ExportSource> => {
  const [found] = (await resolveAggregators([estate.store({})], 'organization')).results;
  assert(found);
  return { ...found, filter };
};

const ownScope = async ({ estate }: OpenTree): Promise<ExportSource> => {
  const [found] = (await resolveConnections([estate.store({})])).results;
  assert(found);
  return found;
};

async function gathered(text: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const piece of text) all += piece;
  return all;
}

async function textOf(source: ExportSource, format: FormatName, onRows = (_rows: number) => {}): Promise<string> {
  const { signal } = new AbortController();
  return gathered(exportText(source, formats[format], { signal, onRows }));
}

/** The rows of a file of data; CSV has no numbers and no null. */
function rowsIn(format: 'csv' | 'json' | 'jsonl', text: string): unknown[] {
  if (format === 'json') return JSON.parse(text).rows;
  if (format === 'csv')
    return readCsv(text)
      .slice(1)
      .map((cells) => cells.slice(0, -4).map(plain));
  const lines = text.split('\n').slice(1, -2);
  return lines.map((line) => JSON.parse(line)).map(({ type, ...row }) => row);
}

/** Rows as `rowsIn` reads them. */
const asIn = (format: 'csv' | 'json' | 'jsonl', rows: readonly object[]): unknown[] =>
  format === 'csv' ? rows.map((row) => Object.values(row).map((value) => String(value ?? ''))) : [...rows];

/** What a list of the estate has, read to its end. */
async function whole<T>(list: List<T>): Promise<readonly T[]> {
  await list.loadAll(new AbortController().signal, () => {});
  return list.rows;
}

describe('an export of an estate', () => {
  for (const format of ['csv', 'json', 'jsonl'] as const) {
    it(`as ${format} parses again to exactly an aggregator's rows`, () =>
      withTree(generated, async (tree) => {
        const rows = await whole(tree.estate.store({}).rows('organization', {}));
        assert(rows.length > 500);
        const text = await textOf(await organization(tree), format);
        assert.deepEqual(rowsIn(format, text), asIn(format, records(rowTable, rows)));
      }));

    it(`as ${format} parses again to exactly a scope's packs`, () =>
      withTree(generated, async (tree) => {
        const source = await ownScope(tree);
        const packs = await whole(tree.estate.store({}).packs(worstFirst));
        assert(packs.length > 20, 'more than a page');
        const text = await textOf(source, format);
        assert.deepEqual(rowsIn(format, text), asIn(format, records(packTable(source.scope, 0), packs)));
      }));
  }

  it('holds the rows that its filter leaves', () =>
    withTree(generated, async (tree) => {
      const filter: RowFilter = { region: 'us-east-1', compliance: 'NON_COMPLIANT' };
      const rows = await whole(tree.estate.store({}).rows('organization', filter));
      const document = JSON.parse(await textOf(await organization(tree, filter), 'json'));
      assert.deepEqual(document.rows, records(rowTable, rows));
      assert.deepEqual(document.filter, filter);
    }));

  it('counts its rows while they are written, and in its totals', () =>
    withTree(generated, async (tree) => {
      const told: number[] = [];
      const { rows, totals } = JSON.parse(await textOf(await organization(tree), 'json', (count) => told.push(count)));
      assert.deepEqual(
        told,
        told.toSorted((a, b) => a - b),
      );
      assert.equal(told.at(-1), rows.length);
      assert.equal(totals.rows, rows.length);
      assert.equal(totals.nonCompliant + totals.insufficientData + totals.compliant, rows.length);
    }));

  it('as a report has the worst first, and every row once', () =>
    withTree(generated, async (tree) => {
      const rows = await whole(tree.estate.store({}).rows('organization', {}));
      const text = await textOf(await organization(tree), 'html');
      const cells = [...text.matchAll(/<td>([^<>]*)<\/td>/g)].map(([, cell = '']) => cell);
      const lines = Array.from({ length: cells.length / 5 }, (_, index) => cells.slice(5 * index, 5 * index + 5));
      const expected = complianceTypes.flatMap((type) => rows.filter(({ compliance }) => compliance === type));
      const told = expected.map((row) => rowTable.columns.map(({ value }) => value(row)));
      assert.deepEqual(lines, told);
    }));

  it('keeps no row in the estate', () =>
    withTree(generated, async (tree) => {
      await textOf(await organization(tree), 'jsonl');
      assert.deepEqual(tree.estate.store({}).rows('organization', {}).rows, []);
    }));

  it('asks for no page before the one before it was taken', () =>
    withTree(generated, async (tree) => {
      const source = await organization(tree);
      tree.service.requests.clear();
      const signal = new AbortController().signal;
      const text = exportText(source, formats.csv, { signal, onRows: () => {} });
      await text.next();
      assert.equal(tree.service.requests.count('DescribeAggregateComplianceByConformancePacks'), 0);
      await text.next();
      assert.equal(tree.service.requests.count('DescribeAggregateComplianceByConformancePacks'), 1);
      await text.return(undefined);
    }));
});

describe('an export that cannot read everything', () => {
  const denied = { name: 'AccessDeniedException' };
  const scoresAndStates = ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'] as const;
  const fails = (what: string, kind: string, faults: Faults, of: (tree: OpenTree) => Promise<ExportSource>) =>
    it(`fails as a whole where ${what}`, () =>
      withTree(generated, async (tree) => {
        const source = await of(tree);
        tree.service.faults = faults;
        await assert.rejects(textOf(source, 'csv'), { name: 'ComplianceError', kind });
      }));

  for (const [operation, left] of [
    ['DescribeConformancePackStatus', 'score'],
    ['ListConformancePackComplianceScores', 'deploymentState'],
  ] as const) {
    it(`names ${operation} where it is denied, and has the rest`, () =>
      withTree(generated, async (tree) => {
        const source = await ownScope(tree);
        tree.service.faults = { refuse: { [operation]: denied } };
        const { rows, unread } = JSON.parse(await textOf(source, 'json'));
        assert(rows.length > 20 && rows.some((row: Record<string, unknown>) => row[left] !== null));
        assert.deepEqual(
          unread.map(({ what }: { what: string }) => what),
          [`Not permitted: config:${operation}`],
        );
        for (const format of ['csv', 'markdown', 'html'] as const) {
          assert((await textOf(source, format)).includes(`config:${operation}`), format);
        }
      }));
  }

  fails(
    'both lists of packs are denied',
    'denied',
    { refuse: Object.fromEntries(scoresAndStates.map((each) => [each, denied])) },
    ownScope,
  );
  fails(
    'a list of packs does not come',
    'throttled',
    { only: ['DescribeConformancePackStatus'], throttleEvery: 1 },
    ownScope,
  );
  fails(
    'a page in the middle does not come',
    'throttled',
    { only: ['DescribeAggregateComplianceByConformancePacks'], throttleEvery: 3 },
    organization,
  );
  fails('the service forgets its token', 'staleCursor', { refuseTokenEvery: 2 }, organization);
});

describe('an export that is called off', () => {
  it('asks for nothing more', () =>
    withTree(generated, async (tree) => {
      const controller = new AbortController();
      const source = await organization(tree);
      tree.service.requests.clear();
      const course = { signal: controller.signal, onRows: () => controller.abort() };
      await assert.rejects(gathered(exportText(source, formats.csv, course)));
      assert.equal(tree.service.requests.count('DescribeAggregateComplianceByConformancePacks'), 1);
    }));
});
