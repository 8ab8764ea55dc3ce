import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AggregateRow, complianceTypes } from '../../../src/compliance/model.ts';
import type { DeployedPackRow, OverviewFilter, OverviewRow } from '../../../src/webview/overview/protocol.ts';
import { noFilter } from '../../../src/webview/overview/state.ts';
import {
  accountNames,
  anyRows,
  anyRules,
  emptyAccount,
  OverviewUnderTest,
  regions,
  unhealthyAccount,
} from './overviewEstate.ts';

// The panel shows windows of rows. These tests put the windows together and compare them with a computation from the
// rows that AWS Config has sent, which shares nothing with the code under test.

const filters: fc.Arbitrary<OverviewFilter> = fc.record({
  account: fc.constantFrom('', '', '0001', 'SECUR', 'nobody'),
  region: fc.constantFrom('', '', ...regions, 'elsewhere'),
  pack: fc.constantFrom('', '', 'SEC', 'constructor', '(org)'),
  rule: fc.constantFrom('', '', 'A'),
  compliance: fc.constantFrom('', '', ...complianceTypes),
});

const aggregators = fc.record({
  rows: anyRows,
  rules: anyRules,
  pageSize: fc.integer({ min: 3, max: 20 }),
  failing: fc
    .dictionary(fc.constantFrom(...regions, 'rules'), fc.nat(3), { noNullPrototype: true })
    .map((pages) => new Map(Object.entries(pages))),
});

const windowSizes = fc.integer({ min: 1, max: 40 });

/** Checks what has been read after failures, and again after the rest has been read. */
const checkReadings = (
  check: (overview: OverviewUnderTest, filter: OverviewFilter, windowSize: number) => void,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(aggregators, filters, windowSizes, async (aggregator, filter, windowSize) => {
      const overview = new OverviewUnderTest(aggregator);
      await overview.read(false);
      check(overview, filter, windowSize);
      await overview.read(true);
      assert(overview.source.isComplete);
      check(overview, filter, windowSize);
    }),
  );

interface Named {
  readonly account: string;
  readonly region: string;
}

const matchesAccount = ({ account }: Pick<Named, 'account'>, filter: OverviewFilter) =>
  [account, accountNames.get(account) ?? ''].some((text) => text.toLowerCase().includes(filter.account.toLowerCase()));
const matchesRegion = ({ region }: Pick<Named, 'region'>, filter: OverviewFilter) =>
  filter.region === '' || filter.region === region;

function nameGroup(pack: string): string {
  const match = /^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/.exec(pack);
  return match ? `${match[1]} (org)` : pack;
}

/** A pack's own name can look like that of a pack of the organization. */
const getGroup = (pack: string) => `${pack.startsWith('Org')} ${nameGroup(pack)}`;

const select = (rows: readonly AggregateRow[], filter: OverviewFilter) =>
  rows.filter(
    (row) =>
      matchesAccount(row, filter) &&
      matchesRegion(row, filter) &&
      nameGroup(row.pack).toLowerCase().includes(filter.pack.toLowerCase()),
  );

const hasState = (rows: readonly AggregateRow[], { compliance }: OverviewFilter) =>
  compliance === '' || rows.some((row) => row.compliance === compliance);

const count = (rows: readonly AggregateRow[]) => {
  const nonCompliant = rows.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length;
  const evaluated = nonCompliant + rows.filter(({ compliance }) => compliance === 'COMPLIANT').length;
  return { evaluated, nonCompliant, withoutResult: rows.length - evaluated };
};

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

type Counts = ReturnType<typeof count>;
const pickCounts = ({ evaluated, nonCompliant, withoutResult }: Counts): Counts => ({
  evaluated,
  nonCompliant,
  withoutResult,
});

const unhealthyRegions = new Map([
  [unhealthyAccount, 2],
  [emptyAccount, 1],
]);

/** Groups without a result come last, and a larger share of non-compliant ones first. */
function assertWorstFirst(groups: readonly Counts[]): void {
  const getShare = ({ evaluated, nonCompliant }: Counts) => (evaluated === 0 ? -1 : nonCompliant / evaluated);
  for (const [index, group] of groups.entries()) {
    const next = groups[index + 1] ?? group;
    assert(getShare(group) >= getShare(next) - 1e-9, 'the larger share comes first');
    if (Math.abs(getShare(group) - getShare(next)) < 1e-9) assert(group.nonCompliant >= next.nonCompliant);
  }
}

