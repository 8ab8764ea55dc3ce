import assert from 'node:assert/strict';
import fc from 'fast-check';
import { marked } from 'marked';
import { formatOverviewRow } from '../../../src/views/organization/overviewMarkdown.ts';
import { OverviewResponder, type ShowMessage } from '../../../src/views/organization/overviewResponder.ts';
import type { OverviewRow, OverviewSummary } from '../../../src/webview/overview/protocol.ts';
import { noFilter } from '../../../src/webview/overview/state.ts';
import { assertGolden } from '../../support/golden.ts';
import { anyText, now } from '../../support/panel/fixtures.ts';
import { accountNames, anyRows, anyRules, OverviewUnderTest, run } from './overviewEstate.ts';

const summary: OverviewSummary = {
  aggregator: 'organization',
  account: '111122223333',
  region: 'eu-central-1',
  connection: 'profile audit',
  totals: {
    accounts: 12,
    regions: 3,
    packs: 7,
    rows: 206,
    counts: { evaluated: 204, nonCompliant: 93, withoutResult: 2 },
  },
  progress: { rows: 120, expected: 206, isComplete: false, isLoading: false, problems: [] },
  readAt: now,
  sourceFailures: [{ source: '444455556666 · us-east-1', state: 'FAILED', reason: 'Not authorized', updatedAt: now }],
  notes: ['Source status unavailable'],
  regions: [],
};
const counts = { evaluated: 9, nonCompliant: 6, withoutResult: 2 };
const account = {
  id: 'a',
  level: 1,
  kind: 'account',
  account: '444455556666',
  name: 'payments *prod*',
  ...counts,
} as const;
const region: OverviewRow = { id: 'b', level: 2, kind: 'region', region: 'us-east-1', ...counts };
const pack: OverviewRow = {
  id: 'c',
  level: 3,
  kind: 'deployedPack',
  pack: '<b>[x](y)',
  account: '444455556666',
  region: 'us-east-1',
  compliance: 'NON_COMPLIANT',
  compliantRules: 3,
  totalRules: 9,
};

const toShow = (tab: ShowMessage['tab'], toggled: readonly string[]): ShowMessage => ({
  type: 'show',
  request: 1,
  tab,
  filter: noFilter,
  toggled,
  focused: '',
  range: { first: 0, count: 1000, firstColumn: 0, columnCount: 0 },
});

describe('formatOverviewRow', () => {
  it('lists the rows below, and what they were counted from', () => {
    const filter = { ...noFilter, account: 'pay', region: 'us-east-1' };
    const text = formatOverviewRow(account, [region, pack], summary, { tab: 'accounts', filter });
    assertGolden(import.meta.url, 'row.md', text);
  });

  it('is one list of as many items as rows, for any name', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, fc.constantFrom('- a', '1. b', '+ c', '# d', '> e')), { maxLength: 4 }),
        (names) => {
          const rows = names.map((name): OverviewRow => ({ ...region, region: `${name} x` }));
          const text = formatOverviewRow(account, rows, summary, { tab: 'accounts', filter: noFilter });
          const html = String(marked.parse(text.slice(text.indexOf('\n- payments'))));
          assert.equal(html.match(/<li>/g)?.length, names.length + 1, text);
          assert.doesNotMatch(html, /<(?!\/?(ul|li|p)>)/);
        },
      ),
    );
  });
});

describe('OverviewResponder', () => {
  it('finds an account with all of its packs, whether or not it is folded', () =>
    fc.assert(
      fc.asyncProperty(anyRows, anyRules, fc.boolean(), async (rows, rules, isToggled) => {
        const overview = new OverviewUnderTest({ rows, rules, pageSize: 10, failing: new Map() });
        await overview.read(true);
        const answers = new OverviewResponder(overview.source, accountNames);
        for (const name of new Set(overview.readRows.map((row) => row.account))) {
          const id = `account/${name}`;
          const [first, ...below] = run(answers.findRow(toShow('accounts', isToggled ? [id] : []), id));
          assert(first?.kind === 'account' && first.account === name);
          const packs = below.flatMap((row) => (row.kind === 'deployedPack' ? `${row.region} ${row.pack}` : []));
          const expected = overview.readRows
            .filter((row) => row.account === name)
            .map((row) => `${row.region} ${row.pack}`);
          assert.deepEqual(packs.sort(), expected.sort());
        }
        assert.deepEqual(run(answers.findRow(toShow('accounts', []), 'account/nobody')), []);
        assert.deepEqual(run(answers.findRow(toShow('matrix', []), 'a')), []);
      }),
    ));
});
