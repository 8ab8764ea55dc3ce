interface RuleWithControls {
  readonly controls: readonly string[];
  /** The number of failing results. */
  readonly failing: number;
}

/** Controls with their rules, most failing results first. Rules without a control come last, under an empty name. */
export function groupByControl<T extends RuleWithControls>(rules: readonly T[]): (readonly [string, readonly T[]])[] {
  const byControl = new Map<string, T[]>();
  for (const rule of rules) {
    for (const control of rule.controls.length > 0 ? new Set(rule.controls) : ['']) {
      const members = byControl.get(control) ?? [];
      byControl.set(control, members);
      members.push(rule);
    }
  }
  return [...byControl].sort(
    ([a, rulesOfA], [b, rulesOfB]) =>
      Number(a === '') - Number(b === '') || countFailing(rulesOfB) - countFailing(rulesOfA) || (a < b ? -1 : 1),
  );
}

/** The number of failing results of several rules. */
export const countFailing = (rules: readonly Pick<RuleWithControls, 'failing'>[]): number =>
  rules.reduce((sum, { failing }) => sum + failing, 0);
