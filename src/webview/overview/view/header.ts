import { nothing, type TemplateResult } from 'lit';
import { formatAge } from '../../../compliance/text/age.ts';
import { formatScopeWithLabels } from '../../../compliance/text/format.ts';
import { html } from '../../shared/html.ts';
import { renderProblems } from '../../shared/problems.ts';
import type { OverviewSummary, OverviewTab, SourceFailure } from '../protocol.ts';
import { formatNonCompliant, formatSourceFailure, formatSourceFailures, formatTotals } from '../text.ts';
import type { OverviewActions } from './actions.ts';

/** Renders the aggregator's name, totals, age, failed sources and the errors of what a tab shows. */
export function renderHeader(
  summary: OverviewSummary,
  now: number,
  tab: OverviewTab,
  actions: OverviewActions,
): TemplateResult {
  const { aggregator, connection, readAt, progress, rules, sourceFailures, notes } = summary;
  return html`
    <header>
      <div class="about">
        <h1>${aggregator}</h1>
        <p>${formatTotals(summary)}</p>
        <p>${formatNonCompliant(summary)}</p>
        <p>${formatScopeWithLabels(summary)} · ${connection}${readAt === undefined ? '' : ` · loaded ${formatAge(readAt, now)}`}</p>
        ${renderSourceFailures(sourceFailures, now)}
        ${notes.map((note) => html`<p class="note">${note}</p>`)}
      </div>
    </header>
    ${renderProblems([...progress.problems, ...(tab === 'rules' ? (rules?.problems ?? []) : [])], actions)}
  `;
}

function renderSourceFailures(failures: readonly SourceFailure[], now: number) {
  if (failures.length === 0) return nothing;
  return html`<details class="sources">
    <summary class="failed">${formatSourceFailures(failures)}: data is missing or old</summary>
    <ul tabindex="0" aria-label="Sources">${failures.map((failure) => html`<li>${formatSourceFailure(failure, (time) => formatAge(time, now))}</li>`)}</ul>
  </details>`;
}
