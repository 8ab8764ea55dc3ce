import {
  type AggregateRow,
  type ComplianceType,
  complianceTypes,
  type Pack,
  type PackCount,
  type Scope,
  type Score,
  scoreCompliance,
} from './model.ts';
import type { RowFilter } from './source.ts';

/** What a person wants to see; an absent member does not restrict. */
export interface Filter {
  readonly compliance?: ComplianceType;
  /** Only packs with a published score below this, 0–100. */
  readonly scoreBelow?: number;
  /** The pack's exact name: the service can find it. */
  readonly name?: string;
  /** A part of the pack's name, in any case: only loaded rows can be searched. */
  readonly nameContains?: string;
  readonly account?: string;
  readonly region?: string;
}

export const isFiltered = (filter: Filter): boolean => Object.values(filter).some((value) => value !== undefined);

/** The part of a filter that the service applies to aggregate rows. */
export function rowFilter({ compliance, name, account, region }: Filter): RowFilter {
  return {
    ...(compliance !== undefined && { compliance }),
    ...(name !== undefined && { pack: name }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
}

/** The part of a filter that the service applies to an aggregator's summary. */
export function countFilter({ account, region }: Filter): RowFilter {
  return rowFilter({ ...(account !== undefined && { account }), ...(region !== undefined && { region }) });
}

export function matchesScope({ account, region }: Filter, scope: Scope): boolean {
  return (account ?? scope.account) === scope.account && (region ?? scope.region) === scope.region;
}

export function matchesPack(filter: Filter, { name, score }: Pack): boolean {
  const { compliance } = filter;
  if (compliance !== undefined && scoreCompliance(score) !== compliance) return false;
  return matchesScore(filter, score) && matchesName(filter, name);
}

/** `score` is the row's published score, where there is one. The rest of the filter is the service's. */
export function matchesRow(filter: Filter, row: AggregateRow, score: Score | undefined): boolean {
  return matchesScore(filter, score) && matchesName(filter, row.pack);
}

/** A group is left out only where its counts say that no row of it can match. */
export function matchesCount({ compliance }: Filter, count: PackCount): boolean {
  if (compliance === 'COMPLIANT') return count.compliantPacks > 0;
  if (compliance === 'NON_COMPLIANT') return count.nonCompliantPacks > 0;
  return true;
}

function matchesScore({ scoreBelow }: Filter, score: Score | undefined): boolean {
  return scoreBelow === undefined || (score?.percent !== undefined && score.percent < scoreBelow);
}

function matchesName({ name, nameContains }: Filter, pack: string): boolean {
  if (name !== undefined && pack !== name) return false;
  return nameContains === undefined || pack.toLowerCase().includes(nameContains.toLowerCase());
}

const complianceWords: Record<ComplianceType, string> = {
  COMPLIANT: 'compliant',
  NON_COMPLIANT: 'non-compliant',
  INSUFFICIENT_DATA: 'insufficient data',
};

/** A compliance state as people write it. */
export const complianceWord = (compliance: ComplianceType): string => complianceWords[compliance];

/** The filter in words, such as `non-compliant · score below 80 · region us-east-1`. */
export function describeFilter({ compliance, scoreBelow, name, nameContains, account, region }: Filter): string {
  return [
    compliance && complianceWord(compliance),
    scoreBelow !== undefined && `score below ${scoreBelow}`,
    name !== undefined && `name is “${name}”`,
    nameContains !== undefined && `name contains “${nameContains}”`,
    account !== undefined && `account ${account}`,
    region !== undefined && `region ${region}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ');
}

/** What each member of a filter must be, in words; undefined where the value is good. */
const demands: { readonly [Key in keyof Filter]-?: (value: unknown) => string | undefined } = {
  compliance: (value) =>
    demand(
      complianceTypes.some((type) => type === value),
      `one of ${complianceTypes.join(', ')}`,
    ),
  scoreBelow: (value) => demand(typeof value === 'number' && value >= 0 && value <= 100, 'a number from 0 to 100'),
  name: (value) =>
    demand(matches(value, /^[a-zA-Z][-a-zA-Z0-9]{0,255}$/), 'a pack’s name: letters, digits and hyphens'),
  nameContains: (value) => demand(matches(value, /^(?=.*\S).{1,256}$/s), 'a part of a pack’s name'),
  account: (value) => demand(matches(value, /^\d{12}$/), 'an account id of 12 digits'),
  region: (value) => demand(matches(value, /^[a-z][-a-z0-9]{0,63}$/), 'a region, such as eu-central-1'),
};

/** Why `value` cannot stand at `key` of a filter, as a sentence; undefined where it can. */
export function filterProblem(key: keyof Filter, value: unknown): string | undefined {
  const wanted = demands[key](value);
  return wanted && `Give ${wanted}.`;
}

/** An object of a keybinding or a task as a filter; undefined where it is none. Throws where a member is wrong. */
export function parseFilter(value: unknown): Filter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const keys = Object.keys(value).filter((key): key is keyof Filter => key in demands);
  if (keys.length === 0 || keys.length < Object.keys(value).length) return undefined;
  const filter: Filter = value;
  for (const key of keys) {
    const problem = filterProblem(key, filter[key]);
    if (problem) throw new Error(`Filter by ${key}: ${problem}`);
  }
  return filter;
}

/** What was kept as a filter; undefined where it is none, or no longer a good one. */
export function filterOrNone(value: unknown): Filter | undefined {
  try {
    return parseFilter(value);
  } catch {
    return undefined;
  }
}

const demand = (holds: boolean, wanted: string): string | undefined => (holds ? undefined : wanted);

const matches = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);
