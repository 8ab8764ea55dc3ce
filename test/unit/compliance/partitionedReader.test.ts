import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import { type AggregateRow, complianceTypes, getRowKey, type PackCount } from '../../../src/compliance/model.ts';
import { PartitionedReader } from '../../../src/compliance/paging/partitionedReader.ts';
import { type AggregateFetchers, planPartitions } from '../../../src/compliance/paging/partitions.ts';
import type { PageRequest, RowFilter } from '../../../src/compliance/source.ts';

const { signal } = new AbortController();

/** An aggregator in memory. Pages have `pageRows` rows. `onRequest` may change the rows or throw. */
class Aggregator {
  rows: AggregateRow[];
  readonly pageRows: number;
  onRequest: (filter: RowFilter, request: PageRequest) => void = () => {};
  requests = 0;
  inFlight = 0;
  maxInFlight = 0;
  countRequests: (readonly [string, RowFilter])[] = [];
  countError: ErrorKind | undefined;

  constructor(rows: readonly AggregateRow[], pageRows = 100) {
    this.rows = [...rows];
    this.pageRows = pageRows;
  }

  select({ account, region, compliance, pack }: RowFilter): readonly AggregateRow[] {
    return this.rows.filter(
      (row) =>
        (account ?? row.account) === row.account &&
        (region ?? row.region) === row.region &&
        (pack ?? row.pack) === row.pack &&
        (compliance ?? row.compliance) === row.compliance,
    );
  }

  readonly fetchers: AggregateFetchers = {
    fetchRows: (filter) => async (request) => {
      this.requests++;
      this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
      try {
        await new Promise(setImmediate);
        this.onRequest(filter, request);
        const start = Number(request.cursor ?? 0);
        const rows = this.select(filter);
        const end = start + this.pageRows;
        return { items: rows.slice(start, end), next: end < rows.length ? String(end) : undefined };
      } finally {
        this.inFlight--;
      }
    },
    fetchCounts: (by, filter) => async () => {
      this.countRequests.push([by, filter]);
      if (this.countError) throw new ComplianceError(this.countError, 'refused');
      const groups = Map.groupBy(this.select(filter), (row) => row[by]);
      const items = [...groups].map(([name, rows]): PackCount => {
        const count = (type: string) => rows.filter(({ compliance }) => compliance === type).length;
        return { name, compliantPacks: count('COMPLIANT'), nonCompliantPacks: count('NON_COMPLIANT') };
      });
      // Accounts without evaluated packs are left out.
      return { items: items.filter((each) => each.compliantPacks + each.nonCompliantPacks > 0), next: undefined };
    },
  };
}

const createRows = (accounts: number, regions: number, packs: number): AggregateRow[] =>
  Array.from({ length: accounts * regions * packs }, (_, index) => ({
    account: `account-${Math.floor(index / (regions * packs))}`,
    region: `region-${Math.floor(index / packs) % regions}`,
    pack: `pack-${index % packs}`,
    compliance: complianceTypes[(index * 7) % 11 === 0 ? 1 : index % 2 === 0 ? 0 : 2],
    compliantRules: index % 5,
    nonCompliantRules: index % 3,
    totalRules: 10,
  }));

const open = (aggregator: Aggregator, filter: RowFilter = {}) =>
  PartitionedReader.open(aggregator.fetchers, filter, signal);

function createIsNew() {
  const seen = new Set<string>();
  return (row: AggregateRow) => seen.size < seen.add(getRowKey(row)).size;
}

async function readAll(reader: PartitionedReader, isNew = createIsNew(), rows: AggregateRow[] = []) {
  for await (const page of reader.read(signal, isNew)) rows.push(...page);
  return rows;
}

const sortKeys = (rows: readonly AggregateRow[]) => rows.map(getRowKey).sort();

const fail = (kind: ErrorKind): never => {
  throw new ComplianceError(kind, kind);
};

