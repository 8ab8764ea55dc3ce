import './preload.ts';
import { complianceTypes } from '../../../src/compliance/model.ts';
import { createMatrix, rankAccounts, rankPacks } from '../../../src/compliance/organization/rankings.ts';
import { RowColumns } from '../../../src/compliance/organization/rowColumns.ts';
import { selectRows, sortRows } from '../../../src/compliance/organization/selectRows.ts';
import { runInSlices, type SlicedWork } from '../../../src/timeSlicing.ts';
import { measureLongestBlock } from '../eventLoop.ts';
import { measureTime } from '../measurement.ts';
import type { ColumnsRun } from '../organization.ts';

// Holds a million rows in columns, and prints their memory and how long it takes to sort, filter, group and rank them.
const [accounts, regions, packs] = [3_000, 7, 48];
const rounds = 8;

const before = getMemory();
const columns = new RowColumns();
for (let account = 0; account < accounts; account++) {
  for (let region = 0; region < regions; region++) {
    for (let pack = 0; pack < packs; pack++) {
      // A different order per account, so that sorting has something to do.
      const number = (pack * 31 + account * 17 + region) % packs;
      columns.add({
        pack: number % 4 === 0 ? `OrgConformsPack-pack-${number}-abcd${1000 + (account % 10)}` : `pack-${number}`,
        account: String(100_000_000_000 + ((account * 7919) % accounts)),
        region: `region-${region}`,
        compliance: complianceTypes[(account * 13 + pack * 7 + region) % 3],
        compliantRules: 10,
        nonCompliantRules: (account * 5 + pack) % 40,
        totalRules: 50,
      });
    }
  }
}
const bytes = getMemory() - before;
const all = await runInSlices(selectRows(columns, {}));
const input = {
  columns,
  rows: all,
  progress: { rowsRead: columns.length, expected: undefined, partitionsRead: 1, partitions: 1 },
};
const some = { regions: new Set(['region-1', 'region-3']), states: new Set(['NON_COMPLIANT'] as const) };
const works: Readonly<Record<string, () => SlicedWork<unknown>>> = {
  sort: () => sortRows(columns, all, [{ by: 'state', descending: true }, { by: 'account' }, { by: 'pack' }]),
  filter: () => selectRows(columns, some),
  'rank accounts': () => rankAccounts(input),
  'rank packs': () => rankPacks(input, { accounts: [], regions: [] }),
  matrix: () => createMatrix(input),
};
const work = [];
for (const [name, create] of Object.entries(works)) {
  // The least of several rounds, because other processes only add to it.
  let [milliseconds, longestBlock] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    const measureBlock = async () => {
      longestBlock = Math.min(longestBlock, await measureLongestBlock(() => runInSlices(create())));
    };
    milliseconds = Math.min(milliseconds, await measureTime(measureBlock));
  }
  work.push({ name, milliseconds, longestBlock });
}
console.log(JSON.stringify({ rows: columns.length, bytes, work } satisfies ColumnsRun));
process.exit();

function getMemory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
