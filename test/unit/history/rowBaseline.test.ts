import assert from 'node:assert/strict';
import type { RowsReading } from '../../../src/compliance/history/reading.ts';
import { RowBaseline } from '../../../src/compliance/history/rowBaseline.ts';
import type { AggregateRow } from '../../../src/compliance/model.ts';
import { explainRowChange, formatRowChange } from '../../../src/compliance/text/scoreChange.ts';
import { getAccessibleLabel } from '../../../src/views/tree/item/accessibleLabel.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import type { RowNode } from '../../../src/views/tree/model/nodes.ts';

const account = '111122223333';
const region = 'eu-west-1';
const createRow = (pack: string, nonCompliantRules: number, more: Partial<AggregateRow> = {}): AggregateRow => ({
  pack,
  account,
  region,
  compliance: nonCompliantRules > 0 ? 'NON_COMPLIANT' : 'COMPLIANT',
  compliantRules: 20 - nonCompliantRules,
  nonCompliantRules,
  totalRules: 20,
  ...more,
});
const createReading = (readAt: number, filter: RowsReading['filter'], ...rows: AggregateRow[]): RowsReading => ({
  kind: 'rows',
  scope: { account, region },
  aggregator: 'organization',
  filter,
  readAt,
  rows,
});

describe('RowBaseline', () => {
  it('compares with the latest reading that would contain the row', () => {
    const older = createReading(1000, {}, createRow('a', 1), createRow('b', 2), createRow('c', 3));
    const newer = createReading(2000, { account }, createRow('a', 4), createRow('c', 5));
    for (const readings of [
      [older, newer],
      [newer, older],
    ]) {
      const baseline = new RowBaseline(readings);
      assert.deepEqual(baseline.getChange(createRow('a', 6)), { rules: 2, before: 4, since: 2000 });
      assert.deepEqual(baseline.getChange(createRow('c', 0)), { rules: -5, before: 5, since: 2000 });
      assert.equal(baseline.getChange(createRow('a', 4)), undefined, 'no difference to the latest reading');
      assert.equal(baseline.getChange(createRow('b', 7)), undefined, 'gone at the latest reading');
      assert.equal(baseline.getChange(createRow('d', 1)), undefined, 'new');
    }
  });

  it('does not compare impossible counts, which are 0', () => {
    const baseline = new RowBaseline([
      createReading(1000, {}, createRow('a', 3), createRow('b', 0, { countsText: '-1 of 5' })),
    ]);
    assert.equal(baseline.getChange(createRow('a', 0, { countsText: '-1 of 5' })), undefined);
    assert.equal(baseline.getChange(createRow('b', 3)), undefined);
  });

  it('does not take a missing result for a better one', () => {
    const unknown = { compliance: 'INSUFFICIENT_DATA' };
    const baseline = new RowBaseline([createReading(1000, {}, createRow('a', 3), createRow('b', 0, unknown))]);
    assert.equal(baseline.getChange(createRow('a', 0, unknown)), undefined, 'no longer has a result');
    assert.equal(baseline.getChange(createRow('a', 0, { compliance: undefined })), undefined);
    assert.equal(baseline.getChange(createRow('b', 3)), undefined, 'had no result');
    assert.equal(baseline.getChange(createRow('a', 0))?.rules, -3);
  });
});

describe('the row of an aggregator that has changed', () => {
  const now = new Date(2026, 10, 20, 12).getTime();
  const since = new Date(2026, 10, 18, 9).getTime();
  const node: RowNode = {
    kind: 'row',
    id: 'row',
    connection: {},
    scope: { account, region, partition: 'aws' },
    aggregator: { name: 'organization', arn: undefined, sources: undefined },
    row: createRow('a', 6),
    siblings: ['a'],
    groupedBy: 'account',
    score: undefined,
    rowChange: { rules: 2, before: 4, since },
    readAt: undefined,
  };

  it('says how in its label, its tooltip and for screen readers', () => {
    assert.match(getLabel(node).description, /^eu-west-1 · 14 of 20 rules passing ▼ 2 rules since 18 Nov/);
    assert.match(getAccessibleLabel(node), /14 of 20 rules passing, 2 more rules non-compliant since 18 November/);
    assert(
      getTooltipLines(node, now).includes(
        '2 more rules non-compliant since 18 November, your last visit before today (4 then)',
      ),
    );
  });

  it('tells better from worse', () => {
    const change = { rules: -1, before: 5, since };
    assert.equal(formatRowChange(change, now), '▲ 1 rule since 18 Nov');
    assert.match(explainRowChange(change, now), /^1 fewer rule non-compliant since 18 November, .* \(5 then\)$/);
  });
});
