import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AggregateRow, complianceTypes, getRowKey } from '../../../src/compliance/model.ts';
import { findCell } from '../../../src/compliance/organization/cells.ts';
import { OrganizationRows } from '../../../src/compliance/organization/organizationRows.ts';
import { groupPacks } from '../../../src/compliance/organization/packGroups.ts';
import {
  countStates,
  createMatrix,
  findLacking,
  rankAccounts,
  rankPacks,
} from '../../../src/compliance/organization/rankings.ts';
import { RowColumns, toCompliance } from '../../../src/compliance/organization/rowColumns.ts';
import {
  type RowSelection,
  type SortColumn,
  selectRows,
  sortRows,
} from '../../../src/compliance/organization/selectRows.ts';
import { PartitionedReader } from '../../../src/compliance/paging/partitionedReader.ts';
import type { SlicedWork } from '../../../src/timeSlicing.ts';

const progress = { rowsRead: 3, expected: 7, partitionsRead: 1, partitions: 2 };

function run<T>(work: SlicedWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const packName = fc.constantFrom(
  'security',
  'OrgConformsPack-security-abcd1234',
  'OrgConformsPack-security-ZZZZ9999',
  'OrgConformsPack-cost-center-00000000',
  'OrgConformsPack--12345678',
  'OrgConformsPack-short-1234567',
  'constructor',
);
const rule = fc.integer({ min: 0, max: 130 });
const row: fc.Arbitrary<AggregateRow> = fc.record(
  {
    pack: packName,
    account: fc.integer({ min: 1, max: 6 }).map((n) => `${n}`.padStart(12, '0')),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'ap-south-1'),
    compliance: fc.constantFrom(...complianceTypes, undefined),
    compliantRules: rule,
    nonCompliantRules: rule,
    totalRules: rule,
  },
  { noNullPrototype: true },
);
const rows = fc.array(row, { maxLength: 150 });

/** The columns of rows, and the rows as an independent computation keeps them: each key once, the last one wins. */
function createColumns(all: readonly AggregateRow[]) {
  const columns = new RowColumns();
  for (const each of all) columns.add(each);
  return { columns, distinct: [...new Map(all.map((each) => [getRowKey(each), each])).values()] };
}

const selectAll = (columns: RowColumns) => ({ columns, rows: run(selectRows(columns, {})), progress });

interface Results {
  readonly compliant: number;
  readonly nonCompliant: number;
}

/** A computation that shares nothing with the one under test. */
const naive = {
  counts: (all: readonly AggregateRow[]) => {
    const count = (type: string | undefined) => all.filter(({ compliance }) => compliance === type).length;
    return {
      packs: all.length,
      compliant: count('COMPLIANT'),
      insufficientData: count('INSUFFICIENT_DATA'),
      nonCompliant: count('NON_COMPLIANT'),
      unknown: count(undefined),
    };
  },
  isWorseOrEqual: (a: Results, b: Results) => {
    // Without a result, the share is unknown, which comes last.
    const getShare = ({ compliant, nonCompliant }: Results) =>
      compliant + nonCompliant === 0 ? -1 : nonCompliant / (compliant + nonCompliant);
    const [shareA, shareB] = [getShare(a), getShare(b)];
    return Math.abs(shareA - shareB) < 1e-9 ? a.nonCompliant >= b.nonCompliant : shareA > shareB;
  },
  group: (pack: string) => {
    const match = /^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/.exec(pack);
    return match ? `organization ${match[1]}` : `own ${pack}`;
  },
  distinct: (values: readonly string[]) => [...new Set(values)].sort(),
};

const nameGroup = ({ name, isOrganization }: { name: string; isOrganization: boolean }) =>
  `${isOrganization ? 'organization' : 'own'} ${name}`;

function assertWorstFirst(ranks: readonly Results[]): void {
  for (const [index, rank] of ranks.entries()) {
    const next = ranks[index + 1];
    if (next) assert(naive.isWorseOrEqual(rank, next));
  }
}

describe('RowColumns', () => {
  it('hold each row once, as last added', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const columns = new RowColumns();
        const seen = new Set<string>();
        for (const each of all) assert.equal(columns.add(each), seen.size < seen.add(getRowKey(each)).size);
        const { distinct } = createColumns(all);
        assert.equal(columns.length, distinct.length);
        assert.deepEqual(
          distinct,
          Array.from({ length: columns.length }, (_, index) => columns.getRow(index)),
        );
      }),
    );
  });

  for (const isExclusive of [false, true]) {
    it(`grow, ${isExclusive ? 'and free outgrown columns' : 'and leave outgrown columns to their readers'}`, () => {
      const columns = new RowColumns({ isExclusive });
      const { packs } = columns;
      const create = (index: number): AggregateRow => ({
        pack: `pack-${index % 7}`,
        account: `${Math.floor(index / 70)}`,
        region: `region-${Math.floor(index / 7) % 10}`,
        compliance: complianceTypes[index % 3],
        compliantRules: index,
        nonCompliantRules: 0,
        totalRules: index,
      });
      for (let index = 0; index < 10_000; index++) assert(columns.add(create(index)));
      for (let index = 0; index < 10_000; index++) assert(!columns.add(create(index)));
      for (const index of [0, 1023, 1024, 9_999]) assert.deepEqual(columns.getRow(index), create(index));
      assert.equal(packs.length, isExclusive ? 0 : 1024);
    });
  }
});