const isKind =
  <K extends OverviewRow['kind']>(kind: K) =>
  (row: OverviewRow): row is Extract<OverviewRow, { readonly kind: K }> =>
    row.kind === kind;

/** From non-compliant to compliant. A state that is unknown is no better than insufficient data. */
const rankState = ({ compliance }: DeployedPackRow): number =>
  ['NON_COMPLIANT', 'INSUFFICIENT_DATA', undefined, 'COMPLIANT'].indexOf(
    complianceTypes.find((type) => type === compliance),
  );

/** All rows of a tab with everything unfolded. */
function unfold(
  overview: OverviewUnderTest,
  tab: 'accounts' | 'packs' | 'rules',
  filter: OverviewFilter,
  size: number,
) {
  const first = overview.show({ tab, filter, toggled: [] }, size);
  const ids = first.filter(({ level }) => level === 1).map(({ id }) => id);
  // The only row that a filter leaves is unfolded at first.
  const isOnly = ids.length === 1 && Object.values(filter).some((value) => value !== '') && first.length > 1;
  assert(isOnly || first.length === ids.length, 'rows are folded at first');
  const rows = overview.show({ tab, filter, toggled: isOnly ? [] : ids }, size);
  assert.deepEqual(
    rows.filter(({ level }) => level === 1).map(({ id }) => id),
    ids,
  );
  const folded = overview.show({ tab, filter, toggled: isOnly ? ids : [] }, size);
  assert.equal(folded.length, ids.length, 'rows can be folded');
  return rows;
}

/** The rows below each row of level 1. */
function getSections(rows: readonly OverviewRow[]): readonly (readonly OverviewRow[])[] {
  const starts = rows.flatMap(({ level }, index) => (level === 1 ? index : []));
  return starts.map((start, index) => rows.slice(start + 1, starts[index + 1] ?? rows.length));
}

