import type { TemplateResult } from 'lit';
import { formatAge } from '../../compliance/text/age.ts';
import { formatScopeWithLabels } from '../../compliance/text/format.ts';
import { formatCompliance, formatRulesPassing } from '../../compliance/text/states.ts';
import type { AggregatedCounts } from '../protocol.ts';
import { html } from './html.ts';

/** Renders a pack in an account that no connection reads: an aggregator's rule counts, and how to see the score. */
export function renderAggregatedPack(counts: AggregatedCounts, now: number): TemplateResult {
  const { pack, account, region, aggregator, compliance, readAt } = counts;
  return html`
    <header>
      <div class="about">
        <h1>${pack}</h1>
        <p>${formatRulesPassing(counts)}${formatOtherRules(counts)}</p>
        <p>These are counts of rules, not a score. The pack is ${compliance ? formatCompliance(compliance) : 'in an unknown state'}.</p>
        <p>${formatScopeWithLabels({ account, region })} · through the aggregator ${aggregator}${readAt === undefined ? '' : ` · loaded ${formatAge(readAt, now)}`}</p>
      </div>
    </header>
    <p class="empty">Scores are available only from the pack’s own account, and so are its rules and resources. To see them, add a
      profile of account ${account} with region ${region} to the setting <code>packscope.connections</code>.</p>
  `;
}

function formatOtherRules({ compliantRules, nonCompliantRules, totalRules, countsText }: AggregatedCounts): string {
  const otherRules = totalRules - compliantRules - nonCompliantRules;
  return countsText === undefined ? ` · ${nonCompliantRules} non-compliant · ${otherRules} with insufficient data` : '';
}
