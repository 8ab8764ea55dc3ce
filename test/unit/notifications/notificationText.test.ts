import assert from 'node:assert/strict';
import type { PackState } from '../../../src/compliance/queries/packChanges.ts';
import { formatChanges } from '../../../src/views/notifications/notificationText.ts';
import { assertGolden } from '../../support/golden.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const createPack = (name: string): PackState => ({ scope, name, id: name, percent: undefined, state: 'CREATE_FAILED' });
const createDrop = (name: string, from = 93.14, to = 88.4) => ({ pack: createPack(name), from, to });
const createNames = (count: number): string[] => Array.from({ length: count }, (_, index) => `pack-${index + 1}`);

describe('formatChanges', () => {
  it('returns undefined without changes', () =>
    assert.equal(formatChanges({ dropped: [], failed: [] }, 90), undefined));

  it('formats any number of changes as one message', () => {
    const cases = [
      { dropped: [createDrop('OperationalBestPractices-CIS')], failed: [] },
      { dropped: [createDrop('nearly', 90, 89.99)], failed: [] },
      { dropped: createNames(3).map((name) => createDrop(name)), failed: [] },
      { dropped: createNames(8).map((name) => createDrop(name)), failed: [] },
      { dropped: [], failed: [createPack('baseline')] },
      { dropped: [], failed: createNames(2).map(createPack) },
      { dropped: createNames(2).map((name) => createDrop(name)), failed: [createPack('baseline')] },
    ];
    assertGolden(import.meta.url, 'changes.txt', cases.map((changes) => `${formatChanges(changes, 90)}\n`).join(''));
  });
});