describe('the windows of an organization overview', () => {
  it('suggest accounts by their ID or name, also those without rows', () =>
    checkReadings((overview, filter) => {
      const accounts = new Set([...overview.readRows.map(({ account }) => account), ...overview.source.knownAccounts]);
      const matching = [...accounts].filter((account) => matchesAccount({ account }, filter)).sort();
      const expected = matching.map((account) => ({ account, name: accountNames.get(account) }));
      const suggested = overview.suggestAccounts(filter.account);
      assert.deepEqual(
        suggested.map(({ account, name }) => ({ account, name })),
        expected,
      );
    }));

  it('rank the accounts, with their regions and packs', () =>
    checkReadings((overview, filter, size) => {
      const rows = unfold(overview, 'accounts', filter, size);
      const accounts = rows.filter(isKind('account'));
      const groups = Map.groupBy(select(overview.readRows, filter), ({ account }) => account);
      const expected = [...groups].filter(([, own]) => hasState(own, filter)).map(([account]) => account);
      assert.deepEqual(accounts.map(({ account }) => account).toSorted(), expected.toSorted());
      assertWorstFirst(accounts);
      for (const [index, section] of getSections(rows).entries()) {
        const account = accounts[index];
        assert(account);
        const own = groups.get(account.account) ?? [];
        assert.deepEqual(pickCounts(account), count(own));
        assert.equal(account.name, accountNames.get(account.account));
        const ownRegions = section.filter(isKind('region'));
        assertWorstFirst(ownRegions);
        assert.deepEqual(ownRegions.map(({ region }) => region).toSorted(), distinct(own.map(({ region }) => region)));
        assert.equal(account.regions, ownRegions.length);
        assert.equal(account.unhealthyRegions, unhealthyRegions.get(account.account));
        for (const each of ownRegions)
          assert.deepEqual(pickCounts(each), count(own.filter(({ region }) => region === each.region)));
        const listed = section.filter(isKind('deployedPack'));
        const shown = own.filter(({ compliance }) => filter.compliance === '' || compliance === filter.compliance);
        const format = (row: Pick<AggregateRow, 'region' | 'pack' | 'compliantRules' | 'totalRules'>, state = '') =>
          `${row.region}/${row.pack} ${state} ${row.compliantRules}/${row.totalRules}`;
        assert.deepEqual(
          listed.map((row) => format(row, row.compliance)).toSorted(),
          shown.map((row) => format(row, row.compliance)).toSorted(),
        );
      }
    }));

  it('rank the packs, with their coverage and what lacks them', () =>
    checkReadings((overview, filter, size) => {
      const rows = unfold(overview, 'packs', filter, size);
      const packs = rows.filter(isKind('pack'));
      const all = overview.readRows;
      const groups = [...Map.groupBy(select(all, filter), ({ pack }) => getGroup(pack)).values()].filter((own) =>
        hasState(own, filter),
      );
      const allAccounts = distinct([...all.map(({ account }) => account), ...overview.source.knownAccounts]).filter(
        (account) => matchesAccount({ account }, filter),
      );
      const allRegions = distinct([...all.map(({ region }) => region), ...overview.source.knownRegions]).filter(
        (region) => matchesRegion({ region }, filter),
      );
      assert.equal(packs.length, groups.length);
      assertWorstFirst(packs);
      const describe = (own: readonly AggregateRow[]) => {
        const accounts = distinct(own.map(({ account }) => account));
        const usedRegions = distinct(own.map(({ region }) => region));
        const lacking = allAccounts.flatMap((account) => {
          const present = own.filter((row) => row.account === account).map(({ region }) => region);
          const missing = usedRegions.filter((region) => !present.includes(region));
          if (present.length === 0) return [`${account} everywhere`];
          return missing.length > 0 ? [`${account} ${missing.join()}`] : [];
        });
        return {
          ...count(own),
          coverage: {
            accounts: accounts.length,
            allAccounts: allAccounts.length,
            regions: usedRegions.length,
            allRegions: allRegions.length,
          },
          lacking: [...lacking, ...allRegions.filter((region) => !usedRegions.includes(region))],
        };
      };
      const shown = getSections(rows).map((section, index) => {
        const pack = packs[index];
        assert(pack);
        const missing = section.filter((row) => isKind('lackingAccount')(row) || isKind('lackingRegion')(row));
        assert(missing.every(({ isComplete }) => isComplete === overview.source.isComplete));
        for (const row of missing.filter(isKind('lackingAccount')))
          assert.equal(row.unhealthyRegions, unhealthyRegions.get(row.account));
        const lacking = missing.map((row) =>
          row.kind === 'lackingRegion' ? row.region : `${row.account} ${row.regions.join() || 'everywhere'}`,
        );
        return { pack: pack.pack, ...pickCounts(pack), coverage: pack.coverage, lacking };
      });
      const sort = <T>(values: readonly T[]) => values.map((value) => JSON.stringify(value)).sort();
      assert.deepEqual(
        sort(shown),
        sort(groups.map((own) => ({ pack: nameGroup(own[0]?.pack ?? ''), ...describe(own) }))),
      );
    }));

  it('list where a pack is deployed, worst first, and the first ten places before the others are unfolded', () =>
    checkReadings((overview, filter, size) => {
      const first = unfold(overview, 'packs', filter, size);
      for (const section of getSections(first)) {
        const places = section.filter(isKind('deployedPack'));
        const more = section.find((row) => row.kind === 'heading' && row.unfolded === false);
        assert(more ? places.length === 10 : places.length <= 10);
      }
      const tops = first.flatMap(({ id, level }) => (level === 1 && !id.startsWith('only/') ? id : []));
      const more = first.flatMap((row) => (row.kind === 'heading' && row.unfolded === false ? row.id : []));
      const rows = overview.show({ tab: 'packs', filter, toggled: [...tops, ...more] }, size);
      const packs = rows.filter(isKind('pack'));
      const selected = select(overview.readRows, filter).filter((row) => hasState([row], filter));
      const format = ({ pack, account, region, compliance = '' }: AggregateRow | DeployedPackRow) =>
        `${pack}/${account}/${region} ${compliance}`;
      const shown = getSections(rows).map((section, index) => {
        const places = section.filter(isKind('deployedPack'));
        for (const [at, place] of places.entries()) {
          const next = places[at + 1] ?? place;
          assert(rankState(place) <= rankState(next), 'the worse state comes first');
          assert.equal(place.place?.name, accountNames.get(place.account));
        }
        return [packs[index]?.pack, places.map(format).toSorted()];
      });
      const expected = [...Map.groupBy(selected, ({ pack }) => getGroup(pack)).values()].map((own) => [
        nameGroup(own[0]?.pack ?? ''),
        own.map(format).toSorted(),
      ]);
      const sort = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();
      assert.deepEqual(sort(shown), sort(expected));
    }));

  it('rank the rules by accounts, with where they fail', () =>
    checkReadings((overview, filter, size) => {
      const rows = unfold(overview, 'rules', filter, size);
      const rules = rows.filter(isKind('rule'));
      const nameRule = (rule: string) => rule.replace(/-conformance-pack-[a-z0-9]{9}$/, '');
      const selected = overview.readRules.filter(
        (each) =>
          matchesAccount(each, filter) &&
          matchesRegion(each, filter) &&
          nameRule(each.rule).toLowerCase().includes(filter.rule.toLowerCase()),
      );
      const groups = Map.groupBy(selected, ({ rule }) => nameRule(rule));
      assert.deepEqual(rules.map(({ rule }) => rule).toSorted(), [...groups.keys()].sort());
      const sum = (own: typeof selected) => ({
        rules: own.length,
        failingResources: {
          count: own.reduce((total, { resources = 0 }) => total + resources, 0),
          isCapped: own.some(({ resources, isCapped }) => isCapped || resources === undefined),
        },
      });
      for (const [index, section] of getSections(rows).entries()) {
        const rule = rules[index];
        assert(rule);
        const own = groups.get(rule.rule) ?? [];
        const next = rules[index + 1] ?? rule;
        assert(rule.accounts >= next.accounts, 'the rule that fails in more accounts comes first');
        if (rule.accounts === next.accounts) assert(rule.failingResources.count >= next.failingResources.count);
        assert.equal(rule.accounts, distinct(own.map(({ account }) => account)).length);
        assert.deepEqual({ rules: rule.rules, failingResources: rule.failingResources }, sum(own));
        const locations = Map.groupBy(own, ({ account, region }) => `${account}/${region}`);
        assert.deepEqual(
          new Map(
            section
              .filter(isKind('failingRule'))
              .map(({ account, region, rules, failingResources }) => [
                `${account}/${region}`,
                { rules, failingResources },
              ]),
          ),
          new Map([...locations].map(([location, at]) => [location, sum(at)])),
        );
      }
    }));

  it('show the worst state of each account and pack in the matrix', () =>
    checkReadings((overview, filter, size) => {
      const windows = overview.showMatrix(filter, size);
      const selected = select(overview.readRows, filter);
      const orderOf = (tab: 'accounts' | 'packs') => overview.show({ tab, filter, toggled: [] }, 1000);
      const accounts = orderOf('accounts').filter(isKind('account'));
      const packs = orderOf('packs').filter(isKind('pack'));
      assert.deepEqual(
        windows[0]?.packs,
        packs.map(({ pack }) => pack),
      );
      if (packs.length === 0) return;
      assert.deepEqual(
        windows.flatMap((window) => window.accounts.map(({ account }) => account)),
        accounts.map(({ account }) => account),
      );
      const expected = accounts.map(({ account }) => {
        const own = selected.filter((row) => row.account === account);
        return distinct(
          [...Map.groupBy(selected, ({ pack }) => getGroup(pack))].flatMap(([group, all]) =>
            hasState(all, filter) ? group : [],
          ),
        )
          .map((group) =>
            getCode(
              own.filter(({ pack }) => getGroup(pack) === group),
              filter,
            ),
          )
          .toSorted()
          .join('');
      });
      const cells = windows.flatMap((window) => window.cells);
      assert.deepEqual(
        cells.map((line) => [...line].sort().join('')),
        expected,
      );
      const columnOf = new Map(packs.map(({ pack }, column) => [pack, column]));
      for (const { pack, account } of selected) {
        // Two packs of this name can only be told apart by the code's order above.
        if (nameGroup(pack) === 'security (org)' || !columnOf.has(nameGroup(pack))) continue;
        const line = cells[accounts.findIndex((each) => each.account === account)];
        if (line === undefined) continue;
        const own = selected.filter((row) => row.account === account && row.pack === pack);
        assert.equal(line[columnOf.get(nameGroup(pack)) ?? -1], getCode(own, filter));
      }
    }));
});

