import type { UnhealthySource } from '../../compliance/model.ts';
import type { StateCounts } from '../../compliance/organization/cells.ts';
import type { PackGroup } from '../../compliance/organization/packGroups.ts';
import type { RegionCounts } from '../../compliance/organization/rankings.ts';
import type { RowFilter } from '../../compliance/source.ts';
import type { MissingData } from './tool.ts';

/** Accounts and regions that an output names for each pack that they lack, and regions of each account. */
const maxNames = 10;

export interface OverviewInputFilter {
  readonly account?: string;
  readonly region?: string;
  /** A pack by its deployed name or its name in the organization. */
  readonly pack?: string;
}

/** The packs of an aggregator, from rows or as AWS Config counts them. */
export interface Overview {
  readonly countedBy: 'rows' | 'query';
  readonly rowsRead: number;
  /** The number of packs with a result that the summary counts. */
  readonly rowsExpected: number | undefined;
  readonly totals: StateCounts;
  /** Worst first. */
  readonly accounts: readonly OverviewAccount[];
  /** Worst first. */
  readonly packs: readonly OverviewPack[];
  readonly notRead: readonly MissingData[];
  readonly cut: readonly string[];
}

export interface OverviewAccount extends StateCounts {
  readonly account: string;
  /** Worst first. Undefined if only the account as a whole was counted. */
  readonly regions?: readonly RegionCounts[];
}

export interface OverviewPack extends StateCounts {
  readonly pack: Pick<PackGroup, 'name' | 'isOrganization'>;
  /** Undefined if it was not read. */
  readonly coverage: Coverage | undefined;
}

/** Where a pack is deployed. */
export interface Coverage {
  readonly accounts: Presence;
  readonly regions: Presence;
}

interface Presence {
  readonly count: number;
  readonly lacking: readonly string[];
  /** The number of accounts or regions without a known deployment, of which not everything was read. */
  readonly unknown: number;
}

/** The accounts and regions of which not everything was read, so that nothing can be said to be missing there. */
export interface Unknowns {
  hasAccount(account: string): boolean;
  hasRegion(region: string): boolean;
}

/** An absent account or region of `unread` means any. */
export function createUnknowns(unread: readonly RowFilter[], unhealthy: readonly UnhealthySource[]): Unknowns {
  // The ID of a source is that of an account or of an organization.
  const sources = unhealthy.map(({ id, region }) => ({ account: /^\d{12}$/.test(id) ? id : undefined, region }));
  const scopes = [...unread, ...sources];
  const accounts = new Set(scopes.map(({ account }) => account));
  const regions = new Set(scopes.map(({ region }) => region));
  return {
    hasAccount: (account) => accounts.has(undefined) || accounts.has(account),
    hasRegion: (region) => regions.has(undefined) || regions.has(region),
  };
}

/** Divides the accounts and regions without a pack into those that lack it and those that may have it. */
export function toCoverage(
  present: { readonly accounts: number; readonly regions: number },
  absent: { readonly accounts: readonly string[]; readonly regions: readonly string[] },
  unknowns: Unknowns,
): Coverage {
  const lackingAccounts = absent.accounts.filter((account) => !unknowns.hasAccount(account));
  const lackingRegions = absent.regions.filter((region) => !unknowns.hasRegion(region));
  return {
    accounts: toPresence(present.accounts, absent.accounts, lackingAccounts),
    regions: toPresence(present.regions, absent.regions, lackingRegions),
  };
}

const toPresence = (count: number, absent: readonly string[], lacking: readonly string[]): Presence => ({
  count,
  lacking,
  unknown: absent.length - lacking.length,
});

/** Counts as members of an output. */
export const toStateCountsResult = ({ packs, compliant, nonCompliant, insufficientData, unknown }: StateCounts) => ({
  packs,
  nonCompliant,
  compliant,
  insufficientData,
  unknown,
});

/** An item of the member `accounts`. */
export const toAccountResult = ({ account, regions, ...counts }: OverviewAccount) => ({
  account,
  ...toStateCountsResult(counts),
  ...(regions && {
    regions: regions.slice(0, maxNames).map(({ region, ...each }) => ({ region, ...toStateCountsResult(each) })),
    moreRegions: Math.max(0, regions.length - maxNames),
  }),
});

/** An item of the member `packs`. Its coverage is null if it was not read. */
export const toPackRankResult = ({ pack, coverage, ...counts }: OverviewPack) => ({
  pack: pack.name,
  isOrganizationPack: pack.isOrganization,
  ...toStateCountsResult(counts),
  accounts: coverage?.accounts.count ?? null,
  accountsLacking: coverage?.accounts.lacking.length ?? null,
  lackingAccounts: coverage?.accounts.lacking.slice(0, maxNames) ?? null,
  accountsUnknown: coverage?.accounts.unknown ?? null,
  regions: coverage?.regions.count ?? null,
  regionsLacking: coverage?.regions.lacking.length ?? null,
  lackingRegions: coverage?.regions.lacking.slice(0, maxNames) ?? null,
  regionsUnknown: coverage?.regions.unknown ?? null,
});
