import assert from 'node:assert/strict';
import type { ErrorKind } from '../../../src/compliance/errors.ts';
import { type FaultSample, faultSamples } from '../../config-service/faultSamples.ts';
import { withTree } from '../../support/tree/openTree.ts';

const samples: readonly (readonly [FaultSample, ErrorKind])[] = [
  ['deletedKey', 'credentialsRejected'],
  ['suspendedAccount', 'accountInactive'],
  ['unfinishedAccount', 'accountInactive'],
  ['endpointOfOtherRegion', 'signatureScopeRejected'],
  ['missingSignature', 'signatureIncomplete'],
  ['clockAhead', 'clockWrong'],
  ['throttledWithoutBody', 'throttled'],
  ['captivePortal', 'intermediary'],
  ['webFilter', 'intermediary'],
  ['jsonFilter', 'intermediary'],
  ['foreignJson', 'intermediary'],
  ['emptyBody', 'unreadable'],
  ['missingLists', 'unreadable'],
];

describe('Faults', () => {
  for (const [sample, kind] of samples) {
    it(`${sample} is ${kind} in the pack list, and not an empty list`, () =>
      withTree({ attempts: 1, connections: [{}] }, async ({ service, estate }) => {
        service.faults = faultSamples[sample];
        const packs = estate.getStore({}).getPackList({ by: 'name', descending: false });
        await packs.loadMore();
        assert.deepEqual([...new Set(packs.errors.map((error) => error.kind))], [kind]);
        assert.equal(packs.readAt, undefined);
      }));
  }
});
