import { validateSince } from '../../compliance/history/parseSince.ts';
import { asRecord, hasKind, isString } from '../../compliance/unknownValues.ts';
import { validate, validateRuleName } from '../../compliance/validation.ts';

/** All members that a command's argument object can have. Each command accepts some of them. */
export interface CommandArguments {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly aggregator: string;
  /** The deployed name of a pack's rule. */
  readonly rule: string;
  /** A resource that fails the rule. */
  readonly resource: { readonly type: string; readonly id: string };
  readonly scope: { readonly account: string; readonly region: string };
  /** Only scores below this, 0–100. */
  readonly below: number;
  /** Maximum number of results. */
  readonly limit: number;
  readonly profile: string;
  /** Entries of the setting `packscope.connections`. */
  readonly connections: readonly ConnectionSetting[];
  /** What to compare with: `lastVisit`, `yesterday`, `week` or an ISO date. */
  readonly since: string;
  /** Whether to open a template of the sample. */
  readonly template: boolean;
  /** Names of rules, as deployed or as in the template. */
  readonly rules: readonly string[];
  /** Only the rules that fail. */
  readonly failingOnly: boolean;
}

/** An entry of the setting `packscope.connections`. */
export interface ConnectionSetting {
  readonly profile?: string;
  readonly regions?: readonly string[];
}

/** Return why a member's value is invalid, as a sentence; undefined if it is valid. */
const validators: { readonly [Key in keyof CommandArguments]: (value: unknown) => string | undefined } = {
  name: (value) => validate('name', value),
  account: (value) => validate('account', value),
  region: (value) => validate('region', value),
  aggregator: (value) =>
    typeof value === 'string' && /^[\w-]{1,256}$/.test(value) ? undefined : 'Enter an aggregator’s name.',
  rule: validateRuleName,
  resource: (value) => {
    const { type, id, ...others } = asRecord(value);
    const isValid = isString(type) && isString(id) && Object.keys(others).length === 0;
    return isValid ? undefined : 'Specify a type and an id, and nothing else.';
  },
  scope: (value) => {
    const { account, region, ...others } = asRecord(value);
    if (typeof value !== 'object' || Object.keys(others).length > 0) {
      return 'Specify an account and a region, and nothing else.';
    }
    return validate('account', account) ?? validate('region', region);
  },
  below: (value) => validate('scoreBelow', value),
  profile: (value) => (isProfileName(value) ? undefined : 'Enter the name of a profile in your AWS files.'),
  connections: (value) =>
    Array.isArray(value) && value.every(isConnection)
      ? undefined
      : 'Specify a list such as [{ "profile": "audit", "regions": ["us-east-1"] }].',
  since: validateSince,
  template: (value) => (typeof value === 'boolean' ? undefined : 'Specify true or false.'),
  rules: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((rule) => typeof rule === 'string' && rule !== '')
      ? undefined
      : 'Specify a list of names of rules.',
  failingOnly: (value) => (typeof value === 'boolean' ? undefined : 'Specify true or false.'),
  limit: (value) =>
    Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'Enter a whole number of at least 1.',
};

const isProfileName = (value: unknown): boolean => typeof value === 'string' && /^\S.{0,127}$/.test(value);

function isConnection(value: unknown): boolean {
  const { profile, regions, ...others } = asRecord(value);
  const isRegionName = (each: unknown) => validate('region', each) === undefined;
  return (
    typeof value === 'object' &&
    Object.keys(others).length === 0 &&
    (profile === undefined || isProfileName(profile)) &&
    (regions === undefined || (Array.isArray(regions) && regions.every(isRegionName)))
  );
}

/**
 * The argument object of a keybinding, a task or another extension; undefined if the command was run without one and
 * should ask the user. Throws if it is not an object, or has an invalid member or one that is not in `keys`.
 */
export function parseArguments<Key extends keyof CommandArguments>(
  value: unknown,
  keys: readonly Key[],
): Partial<Pick<CommandArguments, Key>> | undefined {
  if (value === undefined || value === null || hasKind(value)) return undefined;
  if (typeof value !== 'object') throw new Error(`Specify an object with any of ${keys.join(', ')}.`);
  for (const [name, member] of Object.entries(value)) {
    const key = keys.find((each) => each === name);
    if (!key) throw new Error(`Unknown argument “${name}”. Specify any of ${keys.join(', ')}.`);
    const message = validators[key](member);
    if (message) throw new Error(`${key}: ${message}`);
  }
  return value;
}
