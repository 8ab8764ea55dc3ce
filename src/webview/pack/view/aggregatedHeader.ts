import { nothing, type TemplateResult } from 'lit';
import { formatAge } from '../../../compliance/text/age.ts';
import { formatCompliance, formatRulesPassing } from '../../../compliance/text/states.ts';
import { html } from '../../shared/html.ts';
import type { AggregatedCounts, AggregatedHeader, PackHeader } from '../protocol.ts';
import type { PanelData } from '../state.ts';

/** Renders a pack in an account that no connection reads: an aggregator's rule counts, and how to see the score. */
export function renderAggregatedHeader(
  { results }: PanelData,
  header: PackHeader,
  aggregated: AggregatedHeader,
  now: number,
): TemplateResult {
  const { pack, account, region, readAt } = header;
  const { aggregator, accountName, counts, consoleUrl } = aggregated;
  const times = [
    readAt !== undefined && `counts loaded ${formatAge(readAt, now)}`,
    results?.readAt !== undefined && `rules loaded ${formatAge(results.readAt, now)}`,
  ].filter((time) => typeof time === 'string');
  const name = accountName === undefined ? '' : ` (${accountName})`;
  return html`
    <header>
      <div class="about">
        <h1>${pack}</h1>
        ${counts ? renderCounts(counts) : html`<p>${formatMissingCounts(header)}</p>`}
        <p>${[`Account ${account}${name}`, `region ${region}`, `through the aggregator ${aggregator}`, ...times].join(' · ')}</p>
        ${consoleUrl === undefined ? nothing : html`<p><a href=${consoleUrl}>Open in Console</a> (needs a browser session of account ${account})</p>`}
        <p class="hint">Scores are available only from the pack’s own account. To see this pack’s score, controls and deployment, add a
          profile of account ${account} with region ${region} to the setting <code>packscope.connections</code>.</p>
      </div>
    </header>
  `;
}

const renderCounts = (counts: AggregatedCounts): TemplateResult => html`
  <p>${formatRulesPassing(counts)}${formatOtherRules(counts)}</p>
  <p>These are counts of rules, not a score. The pack is ${counts.compliance ? formatCompliance(counts.compliance) : 'in an unknown state'}.</p>
`;

function formatMissingCounts({ isLoading, problems, readAt }: PackHeader): string {
  if (isLoading) return 'Reading the counts …';
  if (problems.length > 0 || readAt === undefined) return 'The pack’s counts have not been read.';
  return 'The aggregator does not list this pack in this account and region.';
}

function formatOtherRules({ compliantRules, nonCompliantRules, totalRules, countsText }: AggregatedCounts): string {
  const otherRules = totalRules - compliantRules - nonCompliantRules;
  return countsText === undefined ? ` · ${nonCompliantRules} non-compliant · ${otherRules} with insufficient data` : '';
}