describe('planPartitions', () => {
  const plan = (aggregator: Aggregator, filter: RowFilter = {}) => planPartitions(aggregator.fetchers, filter, signal);

  it('divides rows by account, largest first, beside the rows without data', async () => {
    const rows = [...createRows(8, 5, 40), ...createRows(9, 1, 900).filter(({ account }) => account === 'account-8')];
    const [uncounted, largest, ...others] = await plan(new Aggregator(rows));
    assert.deepEqual(uncounted, { filter: { compliance: 'INSUFFICIENT_DATA' }, evaluatedRows: undefined });
    assert.equal(largest?.filter.account, 'account-8');
    assert.equal(others.length, 8);
  });

  it('splits large accounts by region', async () => {
    const aggregator = new Aggregator(createRows(2, 4, 400));
    const partitions = await plan(aggregator);
    assert.equal(partitions.length, 1 + 2 * 4);
    assert(partitions.slice(1).every(({ filter: { account, region } }) => account && region));
    assert.equal(aggregator.countRequests.length, 3);
  });

  it('divides by region if accounts have few rows', async () => {
    const partitions = await plan(new Aggregator(createRows(1000, 3, 2)));
    assert.deepEqual(
      partitions.slice(1).map(({ filter }) => Object.keys(filter)),
      [['region'], ['region'], ['region']],
    );
  });

  it('divides an account by region', async () => {
    const partitions = await plan(new Aggregator(createRows(2, 4, 800)), { account: 'account-1' });
    assert.equal(partitions.length, 1 + 4);
    assert(partitions.every(({ filter }) => filter.account === 'account-1'));
  });

  it('counts only the rows of a state', async () => {
    const partitions = await plan(new Aggregator(createRows(20, 2, 200)), { compliance: 'COMPLIANT' });
    assert.equal(partitions.length, 20);
    assert(partitions.every(({ filter }) => filter.compliance === 'COMPLIANT'));
  });

  it('does not divide by regions that lack rows', async () => {
    const hideRegions = (aggregator: Aggregator): AggregateFetchers => ({
      ...aggregator.fetchers,
      fetchCounts: (by, filter) => async (request) => {
        const { items, next } = await aggregator.fetchers.fetchCounts(by, filter)(request);
        return { items: by === 'region' ? items.slice(1) : items, next };
      },
    });
    const large = await planPartitions(hideRegions(new Aggregator(createRows(2, 4, 400))), {}, signal);
    assert.deepEqual(
      large.slice(1).map(({ filter }) => Object.keys(filter)),
      [['account'], ['account']],
    );
    const small = await planPartitions(hideRegions(new Aggregator(createRows(1000, 3, 2))), {}, signal);
    assert.deepEqual(small, [{ filter: {}, evaluatedRows: undefined }]);
  });

  it('keeps few rows, and those that the summary does not count, together', async () => {
    const one = async (aggregator: Aggregator, filter: RowFilter) =>
      assert.deepEqual(await plan(aggregator, filter), [{ filter, evaluatedRows: undefined }]);
    await one(new Aggregator(createRows(10, 2, 10)), {});
    const large = new Aggregator(createRows(30, 2, 100));
    await one(large, { pack: 'pack-1' });
    await one(large, { compliance: 'INSUFFICIENT_DATA' });
    assert.equal(large.countRequests.length, 0);
    large.countError = 'denied';
    await one(large, {});
    large.countError = 'throttled';
    await assert.rejects(plan(large), ({ kind }: ComplianceError) => kind === 'throttled');
  });
});

