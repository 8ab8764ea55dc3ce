/** The parts of a deployed rule's name. */
export interface RuleName {
  /** The name in the pack's template. */
  readonly templateName: string;
  /** The suffix that the deployment adds; empty if there is none. */
  readonly suffix: string;
}

/**
 * Finds a rule by its deployed name. Another deployment of its pack gave it another suffix, so that the name in the
 * template has to do then.
 */
export function findRuleByName<T extends { readonly name: string }>(rules: readonly T[], name: string): T | undefined {
  const { templateName } = splitRuleName(name);
  const isSame = (rule: T) => splitRuleName(rule.name).templateName === templateName;
  return rules.find((rule) => rule.name === name) ?? rules.find(isSame);
}

export function splitRuleName(name: string): RuleName {
  const suffix = /-conformance-pack-[a-z0-9]{9}$/.exec(name)?.[0] ?? '';
  return { templateName: name.slice(0, name.length - suffix.length), suffix };
}
