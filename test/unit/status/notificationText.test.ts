import assert from 'node:assert/strict';
import type { PackState } from '../../../src/compliance/queries/packChanges.ts';
import { changeText } from '../../../src/views/notifications/notificationText.ts';
import { assertGolden } from '../../support/golden.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const pack = (name: string): PackState => ({ scope, name, id: name, percent: undefined, state: 'CREATE_FAILED' });
const fall = (name: string, from = 93.14, to = 88.4) => ({ pack: pack(name), from, to });
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `pack-${index + 1}`);

describe('what a person is told of packs that became worse', () => {
  it('is nothing where none did', () => assert.equal(changeText({ dropped: [], failed: [] }, 90), undefined));

  it('is one message, whatever became of how many', () => {
    const cases = [
      { dropped: [fall('OperationalBestPractices-CIS')], failed: [] },
      { dropped: [fall('nearly', 90, 89.99)], failed: [] },
      { dropped: names(3).map((name) => fall(name)), failed: [] },
      { dropped: names(8).map((name) => fall(name)), failed: [] },
      { dropped: [], failed: [pack('baseline')] },
      { dropped: [], failed: names(2).map(pack) },
      { dropped: names(2).map((name) => fall(name)), failed: [pack('baseline')] },
    ];
    assertGolden(import.meta.url, 'changes.txt', cases.map((changes) => `${changeText(changes, 90)}\n`).join(''));
  });

  it('makes no link of a name', () => {
    const text = changeText({ dropped: [fall('[a](command:b)')], failed: [] }, 90) ?? '';
    assert.match(text, /^\[a\] \(command:b\) fell/);
  });
});
