import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { complianceTypes } from '../../../src/compliance/model.ts';
import type { List } from '../../../src/compliance/paging/list.ts';
import { resolveAggregators, resolveConnections } from '../../../src/compliance/queries/lookup.ts';
import { compareRows } from '../../../src/compliance/queries/rowOrder.ts';
import { defaultPackOrder, type RowFilter } from '../../../src/compliance/source.ts';
import { createQuery, type ExportFilter, type ExportQuery } from '../../../src/reports/exportQuery.ts';
import { exportText } from '../../../src/reports/exportText.ts';
import { type FormatName, formats } from '../../../src/reports/formats.ts';
import { aggregateTable, createPackTable } from '../../../src/reports/packTables.ts';
import { generatedEstate } from '../../config-service/estate/generated.ts';
import type { Faults } from '../../config-service/faults.ts';
import { noon, type OpenTree, type TreeOptions, withTree } from '../../support/tree/openTree.ts';
import { parseCsv, unescapeFormulas } from './csv.ts';
import { toRecords } from './fixtures.ts';

const generated: TreeOptions = {
  estate: generatedEstate({ accounts: 12, regions: 3, packs: 30 }, noon),
  attempts: 1,
};

const findAggregator = async ({ estate }: OpenTree, filter: ExportFilter = {}): Promise<ExportQuery> => {
  const [aggregator] = (await resolveAggregators([estate.getStore({})], 'organization')).results;
  assert(aggregator);
  return createQuery([aggregator], { filter });
};

const findScope = async ({ estate }: OpenTree): Promise<ExportQuery> => {
  const [connection] = (await resolveConnections([estate.getStore({})])).results;
  assert(connection);
  return createQuery([connection]);
};

async function joinChunks(text: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const chunk of text) all += chunk;
  return all;
}

async function readExport(query: ExportQuery, format: FormatName, onProgress = (_rows: number) => {}): Promise<string> {
  const { signal } = new AbortController();
  return joinChunks(exportText(query, formats[format], { signal, onProgress }));
}

/** Parses the rows of a data format. CSV cells are strings. */
function parseRows(format: 'csv' | 'json' | 'jsonl', text: string): unknown[] {
  if (format === 'json') return JSON.parse(text).rows;
  if (format === 'csv')
    return parseCsv(text)
      .filter((cells) => cells.at(-3) === 'row')
      .map((cells) => cells.slice(0, -8).map(unescapeFormulas));
  const lines = text.split('\n').slice(1, -2);
  return lines.map((line) => JSON.parse(line)).map(({ type, ...row }) => row);
}

/** Rows as `parseRows` returns them. */
const toParsedRows = (format: 'csv' | 'json' | 'jsonl', rows: readonly object[]): unknown[] =>
  format === 'csv' ? rows.map((row) => Object.values(row).map((value) => String(value ?? ''))) : [...rows];

/** All rows of a list. */
async function loadAll<T>(list: List<T>): Promise<readonly T[]> {
  await list.loadAll();
  return list.rows;
}

