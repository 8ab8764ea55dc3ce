import type { Caller } from '../identities.ts';
import { ApiError } from '../errors.ts';
import type { Estate, Pack, Rule } from '../estate/estate.ts';
import { type ComplianceType, hasResults, insufficientData, isDeployed } from '../estate/scoring.ts';

/** The caller's own packs that are there, in this account and region alone; where names are given, those of them. */
export function deployedPacks(estate: Estate, caller: Caller, names: readonly string[] | undefined): readonly Pack[] {
  const wanted = names === undefined || names.length === 0 ? estate.packNames(caller) : [...new Set(names)];
  return wanted.flatMap((name) => estate.pack(caller, name) ?? []).filter(isDeployed);
}

/** Of these, the packs that were created and so have evaluations, or could have. */
export function packsWithResults(estate: Estate, caller: Caller, names: readonly string[] | undefined) {
  return deployedPacks(estate, caller, names).filter(hasResults);
}

/** The rules of one of the caller's packs, by name; where rule names are given, those of them. */
export function rulesOf(
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

/** Rules and results can be narrowed to what holds or what fails, but not to what has no data. */
export function refuseInsufficientData(type: ComplianceType | undefined): void {
  if (type === insufficientData) {
    throw new ApiError('InvalidParameterValueException', `The compliance type ${type} is not supported as a filter.`);
  }
}
