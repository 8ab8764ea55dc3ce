import { ApiError } from '../errors.ts';
import type { Estate, Pack, Rule } from '../estate/estate.ts';
import { type ComplianceType, hasResults, insufficientData, isDeployed } from '../estate/scoring.ts';
import type { Caller } from '../identities.ts';

/** Returns the deployed packs of the caller's scope, or those of them with the given names. */
export function findDeployedPacks(
  estate: Estate,
  caller: Caller,
  names: readonly string[] | undefined,
): readonly Pack[] {
  const selected = names === undefined || names.length === 0 ? estate.packNames(caller) : [...new Set(names)];
  return selected.flatMap((name) => estate.pack(caller, name) ?? []).filter(isDeployed);
}

/** Returns the packs of `findDeployedPacks` that were created, so that they can have results. */
export function findPacksWithResults(estate: Estate, caller: Caller, names: readonly string[] | undefined) {
  return findDeployedPacks(estate, caller, names).filter(hasResults);
}

/** Returns a pack of the caller's scope and its rules, or those of them with the given names, ordered by name. */
export function findRules(
  estate: Estate,
  caller: Caller,
  packName: string | undefined,
  ruleNames: readonly string[] = [],
): { pack: Pack; rules: readonly Rule[] } {
  const pack = packName === undefined ? undefined : estate.pack(caller, packName);
  if (pack === undefined || !isDeployed(pack)) {
    throw new ApiError(
      'NoSuchConformancePackException',
      `The specified conformance pack ${packName} does not exist. Check the name and try again.`,
    );
  }
  const all = hasResults(pack) ? estate.rules(pack) : [];
  const missing = ruleNames.find((name) => !all.some((rule) => rule.name === name));
  if (missing !== undefined) {
    throw new ApiError(
      'NoSuchConfigRuleInConformancePackException',
      `The Config rule ${missing} does not exist in the conformance pack ${packName}.`,
    );
  }
  const rules = ruleNames.length === 0 ? all : all.filter(({ name }) => ruleNames.includes(name));
  return { pack, rules: rules.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Returns a rule of the caller's deployed packs, with its pack. */
export function findDeployedRule(estate: Estate, caller: Caller, name: string): { pack: Pack; rule: Rule } {
  const found = lookUpRule(estate, caller, name);
  if (found !== undefined) return found;
  throw new ApiError(
    'NoSuchConfigRuleException',
    `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name.`,
  );
}

/** The same, but undefined for an unknown rule. */
export function lookUpRule(estate: Estate, caller: Caller, name: string): { pack: Pack; rule: Rule } | undefined {
  for (const pack of findPacksWithResults(estate, caller, undefined)) {
    // A rule's name ends with the id of its pack.
    const rule = name.endsWith(pack.id) ? estate.rules(pack).find((each) => each.name === name) : undefined;
    if (rule !== undefined) return { pack, rule };
  }
  return undefined;
}

/** Rejects INSUFFICIENT_DATA, which AWS does not support as a filter of rules and results. */
export function rejectInsufficientData(type: ComplianceType | undefined): void {
  if (type === insufficientData) {
    throw new ApiError('InvalidParameterValueException', `The compliance type ${type} is not supported as a filter.`);
  }
}
