import { type Evaluation, getEvaluationKey, type Rule, rankCompliance } from '../model.ts';
import { CompositeList } from '../paging/compositeList.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { FetchPage } from '../paging/pages.ts';

/** A rule of a pack with its failing results, as far as they have been loaded. */
export interface RuleWithFailures extends Rule {
  readonly failing: readonly Evaluation[];
}

/**
 * The rules of a pack, largest estimated gain first. The gain of a fix grows with the rule's share of all failing
 * results, so all of them load at once. Until they have, the order considers those loaded so far.
 */
export class RuleList extends CompositeList<RuleWithFailures> {
  /** The rules and their compliance. Callers that need no results load only this part. */
  readonly rules: PagedList<Rule>;
  /** The failing results of all rules. Gains are known once it is complete. */
  readonly failingResults: PagedList<Evaluation>;

  constructor(rules: FetchPage<Rule>, failingResults: FetchPage<Evaluation>, onChange: () => void) {
    super(onChange);
    this.rules = this.addPart(
      (onPartChange) => new PagedList(rules, ({ name }) => name, onPartChange, { isEager: true }),
    );
    this.failingResults = this.addPart(
      (onPartChange) => new PagedList(failingResults, getEvaluationKey, onPartChange, { isEager: true }),
    );
  }

  protected override joinRows(): RuleWithFailures[] {
    const failing = Map.groupBy(this.failingResults.rows, ({ rule }) => rule);
    const rules = new Map<string, Rule>(this.rules.rows.map((rule) => [rule.name, rule]));
    // Failing results name their rules even where reading the rules is denied.
    for (const name of failing.keys())
      if (!rules.has(name)) rules.set(name, { name, compliance: 'NON_COMPLIANT', controls: [] });
    return [...rules.values()].map((rule) => ({ ...rule, failing: failing.get(rule.name) ?? [] })).sort(compareRules);
  }
}

/** Most failing results first, then by compliance, worst first, then by name. */
function compareRules(a: RuleWithFailures, b: RuleWithFailures): number {
  const byCompliance = rankCompliance(a.compliance) - rankCompliance(b.compliance);
  return b.failing.length - a.failing.length || byCompliance || (a.name < b.name ? -1 : 1);
}
