import { type ComplianceType, complianceTypes, type Evaluation, evaluationKey, type Rule } from '../model.ts';
import { CompositeList } from '../paging/compositeList.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { Fetch } from '../paging/pages.ts';

/** A rule of a pack with the results that fail it. */
export interface RuleWithFailures extends Rule {
  /** Its failing results, as far as they have been read. */
  readonly failing: readonly Evaluation[];
}

/**
 * A pack's rules, most valuable fix first. What a fix is worth grows with a rule's share of all failing
 * results, so these come whole; until they have, the order is of what has been read.
 */
export class RuleList extends CompositeList<RuleWithFailures> {
  /** The pack's failing results: what a fix is worth is known when they are complete. */
  readonly failing: PagedList<Evaluation>;
  /** The pack's rules and their states alone: where nobody wants to know more, they are asked for without the results. */
  readonly rules: PagedList<Rule>;

  constructor(rules: Fetch<Rule>, failing: Fetch<Evaluation>, onChange: () => void) {
    const ruleList = new PagedList(rules, ({ name }) => name, onChange, true);
    const failingList = new PagedList(failing, evaluationKey, onChange, true);
    super([ruleList, failingList]);
    this.rules = ruleList;
    this.failing = failingList;
  }

  get rows(): readonly RuleWithFailures[] {
    const failing = Map.groupBy(this.failing.rows, ({ rule }) => rule);
    const rules = new Map<string, Rule>(this.rules.rows.map((rule) => [rule.name, rule]));
    // Where the rules themselves may not be read, their failing results still name them.
    for (const name of failing.keys()) if (!rules.has(name)) rules.set(name, failingRule(name));
    return [...rules.values()].map((rule) => ({ ...rule, failing: failing.get(rule.name) ?? [] })).sort(byWorth);
  }
}

const failingRule = (name: string): Rule => ({ name, compliance: 'NON_COMPLIANT', controls: [] });

function byWorth(a: RuleWithFailures, b: RuleWithFailures): number {
  return b.failing.length - a.failing.length || rank(a.compliance) - rank(b.compliance) || (a.name < b.name ? -1 : 1);
}

const rank = (compliance: ComplianceType | undefined): number =>
  compliance === undefined ? complianceTypes.length : complianceTypes.indexOf(compliance);
