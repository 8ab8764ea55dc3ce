import { nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../../compliance/text/format.ts';
import { formatPercent } from '../../../compliance/text/score.ts';
import { formatSince } from '../../../compliance/text/scoreChange.ts';
import { formatCompliance } from '../../../compliance/text/states.ts';
import { formatLocalTime } from '../../../compliance/text/time.ts';
import { html } from '../../shared/html.ts';
import { renderProblems } from '../../shared/problems.ts';
import type { RecordedState, RecordedStateList } from '../protocol.ts';
import type { Actions } from './actions.ts';
import { renderChart } from './trend.ts';

/** Renders what AWS Config has recorded of the pack, or a button that loads it. */
export function renderRecordedStates(
  history: RecordedStateList | undefined,
  now: number,
  actions: Actions,
): TemplateResult {
  return html`<section aria-label="Recorded by AWS Config">
    <h2>Recorded by AWS Config</h2>
    ${history ? renderLoaded(history, now, actions) : renderOffer(actions)}
  </section>`;
}

const renderOffer = ({ send }: Actions): TemplateResult => html`
  <p class="hint">Where AWS Config records conformance packs, it knows how many rules passed before Packscope read the score.</p>
  <vscode-button secondary @click=${() => send({ type: 'loadHistory' })}>Load history from AWS Config</vscode-button>
`;

function renderLoaded({ states, isComplete, isLoading, problems }: RecordedStateList, now: number, actions: Actions) {
  const points = states.flatMap(({ at, rules }) =>
    rules && rules.total > 0 ? { at, percent: (100 * rules.compliant) / rules.total } : [],
  );
  return html`
    ${renderProblems(problems, actions)}
    <p role="status">${formatExtent(states, isComplete, isLoading, now)}</p>
    ${points.length > 1 ? renderChart(points.toReversed(), undefined, 'Share of rules passing; the table below has every value', now) : nothing}
    ${states.length > 0 ? renderTable(states) : nothing}
  `;
}

/** Says from when to when, and that these are no scores. */
function formatExtent(states: readonly RecordedState[], isComplete: boolean, isLoading: boolean, now: number): string {
  const [last] = states;
  const first = states.at(-1);
  if (!last || !first)
    return isLoading ? 'Loading …' : isComplete ? 'AWS Config has no recorded state of this pack.' : '';
  const count = `${formatCount(states.length, 'state')} recorded from ${formatSince(first.at, now)} to ${formatSince(last.at, now)}`;
  const rest = isComplete ? '' : isLoading ? ' so far, loading …' : ' so far. Older ones were not loaded';
  return `${count}${rest}. The history has the rules that passed, not the score.`;
}

const renderTable = (states: readonly RecordedState[]): TemplateResult => html`<table>
  <thead><tr><th scope="col">Recorded</th><th scope="col">State</th><th scope="col">Rules passing</th></tr></thead>
  <tbody>
    ${states.map(
      ({ at, compliance, rules }) => html`<tr>
        <td>${formatLocalTime(at)}</td>
        <td>${compliance ? formatCompliance(compliance) : 'unknown'}</td>
        <td>${rules ? formatRules(rules) : 'unknown'}</td>
      </tr>`,
    )}
  </tbody>
</table>`;

const formatRules = ({ compliant, total }: NonNullable<RecordedState['rules']>): string =>
  `${compliant} of ${total}${total > 0 ? ` (${formatPercent((100 * compliant) / total)})` : ''}`;
