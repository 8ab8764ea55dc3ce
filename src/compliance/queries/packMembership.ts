import type { AggregateRow } from '../model.ts';
import type { AggregateRule, PackItem } from '../organizationModel.ts';
import { splitRuleName } from '../ruleName.ts';

/**
 * Why rules are assigned to a pack. `item`: the pack's configuration item has their suffix or names. `counts`: they are
 * the only rules of a pack in the account and region with the counts of the pack. `none`: it is unknown which rules
 * belong to the pack.
 */
export type MembershipEvidence = 'item' | 'counts' | 'none';

/** The rules of a pack, or with the evidence `none` all rules of its account and region. */
export interface PackMembership {
  readonly evidence: MembershipEvidence;
  readonly rules: readonly AggregateRule[];
}

/** Finds the rules of a pack by its configuration item; undefined if the item names neither its ID nor its rules. */
export function findRulesByItem(rules: readonly AggregateRule[], item: PackItem): PackMembership | undefined {
  const { id, account, region } = item;
  if (id === undefined && item.rules.length === 0) return undefined;
  const names = new Set(item.rules.map(({ name }) => name));
  const own = rules.filter(({ rule }) => names.has(rule) || (id !== undefined && rule.endsWith(`-${id}`)));
  if (own.length > 0) return { evidence: 'item', rules: own };
  // The rules may be unreadable. The item tells their states, but not how many resources fail.
  const recorded = item.rules.map(({ name, compliance }): AggregateRule => {
    return { rule: name, account, region, compliance, resources: undefined, isCapped: false };
  });
  return { evidence: 'item', rules: recorded };
}

/**
 * Finds the rules of a pack by its counts: those of one deployment, if no other deployment and no other pack has the same
 * counts. `rules` and `rows` are all rules and packs of the pack's account and region.
 */
export function findRulesByCounts(
  rules: readonly AggregateRule[],
  rows: readonly AggregateRow[],
  pack: string,
): PackMembership | undefined {
  const own = rows.find((row) => row.pack === pack);
  if (!own || own.countsText !== undefined || own.totalRules === 0) return undefined;
  if (rows.some((row) => row !== own && hasSameCounts(row, own))) return undefined;
  const bySuffix = Map.groupBy(rules, ({ rule }) => splitRuleName(rule).suffix);
  const [match, ...others] = [...bySuffix]
    .filter(([suffix, members]) => suffix !== '' && hasSameCounts(countRules(members), own))
    .map(([, members]) => members);
  return match && others.length === 0 ? { evidence: 'counts', rules: match } : undefined;
}

type RuleCounts = Pick<AggregateRow, 'compliantRules' | 'nonCompliantRules' | 'totalRules'>;

function countRules(rules: readonly AggregateRule[]): RuleCounts {
  const count = (state: string) => rules.filter(({ compliance }) => compliance === state).length;
  return { compliantRules: count('COMPLIANT'), nonCompliantRules: count('NON_COMPLIANT'), totalRules: rules.length };
}

const hasSameCounts = (a: RuleCounts, b: RuleCounts): boolean =>
  a.compliantRules === b.compliantRules && a.nonCompliantRules === b.nonCompliantRules && a.totalRules === b.totalRules;
