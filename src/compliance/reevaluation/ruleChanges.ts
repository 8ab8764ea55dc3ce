import type { RuleWithFailures } from '../store/ruleList.ts';

/** A rule's state and number of failing resources. */
export interface RuleState {
  readonly compliance: string | undefined;
  readonly failing: number;
}

/** A rule that an evaluation has changed. */
export interface RuleChange {
  readonly rule: string;
  readonly before: RuleState;
  readonly after: RuleState;
}

/** Compares rules that are in both lists, in the order of the later one. */
export function findRuleChanges(
  before: readonly RuleWithFailures[],
  after: readonly RuleWithFailures[],
  names: readonly string[],
): readonly RuleChange[] {
  const selected = new Set(names);
  const earlier = new Map(before.map((rule) => [rule.name, toState(rule)]));
  return after.flatMap((rule) => {
    const [state, previous] = [toState(rule), earlier.get(rule.name)];
    if (!previous || !selected.has(rule.name)) return [];
    const isSame = previous.compliance === state.compliance && previous.failing === state.failing;
    return isSame ? [] : [{ rule: rule.name, before: previous, after: state }];
  });
}

const toState = ({ compliance, failing }: RuleWithFailures): RuleState => ({ compliance, failing: failing.length });
