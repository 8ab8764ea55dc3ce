import assert from 'node:assert/strict';
import { formatTimeWithAge } from '../../../src/reports/times.ts';

const hour = 3_600_000;

describe('formatTimeWithAge', () => {
  const readAt = Date.UTC(2026, 0, 15, 12);

  it('formats the time to the second, and how old it was when it was read', () =>
    assert.equal(
      formatTimeWithAge(readAt - 8 * hour + 1, readAt + 1),
      '2026-01-15 04:00:00 UTC (8 hours old when read)',
    ));

  it('formats what was read at once', () =>
    assert.equal(formatTimeWithAge(readAt, readAt), '2026-01-15 12:00:00 UTC (less than a minute old when read)'));
});