describe('PartitionedReader', () => {
  it('reads partitions side by side, every row once', async () => {
    const aggregator = new Aggregator(createRows(30, 4, 30));
    const reader = await open(aggregator);
    assert.deepEqual(sortKeys(await readAll(reader)), sortKeys(aggregator.rows));
    const expected = aggregator.rows.filter(({ compliance }) => compliance !== 'INSUFFICIENT_DATA').length;
    assert.deepEqual(reader.progress, { rowsRead: 3600, expected, partitionsRead: 31, partitions: 31 });
    assert.deepEqual(reader.findFailures(), []);
    assert(aggregator.maxInFlight > 8 && aggregator.maxInFlight <= 16, `${aggregator.maxInFlight}`);
  });

  it('finds accounts that the summary leaves out', async () => {
    const rows = createRows(31, 4, 30).map(
      (row): AggregateRow => (row.account === 'account-30' ? { ...row, compliance: 'INSUFFICIENT_DATA' } : row),
    );
    assert.deepEqual(sortKeys(await readAll(await open(new Aggregator(rows)))), sortKeys(rows));
  });

  it('keeps rows after a cancel, and reads only the rest later', async () => {
    const aggregator = new Aggregator(createRows(30, 4, 50));
    const reader = await open(aggregator);
    const controller = new AbortController();
    const isNew = createIsNew();
    const rows: AggregateRow[] = [];
    await assert.rejects(
      async () => {
        for await (const page of reader.read(controller.signal, isNew)) {
          rows.push(...page);
          if (rows.length >= 2000) controller.abort();
        }
      },
      { name: 'AbortError' },
    );
    const { partitionsRead } = reader.progress;
    assert(partitionsRead > 0 && partitionsRead < 31);
    assert.deepEqual(reader.findFailures(), []);
    const before = aggregator.requests;
    await readAll(reader, isNew, rows);
    assert.deepEqual(sortKeys(rows), sortKeys(aggregator.rows));
    assert(aggregator.requests - before <= 60 + 6 - 20 + 16, `${aggregator.requests - before} requests`);
  });

  it('reads the other partitions when one fails, and only that one again', async () => {
    const aggregator = new Aggregator(createRows(30, 4, 50));
    const reader = await open(aggregator);
    aggregator.onRequest = ({ account }) => (account === 'account-7' ? fail('throttled') : undefined);
    const isNew = createIsNew();
    const rows: AggregateRow[] = [];
    await assert.rejects(readAll(reader, isNew, rows), ({ kind }: ComplianceError) => kind === 'throttled');
    assert.deepEqual(
      reader.findFailures().map(({ filter, error }) => [filter, error.kind]),
      [[{ account: 'account-7' }, 'throttled']],
    );
    assert.equal(reader.progress.partitionsRead, 30);
    aggregator.onRequest = () => {};
    aggregator.requests = 0;
    await readAll(reader, isNew, rows);
    assert.deepEqual([aggregator.requests, reader.findFailures()], [2, []]);
    assert.deepEqual(sortKeys(rows), sortKeys(aggregator.rows));
  });

  it('reads the others with later attempts when many fail for ever', async () => {
    // Each account has a large region, which fails, and a small one.
    const large = createRows(40, 1, 1200).filter(({ compliance }) => compliance !== 'INSUFFICIENT_DATA');
    const small = large.filter((_, index) => index % 100 === 0).map((row) => ({ ...row, region: 'region-1' }));
    const aggregator = new Aggregator([...large, ...small]);
    const reader = await open(aggregator);
    aggregator.onRequest = ({ region }) => (region === 'region-0' ? fail('denied') : undefined);
    const isNew = createIsNew();
    const rows: AggregateRow[] = [];
    for (let attempt = 0; attempt < 4; attempt++)
      await assert.rejects(readAll(reader, isNew, rows), ({ kind }: ComplianceError) => kind === 'denied');
    const readable = aggregator.select({ region: 'region-1' });
    assert.deepEqual(sortKeys(rows.filter(({ region }) => region === 'region-1')), sortKeys(readable));
  });

  it('ends soon when everything fails', async () => {
    const aggregator = new Aggregator(createRows(200, 4, 50));
    const reader = await open(aggregator);
    aggregator.onRequest = () => fail('expired');
    await assert.rejects(readAll(reader), ({ kind }: ComplianceError) => kind === 'expired');
    assert(aggregator.requests <= 20, `${aggregator.requests} requests`);
  });

  it('restarts only the partition of a rejected page token, once', async () => {
    const aggregator = new Aggregator(createRows(20, 4, 40));
    const reader = await open(aggregator);
    let rejections = 1;
    aggregator.onRequest = ({ account }, { cursor }) =>
      account === 'account-3' && cursor !== undefined && rejections-- > 0 ? fail('staleCursor') : undefined;
    assert.deepEqual(sortKeys(await readAll(reader)), sortKeys(aggregator.rows));
    assert.equal(aggregator.requests, 20 * 2 + 3 + 2, 'first pages, second pages, rows without data, restart');
    rejections = 2;
    await assert.rejects(readAll(await open(aggregator)), ({ kind }: ComplianceError) => kind === 'staleCursor');
  });

  it('notices pages that go round with ever new tokens', async () => {
    const aggregator = new Aggregator(createRows(20, 4, 40));
    const reader = await open(aggregator);
    let token = 0;
    const { fetchRows } = aggregator.fetchers;
    const rounds: AggregateFetchers = {
      ...aggregator.fetchers,
      fetchRows: (filter) => async (request) => {
        const page = await fetchRows(filter)({ ...request, cursor: undefined });
        return filter.account === 'account-3' ? { ...page, next: `${token++}` } : page;
      },
    };
    assert(reader.isPartitioned);
    await assert.rejects(
      readAll(await PartitionedReader.open(rounds, {}, signal)),
      ({ kind }: ComplianceError) => kind === 'staleCursor',
    );
  });

  it('notices pages that stay empty with ever new tokens', async () => {
    const aggregator = new Aggregator(createRows(20, 4, 40));
    const { fetchRows } = aggregator.fetchers;
    let pages = 0;
    const fetchEmpty = async () => {
      // A reading that does not notice would never end.
      assert(pages < 50_000, `${pages} pages`);
      return { items: [], next: `${pages++}` };
    };
    const fetchers: AggregateFetchers = {
      ...aggregator.fetchers,
      fetchRows: (filter) => (filter.account === 'account-3' ? fetchEmpty : fetchRows(filter)),
    };
    const reader = await PartitionedReader.open(fetchers, {}, signal);
    await assert.rejects(readAll(reader), ({ kind }: ComplianceError) => kind === 'staleCursor');
    assert.equal(reader.progress.partitionsRead, 20, 'the others');
  });

  it('yields every row once whatever fails, moves or is cancelled', async () => {
    const sizes = fc.record({
      accounts: fc.integer({ min: 1, max: 12 }),
      regions: fc.integer({ min: 2, max: 3 }),
      packs: fc.integer({ min: 1, max: 120 }),
    });
    const property = fc.asyncProperty(
      sizes,
      fc.infiniteStream(fc.integer({ min: 0, max: 30 })),
      async (size, draws) => {
        const all = createRows(size.accounts, size.regions, size.packs);
        const aggregator = new Aggregator(all, 50);
        let faults = 0;
        // Faults end, so that the reading does.
        const draw = () => (faults++ < 300 ? Number(draws.next().value) : 0);
        aggregator.onRequest = (_, { cursor }) => {
          const kind = draw();
          if (kind === 1) fail('throttled');
          if (kind === 2 && cursor !== undefined) fail('staleCursor');
          // The state of a row changes, so that it moves between states but not between accounts.
          const index = draw() * 7;
          const row = aggregator.rows[index];
          if (kind === 3 && row) aggregator.rows[index] = { ...row, nonCompliantRules: row.nonCompliantRules + 1 };
          // A row appears before the others, so that they move to later pages.
          if (kind === 4 && row) aggregator.rows.unshift({ ...row, pack: `new-${aggregator.rows.length}` });
        };
        const reader = await open(aggregator);
        const isNew = createIsNew();
        const rows: AggregateRow[] = [];
        for (let isDone = false; !isDone; ) {
          const controller = new AbortController();
          try {
            for await (const page of reader.read(controller.signal, isNew)) {
              rows.push(...page);
              if (draw() === 5) controller.abort();
            }
            isDone = true;
          } catch (thrown) {
            assert(controller.signal.aborted || thrown instanceof ComplianceError, String(thrown));
          }
        }
        const keys = sortKeys(rows);
        assert.equal(new Set(keys).size, keys.length);
        const read = new Set(keys);
        for (const row of all) assert(read.has(getRowKey(row)), `${getRowKey(row)} is missing`);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  }).timeout(30_000);
});
