import assert from 'node:assert/strict';
import type { Seen } from '../../../src/compliance/changes.ts';
import { changeText } from '../../../src/views/status/changeText.ts';
import { assertGolden } from '../golden.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const pack = (name: string): Seen => ({ scope, name, id: name, percent: undefined, state: 'CREATE_FAILED' });
const fall = (name: string, from = 93.14, to = 88.4) => ({ pack: pack(name), from, to });
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `pack-${index + 1}`);

describe('what a person is told of packs that became worse', () => {
  it('is nothing where none did', () => assert.equal(changeText({ fallen: [], failed: [] }, 90), undefined));

  it('is one message, whatever became of how many', () => {
    const cases = [
      { fallen: [fall('OperationalBestPractices-CIS')], failed: [] },
      { fallen: [fall('nearly', 90, 89.99)], failed: [] },
      { fallen: names(3).map((name) => fall(name)), failed: [] },
      { fallen: names(8).map((name) => fall(name)), failed: [] },
      { fallen: [], failed: [pack('baseline')] },
      { fallen: [], failed: names(2).map(pack) },
      { fallen: names(2).map((name) => fall(name)), failed: [pack('baseline')] },
    ];
    assertGolden(import.meta.url, 'changes.txt', cases.map((changes) => `${changeText(changes, 90)}\n`).join(''));
  });

  it('makes no link of a name', () => {
    const text = changeText({ fallen: [fall('[a](command:b)')], failed: [] }, 90) ?? '';
    assert.match(text, /^\[a\] \(command:b\) fell/);
  });
});
