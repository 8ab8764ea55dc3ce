import assert from 'node:assert/strict';
import { getBaselineEnd, type Since } from '../../../src/compliance/history/earlierTimes.ts';
import { parseSince } from '../../../src/compliance/history/parseSince.ts';

const day = 86_400_000;
/** Some change their clocks at midnight, so that a day has no first or a second last hour. */
const zones = ['America/Santiago', 'Africa/Cairo', 'America/Havana', 'America/Godthab', 'Europe/Berlin', 'UTC'];

describe('times to compare with', () => {
  let zone: string | undefined;
  beforeEach(() => {
    zone = process.env.TZ;
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  for (const name of zones) {
    it(`are the last moments of days, also where clocks change: ${name}`, () => {
      process.env.TZ = name;
      for (let noon = Date.UTC(2024, 0, 10, 15); noon < Date.UTC(2027, 0, 1); noon += day) {
        const date = new Date(noon);
        const assertEnd = (since: Since, daysBefore: number) => {
          const end = getBaselineEnd(since, [], noon, 0) ?? Number.NaN;
          const expected = new Date(noon - daysBefore * day).toDateString();
          assert.equal(new Date(end).toDateString(), expected);
          assert.notEqual(new Date(end + 1).toDateString(), expected);
        };
        const digits = (value: number) => String(value).padStart(2, '0');
        assertEnd(parseSince(`${date.getFullYear()}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`), 0);
        assertEnd('yesterday', 1);
        assertEnd('week', 7);
      }
    });
  }
});
