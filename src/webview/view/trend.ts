import { svg, type TemplateResult } from 'lit';
import type { RecordedScore } from '../../compliance/queries/scoreHistory.ts';
import { formatAge } from '../../compliance/text/age.ts';
import { formatPercent } from '../../compliance/text/score.ts';
import { formatEmptyTrend } from '../emptyText.ts';
import type { PackHeader } from '../protocol.ts';
import { html } from './html.ts';

const sparklineWidth = 600;
const sparklineHeight = 120;

/** Renders the recorded scores of the pack as a sparkline and a table. */
export function renderTrend(
  scores: readonly RecordedScore[],
  header: PackHeader | undefined,
  now: number,
): TemplateResult {
  const [first] = scores;
  const last = scores.at(-1);
  if (!first || !last) {
    return html`<p class="empty">${formatEmptyTrend(scores, header)}</p>`;
  }
  return html`
    <p>${scores.length === 1 ? 'Only one score recorded so far.' : `${scores.length} scores recorded on this machine.`}</p>
    ${scores.length === 1 ? '' : renderSparkline(scores, first, last)}
    <table>
      <thead><tr><th scope="col">Computed</th><th scope="col">Score</th></tr></thead>
      <tbody>
        ${scores.toReversed().map(({ at, percent }) => html`<tr><td>${new Date(at).toLocaleString()} (${formatAge(at, now)})</td><td>${formatPercent(percent)}</td></tr>`)}
      </tbody>
    </table>
  `;
}

function renderSparkline(scores: readonly RecordedScore[], first: RecordedScore, last: RecordedScore): TemplateResult {
  const duration = Math.max(1, last.at - first.at);
  const points = scores.map(({ at, percent }) => {
    const x = ((at - first.at) / duration) * (sparklineWidth - 8) + 4;
    return `${x.toFixed(1)},${(sparklineHeight - 4 - (percent / 100) * (sparklineHeight - 8)).toFixed(1)}`;
  });
  const label = `Score from ${formatPercent(first.percent)} to ${formatPercent(last.percent)}; the table below has every value`;
  return html`<svg class="sparkline" viewBox="0 0 ${sparklineWidth} ${sparklineHeight}" role="img" aria-label=${label}>
    ${svg`<polyline points=${points.join(' ')}></polyline>`}
  </svg>`;
}
