import type { AggregateRow, UnhealthySource } from '../../compliance/model.ts';
import type { StateCounts } from '../../compliance/organization/cells.ts';
import type { RuleTextFilter } from '../../compliance/organization/failingRules.ts';
import { matchesAccount } from '../../compliance/organization/matchesAccount.ts';
import { formatPackGroup, groupPacks } from '../../compliance/organization/packGroups.ts';
import {
  type AccountPackMatrix,
  type AccountRank,
  createMatrix,
  type PackRank,
  rankAccounts,
  rankPacks,
} from '../../compliance/organization/rankings.ts';
import type { RowColumns } from '../../compliance/organization/rowColumns.ts';
import { selectRows } from '../../compliance/organization/selectRows.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { AccountLabel, OverviewFilter, ShownAccount } from '../../webview/overview/protocol.ts';
import type { OverviewReader } from './overviewReader.ts';

/** What an overview can show: everything read so far, and the names of accounts by ID. */
export interface OverviewContents {
  readonly reader: Pick<OverviewReader, 'rows' | 'knownAccounts' | 'knownRegions' | 'isComplete' | 'unhealthySources'>;
  readonly accountNames: ReadonlyMap<string, string>;
}

/** The contents that match a filter, ranked. */
export interface FilteredContents {
  /** Accounts with a matching row, worst first. Their counts leave the filter by state aside. */
  readonly accounts: readonly AccountRank[];
  /** Likewise the packs, worst first, with what their indices refer to. */
  readonly packs: readonly PackRank[];
  /** The matching accounts and regions of the aggregator, ascending, also those without a matching row. */
  readonly allAccounts: readonly string[];
  readonly allRegions: readonly string[];
  readonly matrix: AccountPackMatrix;
  readonly columns: RowColumns;
  /** Whether all rows have been read. */
  readonly isComplete: boolean;
  /** The selected rows. */
  readonly rows: Uint32Array;
  readonly filter: OverviewFilter;
  label(account: string): ShownAccount;
}

/** Whether a filter leaves rows out. */
export const isRestricting = ({ account, region, pack, compliance }: OverviewFilter): boolean =>
  [account, region, pack, compliance].some((value) => value !== '');

/** Applies a filter to the rows and ranks them. */
export function* filterContents(
  { reader, accountNames }: OverviewContents,
  filter: OverviewFilter,
): SlicedWork<FilteredContents> {
  const { columns } = reader.rows;
  // What is read meanwhile is not ranked, even if it completes the rows.
  const { isComplete } = reader;
  const isShownAccount = createAccountMatcher(filter, accountNames);
  const matchesRegion = (region: string) => filter.region === '' || region === filter.region;
  const input = yield* reader.rows.select({
    accounts: new Set(columns.accountIds.all.filter(isShownAccount)),
    regions: new Set(columns.regionNames.all.filter(matchesRegion)),
    packs: findPackNames(columns, filter),
  });
  const { ranks: accounts } = yield* rankAccounts(input);
  const packs = yield* rankPacks(input, { accounts: reader.knownAccounts, regions: reader.knownRegions });
  const hasState = createStateTest(filter);
  return {
    accounts: accounts.filter(hasState),
    packs: packs.ranks.filter(hasState),
    allAccounts: packs.accounts.filter(isShownAccount),
    allRegions: packs.regions.filter(matchesRegion),
    matrix: yield* createMatrix(input),
    columns,
    isComplete,
    rows: input.rows,
    filter,
    label: createAccountLabeler(accountNames, reader.unhealthySources),
  };
}

/** The part of a filter that restricts rules. */
export const toRuleTextFilter = ({ rule, account, region }: OverviewFilter): RuleTextFilter => ({
  ...(rule !== '' && { ruleContains: rule }),
  ...(account !== '' && { accountContains: account }),
  ...(region !== '' && { region }),
});

export function toAccountLabel(account: string, accountNames: ReadonlyMap<string, string>): AccountLabel {
  const name = accountNames.get(account);
  return name === undefined ? { account } : { account, name };
}

/** Labels accounts, and counts their regions that failed or are outdated. */
export function createAccountLabeler(
  accountNames: ReadonlyMap<string, string>,
  unhealthySources: readonly UnhealthySource[],
): (account: string) => ShownAccount {
  const sources = Map.groupBy(unhealthySources, ({ id }) => id);
  return (account) => {
    const unhealthyRegions = sources.get(account)?.length;
    return { ...toAccountLabel(account, accountNames), ...(unhealthyRegions !== undefined && { unhealthyRegions }) };
  };
}

/** Tests accounts by a part of their ID or name. */
export function createAccountMatcher(
  filter: Pick<OverviewFilter, 'account'>,
  accountNames: ReadonlyMap<string, string>,
): (account: string) => boolean {
  return (account) => matchesAccount(account, accountNames, filter.account);
}

/** A pack of the organization matches by its name in the template. */
function findPackNames({ packNames }: RowColumns, { pack }: OverviewFilter): ReadonlySet<string> {
  const text = pack.toLowerCase();
  const { groups } = groupPacks(packNames.all);
  const matching = groups.filter((group) => formatPackGroup(group).toLowerCase().includes(text));
  return new Set(matching.flatMap(({ deployedNames }) => deployedNames));
}

function createStateTest({ compliance }: OverviewFilter): (counts: StateCounts) => boolean {
  switch (compliance) {
    case '':
      return () => true;
    case 'COMPLIANT':
      return ({ compliant }) => compliant > 0;
    case 'INSUFFICIENT_DATA':
      return ({ insufficientData }) => insufficientData > 0;
    case 'NON_COMPLIANT':
      return ({ nonCompliant }) => nonCompliant > 0;
  }
}

/** The rows of an account, optionally of a region or of packs with these names. */
export function* findRows(
  columns: RowColumns,
  {
    account,
    region,
    packs,
  }: { readonly account: string; readonly region?: string; readonly packs?: readonly string[] },
): SlicedWork<readonly AggregateRow[]> {
  const rows = yield* selectRows(columns, {
    accounts: new Set([account]),
    ...(region !== undefined && { regions: new Set([region]) }),
    ...(packs && { packs: new Set(packs) }),
  });
  return Array.from(rows, (row) => columns.getRow(row));
}
