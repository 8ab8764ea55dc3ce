import { filterProblem } from '../../compliance/filter.ts';
import { asRecord } from '../../compliance/unknown.ts';

/** What a command's argument may say. */
export interface CommandArguments {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly aggregator: string;
  readonly scope: { readonly account: string; readonly region: string };
  /** Only scores below this, 0–100. */
  readonly below: number;
  /** At most so many. */
  readonly limit: number;
  readonly profile: string;
  /** As the setting `packscope.connections` has them. */
  readonly connections: readonly ConnectionSetting[];
}

/** A profile and its regions, as the settings have them. */
export interface ConnectionSetting {
  readonly profile?: string;
  readonly regions?: readonly string[];
}

/** Why a member cannot be what it is, as a sentence; undefined where it can. */
const problems: { readonly [Key in keyof CommandArguments]: (value: unknown) => string | undefined } = {
  name: (value) => filterProblem('name', value),
  account: (value) => filterProblem('account', value),
  region: (value) => filterProblem('region', value),
  aggregator: (value) =>
    typeof value === 'string' && /^[\w-]{1,256}$/.test(value) ? undefined : 'Give an aggregator’s name.',
  scope: (value) => {
    const { account, region, ...others } = asRecord(value);
    if (typeof value !== 'object' || Object.keys(others).length > 0) return 'Give an account and a region alone.';
    return filterProblem('account', account) ?? filterProblem('region', region);
  },
  below: (value) => filterProblem('scoreBelow', value),
  profile: (value) => (isProfile(value) ? undefined : 'Give a profile of your AWS files.'),
  connections: (value) =>
    Array.isArray(value) && value.every(isConnection)
      ? undefined
      : 'Give a list such as [{ "profile": "audit", "regions": ["us-east-1"] }].',
  limit: (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'Give a whole number from 1.'),
};

const isProfile = (value: unknown): boolean => typeof value === 'string' && /^\S.{0,127}$/.test(value);

function isConnection(value: unknown): boolean {
  const { profile, regions, ...others } = asRecord(value);
  const isRegion = (each: unknown) => filterProblem('region', each) === undefined;
  return (
    typeof value === 'object' &&
    Object.keys(others).length === 0 &&
    (profile === undefined || isProfile(profile)) &&
    (regions === undefined || (Array.isArray(regions) && regions.every(isRegion)))
  );
}

/** Whether a value is a tagged object, such as the tree node that a menu passes to its command. */
export const hasKind = (value: unknown): boolean => typeof asRecord(value).kind === 'string';

/**
 * The one object of a keybinding, a task or another extension; undefined where there is none and the person is to be
 * asked. Throws where it is no object, or has a member that is wrong or not among `keys`.
 */
export function parseArguments<Key extends keyof CommandArguments>(
  value: unknown,
  keys: readonly Key[],
): Partial<Pick<CommandArguments, Key>> | undefined {
  if (value === undefined || value === null || hasKind(value)) return undefined;
  if (typeof value !== 'object') throw new Error(`Give one object with ${keys.join(', ')}.`);
  for (const [name, member] of Object.entries(value)) {
    const key = keys.find((each) => each === name);
    if (!key) throw new Error(`There is no “${name}” here: give ${keys.join(', ')}.`);
    const problem = problems[key](member);
    if (problem) throw new Error(`${key}: ${problem}`);
  }
  return value;
}