describe('exportText', () => {
  for (const find of [findScope, findAggregator])
    it(`rejects if the AWS files are touched during a page: ${find.name}`, () =>
      withTree({ ...generated, pageSize: 10 }, async (tree) => {
        const source = await find(tree);
        tree.service.faults = { latencyMs: 100 };
        const rejected = assert.rejects(readExport(source, 'csv'), { kind: 'cancelled' });
        await setImmediate();
        tree.estate.reset();
        await rejected;
      }));

  it('exports each row once if rows move to later pages, and counts it once', () =>
    withTree(generated, async (tree) => {
      const all = await loadAll(tree.estate.getStore({}).getAggregateRows('organization', {}));
      tree.service.faults = { shiftRowsEvery: 2 };
      const { rows, totals } = JSON.parse(await readExport(await findAggregator(tree), 'json'));
      assert.deepEqual(rows, toRecords(aggregateTable, all));
      assert.equal(totals.rows, all.length);
    }));

  it('rejects if the pages go round', () =>
    withTree(generated, async (tree) => {
      const source = await findAggregator(tree);
      tree.service.faults = { goRoundEvery: 1 };
      await assert.rejects(readExport(source, 'csv'), { kind: 'staleCursor' });
    }));

  for (const format of ['csv', 'json', 'jsonl'] as const) {
    it(`exports exactly an aggregator's rows as ${format}`, () =>
      withTree(generated, async (tree) => {
        const rows = await loadAll(tree.estate.getStore({}).getAggregateRows('organization', {}));
        assert(rows.length > 500);
        const text = await readExport(await findAggregator(tree), format);
        assert.deepEqual(parseRows(format, text), toParsedRows(format, toRecords(aggregateTable, rows)));
      }));

    it(`exports exactly a scope's packs as ${format}`, () =>
      withTree(generated, async (tree) => {
        const query = await findScope(tree);
        const [{ scope } = assert.fail('No source')] = query.sources;
        const packs = await loadAll(tree.estate.getStore({}).getPackList(defaultPackOrder));
        assert(packs.length > 20, 'more than a page');
        const text = await readExport(query, format);
        assert.deepEqual(parseRows(format, text), toParsedRows(format, toRecords(createPackTable(scope, 0), packs)));
      }));
  }

  it('exports only the rows that match the filter', () =>
    withTree(generated, async (tree) => {
      const filter: RowFilter = { region: 'us-east-1', compliance: 'NON_COMPLIANT' };
      const rows = await loadAll(tree.estate.getStore({}).getAggregateRows('organization', filter));
      const document = JSON.parse(await readExport(await findAggregator(tree, filter), 'json'));
      assert.deepEqual(document.rows, toRecords(aggregateTable, rows));
      assert.deepEqual(document.filter, filter);
    }));

  it('counts rows in its progress and totals', () =>
    withTree(generated, async (tree) => {
      const progress: number[] = [];
      const { rows, totals } = JSON.parse(
        await readExport(await findAggregator(tree), 'json', (count) => progress.push(count)),
      );
      assert.deepEqual(
        progress,
        progress.toSorted((a, b) => a - b),
      );
      assert.equal(progress.at(-1), rows.length);
      assert.equal(totals.rows, rows.length);
      assert.equal(totals.nonCompliant + totals.insufficientData + totals.compliant, rows.length);
    }));

  it('exports every row once to a report, worst state first', () =>
    withTree(generated, async (tree) => {
      const rows = await loadAll(tree.estate.getStore({}).getAggregateRows('organization', {}));
      const text = await readExport(await findAggregator(tree), 'html');
      const cells = [...text.matchAll(/<td>([^<>]*)<\/td>/g)].map(([, cell = '']) => cell);
      const lines = Array.from({ length: cells.length / 5 }, (_, index) => cells.slice(5 * index, 5 * index + 5));
      const sorted = rows.toSorted(compareRows(defaultPackOrder));
      const expected = complianceTypes.flatMap((type) => sorted.filter(({ compliance }) => compliance === type));
      const values = expected.map((row) => aggregateTable.displayColumns.map(({ getValue }) => getValue(row)));
      assert.deepEqual(lines, values);
    }));

  it('caches no rows', () =>
    withTree(generated, async (tree) => {
      await readExport(await findAggregator(tree), 'jsonl');
      assert.deepEqual(tree.estate.getStore({}).getAggregateRows('organization', {}).rows, []);
    }));

  it('requests a page only after the previous one is consumed', () =>
    withTree(generated, async (tree) => {
      const source = await findAggregator(tree);
      tree.service.requests.clear();
      const signal = new AbortController().signal;
      const text = exportText(source, formats.csv, { signal, onProgress: () => {} });
      await text.next();
      assert.equal(tree.service.requests.count('DescribeAggregateComplianceByConformancePacks'), 0);
      await text.next();
      assert.equal(tree.service.requests.count('DescribeAggregateComplianceByConformancePacks'), 1);
      await text.return(undefined);
    }));
});

describe('exportText with failed requests', () => {
  const denied = { name: 'AccessDeniedException' };
  const scoresAndStates = ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'] as const;
  const itRejects = (title: string, kind: string, faults: Faults, of: (tree: OpenTree) => Promise<ExportQuery>) =>
    it(`rejects if ${title}`, () =>
      withTree(generated, async (tree) => {
        const source = await of(tree);
        tree.service.faults = faults;
        await assert.rejects(readExport(source, 'csv'), { name: 'ComplianceError', kind });
      }));

  for (const [operation, left] of [
    ['DescribeConformancePackStatus', 'score'],
    ['ListConformancePackComplianceScores', 'deploymentState'],
  ] as const) {
    it(`reports that ${operation} is denied and exports the rest`, () =>
      withTree(generated, async (tree) => {
        const source = await findScope(tree);
        tree.service.faults = { refuse: { [operation]: denied } };
        const { rows, unread } = JSON.parse(await readExport(source, 'json'));
        assert(rows.length > 20 && rows.some((row: Record<string, unknown>) => row[left] !== null));
        assert.deepEqual(
          unread.map(({ what }: { what: string }) => what),
          [`Not permitted: config:${operation}`],
        );
        for (const format of ['csv', 'markdown', 'html'] as const) {
          assert((await readExport(source, format)).includes(`config:${operation}`), format);
        }
      }));
  }

  itRejects(
    'both lists of packs are denied',
    'denied',
    { refuse: Object.fromEntries(scoresAndStates.map((each) => [each, denied])) },
    findScope,
  );
  itRejects(
    'a list of packs fails',
    'throttled',
    { only: ['DescribeConformancePackStatus'], throttleEvery: 1 },
    findScope,
  );
  itRejects(
    'a later page fails',
    'throttled',
    { only: ['DescribeAggregateComplianceByConformancePacks'], throttleEvery: 3 },
    findAggregator,
  );
  itRejects('the page token is no longer valid', 'staleCursor', { refuseTokenEvery: 2 }, findAggregator);
});

describe('an aborted exportText', () => {
  it('sends no further request', () =>
    withTree(generated, async (tree) => {
      const controller = new AbortController();
      const source = await findAggregator(tree);
      tree.service.requests.clear();
      const options = { signal: controller.signal, onProgress: () => controller.abort() };
      await assert.rejects(joinChunks(exportText(source, formats.csv, options)));
      assert.equal(tree.service.requests.count('DescribeAggregateComplianceByConformancePacks'), 1);
    }));
});