describe('RowColumns', () => {
  it('return a row with values outside of the API model as it came, until it is replaced', () => {
    const columns = new RowColumns();
    const [known] = fc.sample(row, 1);
    assert(known);
    const counts = { compliantRules: 0, nonCompliantRules: 0, totalRules: 0 };
    const unusual = { ...known, ...counts, compliance: 'NOT_APPLICABLE', countsText: '-1, 2, none' };
    columns.add(unusual);
    assert.deepEqual(columns.getRow(0), unusual);
    columns.add(known);
    assert.deepEqual(columns.getRow(0), known);
  });
});

describe('selectRows and sortRows', () => {
  it('equal a plain filter and a stable sort', () => {
    const subset = <T>(...values: T[]) =>
      fc.option(
        fc.subarray(values).map((some) => new Set(some)),
        { nil: undefined },
      );
    const selections = fc.record({
      regions: subset('us-east-1', 'eu-central-1', 'elsewhere'),
      packs: subset('security', 'constructor', 'OrgConformsPack-short-1234567'),
      states: subset(...complianceTypes),
    });
    const columnNames: readonly SortColumn[] = ['pack', 'account', 'region', 'state', 'nonCompliantRules'];
    const orders = fc.array(fc.record({ by: fc.constantFrom(...columnNames), descending: fc.boolean() }), {
      maxLength: 3,
    });
    const badness = ['COMPLIANT', undefined, 'INSUFFICIENT_DATA', 'NON_COMPLIANT'];
    const getValue = (each: AggregateRow, by: SortColumn) =>
      by === 'state' ? badness.indexOf(each.compliance) : each[by];
    fc.assert(
      fc.property(rows, selections, orders, (all, { regions, packs, states }, order) => {
        const stateNames: ReadonlySet<string | undefined> | undefined = states;
        const { columns, distinct } = createColumns(all);
        const selection: RowSelection = {
          ...(regions && { regions }),
          ...(packs && { packs }),
          ...(states && { states }),
        };
        const expected = distinct
          .filter(
            (each) =>
              (regions?.has(each.region) ?? true) &&
              (packs?.has(each.pack) ?? true) &&
              (stateNames?.has(each.compliance) ?? true),
          )
          .sort((a, b) => {
            for (const { by, descending } of order) {
              const [left, right] = [getValue(a, by), getValue(b, by)];
              if (left !== right) return left < right === descending ? 1 : -1;
            }
            return 0;
          });
        const sorted = run(sortRows(columns, run(selectRows(columns, selection)), order));
        assert.deepEqual(
          [...sorted].map((each) => columns.getRow(each)),
          expected,
        );
      }),
    );
  });
});

describe('rankAccounts', () => {
  it('equals an independent computation', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { columns, distinct } = createColumns(all);
        const ranking = run(rankAccounts(selectAll(columns)));
        assert.equal(ranking.progress, progress);
        assertWorstFirst(ranking.ranks);
        assert.deepEqual(
          ranking.ranks.map(({ account }) => account).sort(),
          naive.distinct(distinct.map((r) => r.account)),
        );
        for (const { account, regions, ...counts } of ranking.ranks) {
          const own = distinct.filter((each) => each.account === account);
          assert.deepEqual(counts, naive.counts(own));
          assertWorstFirst(regions);
          assert.deepEqual(regions.map(({ region }) => region).sort(), naive.distinct(own.map((each) => each.region)));
          for (const { region, ...inRegion } of regions) {
            assert.deepEqual(inRegion, naive.counts(own.filter((each) => each.region === region)));
          }
        }
      }),
    );
  });
});

