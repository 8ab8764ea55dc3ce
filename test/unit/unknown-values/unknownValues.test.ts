import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ListSnapshots } from '../../../src/compliance/store/listCache.ts';
import type { ConnectionSnapshot } from '../../../src/compliance/store/snapshotSync.ts';
import { getRowsChecks } from '../../../src/storage/snapshotChecks.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type TreeOptions, withTree } from '../../support/tree/openTree.ts';
import { toFaults } from './answers.ts';
import { answers, validNames } from './rows.ts';
import { readSurfaces } from './surfaces.ts';

/** Takes the snapshot that a window would save. */
let takeSnapshot: (() => ConnectionSnapshot) | undefined;

const options: TreeOptions = {
  estate: generatedEstate({ accounts: 1, regions: 1, packs: 1 }, noon),
  attempts: 1,
  snapshots: {
    restore: async () => undefined,
    save: (_connection, take) => {
      takeSnapshot = take;
    },
    remove: () => {},
  },
};

/** What was read can be restored in the next session. */
function assertRestorable(lists: ListSnapshots): void {
  for (const [key, parts] of Object.entries(lists)) {
    for (const [index, part] of parts.entries()) {
      const { rows } = JSON.parse(JSON.stringify(part ?? { rows: [] }));
      assert(getRowsChecks(key)?.[index]?.(rows), `${key} cannot be restored: ${JSON.stringify(rows)}`);
    }
  }
}

describe('values outside the API model', () => {
  it('cost no valid row and no surface', () =>
    withTree(options, async (tree) => {
      await fc.assert(
        fc.asyncProperty(answers, async (sample) => {
          tree.service.faults = toFaults(sample);
          tree.reopen();
          const { tree: rows, ...others } = await readSurfaces(tree);
          for (const name of validNames) assert(rows?.includes(name), `${name} is missing in the tree:\n${rows}`);
          for (const name of ['valid-pack', 'valid-row'])
            assert(others.exports?.includes(name), `${name} is not exported`);
          for (const list of tree.estate.getStore({}).lists()) assert.deepEqual(list.errors, []);
          assertRestorable(takeSnapshot?.().lists ?? {});
        }),
        { numRuns: Number(process.env.RUNS ?? 25) },
      );
    })).timeout(0);
});
