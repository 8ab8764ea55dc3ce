import type { AggregateRow } from '../../compliance/model.ts';
import type { Coverage, DeployedPackRow, OverviewRow } from '../../webview/overview/protocol.ts';
import type { FilteredContents } from './overviewContents.ts';
import { type RankedAccount, type RankedPack, rankRegions, sortWorstFirst } from './rankings.ts';

/** The rows of the tab of accounts: below an account its regions, below a region its packs. */
export function getAccountRows(contents: FilteredContents, isUnfolded: (id: string) => boolean): OverviewRow[] {
  return contents.accounts.flatMap((ranked) => {
    const { account, total, nonCompliant } = ranked;
    const id = `account/${account}`;
    const unfolded = isUnfolded(id);
    const regions = new Set(ranked.rows.map(({ region }) => region)).size;
    const row: OverviewRow = {
      kind: 'account',
      id,
      level: 1,
      unfolded,
      ...contents.label(account),
      total,
      nonCompliant,
      regions,
    };
    return unfolded ? [row, ...getRegionRows(contents, ranked, isUnfolded)] : [row];
  });
}

function getRegionRows(
  { filter }: FilteredContents,
  { account, rows }: RankedAccount,
  isUnfolded: (id: string) => boolean,
): OverviewRow[] {
  return rankRegions(rows).flatMap(({ region, total, nonCompliant, rows }) => {
    const id = `account/${account}/${region}`;
    const unfolded = isUnfolded(id);
    const row: OverviewRow = { kind: 'region', id, level: 2, unfolded, region, total, nonCompliant };
    const shown = rows.filter(({ compliance }) => filter.compliance === '' || compliance === filter.compliance);
    return unfolded ? [row, ...sortWorstFirst(shown).map((each) => toDeployedPack(each, 3))] : [row];
  });
}

/** The row of a pack in one account and region. */
export function toDeployedPack(row: AggregateRow, level: number): DeployedPackRow {
  const { pack, account, region, compliance, compliantRules, totalRules } = row;
  const id = `deployed/${account}/${region}/${pack}`;
  return {
    kind: 'deployedPack',
    id,
    level,
    pack,
    account,
    region,
    ...(compliance && { compliance }),
    compliantRules,
    totalRules,
  };
}

/** The rows of the tab of packs: below a pack the accounts and regions that lack it. */
export function getPackRows(contents: FilteredContents, isUnfolded: (id: string) => boolean): OverviewRow[] {
  return contents.packs.flatMap((ranked) => {
    const { pack, total, nonCompliant } = ranked;
    const id = `pack/${pack}`;
    const unfolded = isUnfolded(id);
    const coverage = getCoverage(contents, ranked);
    const row: OverviewRow = { kind: 'pack', id, level: 1, unfolded, pack, total, nonCompliant, coverage };
    return unfolded ? [row, ...getLackingRows(contents, ranked, id)] : [row];
  });
}

function getCoverage({ allAccounts, allRegions }: FilteredContents, { rows }: RankedPack): Coverage {
  return {
    accounts: new Set(rows.map(({ account }) => account)).size,
    allAccounts: allAccounts.length,
    regions: new Set(rows.map(({ region }) => region)).size,
    allRegions: allRegions.length,
  };
}

function getLackingRows(contents: FilteredContents, { rows }: RankedPack, id: string): OverviewRow[] {
  const regionsByAccount = new Map<string, Set<string>>();
  for (const { account, region } of rows) {
    const regions = regionsByAccount.get(account) ?? new Set();
    regionsByAccount.set(account, regions.add(region));
  }
  const usedRegions = contents.allRegions.filter((region) => rows.some((row) => row.region === region));
  const lackingRegions = contents.allRegions
    .filter((region) => !usedRegions.includes(region))
    .map((region): OverviewRow => ({ kind: 'lackingRegion', id: `${id}/region/${region}`, level: 2, region }));
  const lackingAccounts = contents.allAccounts.flatMap((account): OverviewRow[] => {
    const present = regionsByAccount.get(account);
    const regions = present ? usedRegions.filter((region) => !present.has(region)) : [];
    if (present && regions.length === 0) return [];
    return [{ kind: 'lackingAccount', id: `${id}/account/${account}`, level: 2, ...contents.label(account), regions }];
  });
  const lacking = [...lackingRegions, ...lackingAccounts];
  const text = lacking.length === 0 ? 'Deployed in every account and region' : 'Not deployed in';
  return [{ kind: 'heading', id: `${id}/heading`, level: 2, text }, ...lacking];
}