describe('an organization overview that AWS Config has counted', () => {
  const row = { region: 'us-east-1', compliantRules: 1, nonCompliantRules: 1, totalRules: 2 } as const;
  const [account = '', other = ''] = ['000000000001', '000000000002'];
  const counts = { packs: 3, compliant: 1, nonCompliant: 1, insufficientData: 1, unknown: 0 };
  const aggregator = {
    rows: [
      { ...row, account, pack: 'a', compliance: 'COMPLIANT' },
      { ...row, account, pack: 'b', compliance: 'NON_COMPLIANT' },
    ],
    rules: [],
    pageSize: 1,
    failing: new Map([['us-east-1', 1]]),
    queryCounts: {
      accounts: [
        { account: other, ...counts, nonCompliant: 2, compliant: 0 },
        { account, ...counts },
      ],
      packs: undefined,
      totals: counts,
      differences: [],
      uncoveredAccounts: [],
    },
  };
  const show = (overview: OverviewUnderTest, change: Partial<OverviewFilter>, toggled: readonly string[] = []) =>
    overview.show({ tab: 'accounts', filter: { ...noFilter, ...change }, toggled }, 10);

  it('ranks all accounts, and unfolds what has been read of one', async () => {
    const overview = new OverviewUnderTest(aggregator);
    await overview.read(false);
    const folded = show(overview, {});
    assert.deepEqual(
      folded.filter(isKind('account')).map((each) => [each.account, pickCounts(each)]),
      [
        [other, { evaluated: 2, nonCompliant: 2, withoutResult: 1 }],
        [account, { evaluated: 2, nonCompliant: 1, withoutResult: 1 }],
      ],
    );
    const unfolded = show(overview, {}, [`account/${other}`, `account/${account}`]);
    assert.deepEqual(
      unfolded.map((each) => (each.kind === 'heading' ? each.text : each.kind)),
      ['account', '0 of 3 packs read so far', 'account', '1 of 3 packs read so far', 'region', 'deployedPack'],
    );
  });

  it('ranks all packs, and unfolds where one is deployed as far as that has been read', async () => {
    const packs = ['a', 'unread'].map((name) => ({
      pack: { name, isOrganization: false, deployedNames: [name] },
      ...counts,
    }));
    const overview = new OverviewUnderTest({ ...aggregator, queryCounts: { ...aggregator.queryCounts, packs } });
    await overview.read(false);
    const rows = overview.show({ tab: 'packs', filter: noFilter, toggled: ['pack/a', 'pack/unread'] }, 10);
    assert.deepEqual(
      rows.map((each) => (each.kind === 'heading' ? each.text : each.kind)),
      [
        'pack',
        '1 of 3 packs read so far',
        'Deployed in 1 account and region so far, worst first:',
        'deployedPack',
        'pack',
        '0 of 3 packs read so far',
      ],
    );
  });

  it('shows what has been read if a filter is set, and in the end all rows', async () => {
    const overview = new OverviewUnderTest(aggregator);
    await overview.read(false);
    const getAccounts = (rows: readonly OverviewRow[]) => rows.filter(isKind('account')).map((each) => each.account);
    assert.deepEqual(getAccounts(show(overview, { region: 'us-east-1' })), [account]);
    await overview.read(true);
    assert.deepEqual(getAccounts(show(overview, {})), [account]);
  });
});

/** The code of a cell of the matrix. */
function getCode(rows: readonly AggregateRow[], { compliance }: OverviewFilter): string {
  if (rows.length === 0) return ' ';
  const failing = rows.filter((row) => row.compliance === 'NON_COMPLIANT');
  if (failing.length > 0) {
    if (compliance !== '' && compliance !== 'NON_COMPLIANT') return '.';
    const shares = failing.map(({ nonCompliantRules, totalRules }) => nonCompliantRules / Math.max(1, totalRules));
    return `${Math.min(4, Math.max(1, Math.ceil(4 * Math.max(...shares))))}`;
  }
  const state = rows.every((row) => row.compliance === 'COMPLIANT') ? 'COMPLIANT' : 'INSUFFICIENT_DATA';
  if (compliance !== '' && compliance !== state) return '.';
  return state === 'COMPLIANT' ? 'C' : 'I';
}