describe('rankPacks', () => {
  it('equals an independent computation, with coverage', () => {
    const known = { accounts: ['000000000003', '000000000099'], regions: ['sa-east-1'] };
    fc.assert(
      fc.property(rows, (all) => {
        const { columns, distinct } = createColumns(all);
        const ranking = run(rankPacks(selectAll(columns), known));
        assertWorstFirst(ranking.ranks);
        const groups = Map.groupBy(distinct, ({ pack }) => naive.group(pack));
        assert.deepEqual(ranking.ranks.map(({ pack }) => nameGroup(pack)).sort(), [...groups.keys()].sort());
        const accounts = naive.distinct([...distinct.map(({ account }) => account), ...known.accounts]);
        const regions = naive.distinct([...distinct.map(({ region }) => region), ...known.regions]);
        assert.deepEqual([ranking.accounts, ranking.regions], [accounts, regions]);
        for (const { pack, accountIndices, regionIndices, ...counts } of ranking.ranks) {
          const own = groups.get(nameGroup(pack)) ?? [];
          assert.deepEqual(counts, naive.counts(own));
          assert.deepEqual(pack.deployedNames.toSorted(), naive.distinct(own.map((each) => each.pack)));
          const lacking = (labels: readonly string[], key: 'account' | 'region') =>
            labels.filter((label) => !own.some((each) => each[key] === label));
          assert.deepEqual(findLacking(ranking.accounts, accountIndices), lacking(accounts, 'account'));
          assert.deepEqual(findLacking(ranking.regions, regionIndices), lacking(regions, 'region'));
        }
      }),
    );
  });

  it('groups only names as AWS Config deploys them', () => {
    assert.deepEqual(
      groupPacks(['OrgConformsPack-a-12345678', 'a', 'OrgConformsPack-a-b-1234567', 'OrgConformsPack-a-87654321']),
      {
        groups: [
          {
            name: 'OrgConformsPack-a-b-1234567',
            isOrganization: false,
            deployedNames: ['OrgConformsPack-a-b-1234567'],
          },
          { name: 'a', isOrganization: false, deployedNames: ['a'] },
          {
            name: 'a',
            isOrganization: true,
            deployedNames: ['OrgConformsPack-a-12345678', 'OrgConformsPack-a-87654321'],
          },
        ],
        ranks: Uint32Array.of(2, 1, 0, 2),
      },
    );
  });
});

describe('createMatrix and countStates', () => {
  it('equal an independent computation', () => {
    const badness = ['COMPLIANT', undefined, 'INSUFFICIENT_DATA', 'NON_COMPLIANT'];
    fc.assert(
      fc.property(rows, (all) => {
        const { columns, distinct } = createColumns(all);
        const { accounts, packs, cells } = run(createMatrix(selectAll(columns)));
        let cellCount = 0;
        for (const [line, account] of accounts.entries()) {
          for (const [column, pack] of packs.entries()) {
            const own = distinct.filter(
              (each) => each.account === account && naive.group(each.pack) === nameGroup(pack),
            );
            const cell = findCell(cells, line, column);
            assert.equal(cell !== undefined, own.length > 0);
            if (cell === undefined) continue;
            cellCount++;
            const worst = badness.findLast((state) => own.some(({ compliance }) => compliance === state));
            assert.equal(toCompliance(cells.states[cell] ?? -1), worst);
            const counts = badness.map((state) => own.filter(({ compliance }) => compliance === state).length);
            assert.deepEqual([...cells.counts.subarray(cell * 4, cell * 4 + 4)], counts);
          }
        }
        assert.equal(cells.columns.length, cellCount);
        assert.deepEqual(run(countStates(selectAll(columns))), { ...naive.counts(distinct), progress });
      }),
    );
  });
});

describe('OrganizationRows', () => {
  it('tells how much has been read, and goes on after an error', async () => {
    const all = Array.from(
      { length: 6 },
      (_, index): AggregateRow => ({
        pack: 'security',
        account: `${index % 2}`,
        region: `region-${index}`,
        compliance: 'COMPLIANT',
        compliantRules: 1,
        nonCompliantRules: 0,
        totalRules: 1,
      }),
    );
    let isDown = true;
    const fetchRows: ConstructorParameters<typeof PartitionedReader>[0] =
      ({ account }) =>
      async () => {
        if (isDown && account === '1') throw new Error('down');
        return { items: all.filter((each) => each.account === account), next: undefined };
      };
    const partitions = ['0', '1'].map((account) => ({ filter: { account }, evaluatedRows: 3 }));
    const organization = new OrganizationRows(async () => new PartitionedReader(fetchRows, partitions));
    let pages = 0;
    const read = () => organization.read(new AbortController().signal, () => pages++);
    await read();
    assert.deepEqual(organization.progress, { rowsRead: 3, expected: 6, partitionsRead: 1, partitions: 2 });
    assert.equal(organization.error?.message, 'down');
    assert.deepEqual(
      organization.findFailures().map(({ filter }) => filter),
      [{ account: '1' }],
    );
    const incomplete = run(rankAccounts(run(organization.select())));
    assert.deepEqual([incomplete.ranks.length, incomplete.progress.partitionsRead], [1, 1]);
    isDown = false;
    await read();
    assert.deepEqual([organization.columns.length, organization.error, pages], [6, undefined, 2]);
    assert.deepEqual(organization.progress, { rowsRead: 6, expected: 6, partitionsRead: 2, partitions: 2 });
  });
});
