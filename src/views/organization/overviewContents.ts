import type { AggregateRow } from '../../compliance/model.ts';
import type { AccountLabel, OverviewFilter } from '../../webview/overview/protocol.ts';
import type { OverviewReader } from './overviewReader.ts';
import { getBaseName, type RankedAccount, type RankedPack, rankAccounts, rankPacks } from './rankings.ts';

/** Everything that has been read of an aggregator. */
export interface OverviewContents {
  readonly rows: readonly AggregateRow[];
  /** All accounts of the aggregator that are known, also those without a row so far, in ascending order. */
  readonly accounts: readonly string[];
  /** All regions that are known, in ascending order. */
  readonly regions: readonly string[];
  /** Names of accounts by ID, from the settings. */
  readonly accountNames: Readonly<Record<string, string>>;
}

/** The contents that match a filter, ranked. */
export interface FilteredContents {
  /** Accounts with a matching row, worst first. Their counts leave the filter by state aside. */
  readonly accounts: readonly RankedAccount[];
  readonly packs: readonly RankedPack[];
  /** The accounts and regions that a pack can be deployed in. */
  readonly allAccounts: readonly string[];
  readonly allRegions: readonly string[];
  readonly filter: OverviewFilter;
  label(account: string): AccountLabel;
}

/** Collects what a reader has read so far. */
export function createContents({ rows, counts }: OverviewReader): OverviewContents {
  const accounts = new Set([...counts.rows.map(({ name }) => name), ...rows.rows.map(({ account }) => account)]);
  const regions = new Set(rows.rows.map(({ region }) => region));
  return { rows: rows.rows, accounts: [...accounts].sort(), regions: [...regions].sort(), accountNames: {} };
}

/** Applies a filter. */
export function filterContents(contents: OverviewContents, filter: OverviewFilter): FilteredContents {
  const { accountNames } = contents;
  const label = (account: string): AccountLabel => {
    const name = Object.hasOwn(accountNames, account) ? accountNames[account] : undefined;
    return name === undefined ? { account } : { account, name };
  };
  const account = filter.account.toLowerCase();
  const pack = filter.pack.toLowerCase();
  const matchesAccount = memoize((id: string) => {
    const { name = '' } = label(id);
    return id.includes(account) || name.toLowerCase().includes(account);
  });
  const matchesPack = memoize((name: string) => getBaseName(name).toLowerCase().includes(pack));
  const matchesRegion = (region: string) => filter.region === '' || region === filter.region;
  const rows = contents.rows.filter(
    (row) => matchesRegion(row.region) && matchesAccount(row.account) && matchesPack(row.pack),
  );
  const hasState = ({ rows }: { readonly rows: readonly AggregateRow[] }) =>
    filter.compliance === '' || rows.some(({ compliance }) => compliance === filter.compliance);
  return {
    accounts: rankAccounts(rows).filter(hasState),
    packs: rankPacks(rows).filter(hasState),
    allAccounts: contents.accounts.filter(matchesAccount),
    allRegions: contents.regions.filter(matchesRegion),
    filter,
    label,
  };
}

/** Names repeat in very many rows. */
function memoize(test: (text: string) => boolean): (text: string) => boolean {
  const results = new Map<string, boolean>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = test(text);
    results.set(text, result);
    return result;
  };
}
