import assert from 'node:assert/strict';
import { formatAge } from '../../../src/compliance/text/age.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const ages: readonly (readonly [number, string])[] = [
  [0, 'just now'],
  [minute - 1, 'just now'],
  [minute, '1 minute ago'],
  [2 * minute - 1, '1 minute ago'],
  [59 * minute, '59 minutes ago'],
  [hour, '1 hour ago'],
  [23 * hour + 59 * minute, '23 hours ago'],
  [day, '1 day ago'],
  [29 * day, '29 days ago'],
  [30 * day, '1 month ago'],
  [364 * day, '12 months ago'],
  [365 * day, '1 year ago'],
  [800 * day, '2 years ago'],
];

describe('formatAge', () => {
  for (const [elapsed, text] of ages) {
    it(`formats ${elapsed} ms as ${text}`, () => assert.equal(formatAge(1_000_000, 1_000_000 + elapsed), text));
  }

  it('formats a future time as just now', () => assert.equal(formatAge(day, 0), 'just now'));
});
