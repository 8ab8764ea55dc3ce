/** The parts of a deployed rule's name. */
export interface RuleName {
  /** The name in the pack's template. */
  readonly templateName: string;
  /** The suffix that the deployment adds; empty if there is none. */
  readonly suffix: string;
}

export function splitRuleName(name: string): RuleName {
  const suffix = /-conformance-pack-[a-z0-9]{9}$/.exec(name)?.[0] ?? '';
  return { templateName: name.slice(0, name.length - suffix.length), suffix };
}
