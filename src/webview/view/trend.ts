import { html, svg, type TemplateResult } from 'lit';
import type { RecordedScore } from '../../compliance/queries/scoreHistory.ts';
import { age, formatPercent } from '../../compliance/text/format.ts';

const width = 600;
const height = 120;

/** The scores that this machine has seen, as a line and as a table. */
export function trendView(scores: readonly RecordedScore[], now: number): TemplateResult {
  const [first] = scores;
  const last = scores.at(-1);
  if (!first || !last) {
    return html`<p class="empty">No trend yet: Packscope keeps the scores that this machine sees of this pack, from today on.</p>`;
  }
  return html`
    <p>The ${scores.length === 1 ? 'one score' : `${scores.length} scores`} that this machine has seen of this pack.</p>
    ${scores.length === 1 ? '' : sparkline(scores, first, last)}
    <table>
      <thead><tr><th scope="col">Computed</th><th scope="col">Score</th></tr></thead>
      <tbody>
        ${scores.toReversed().map(({ at, percent }) => html`<tr><td>${new Date(at).toLocaleString()} (${age(at, now)})</td><td>${formatPercent(percent)}</td></tr>`)}
      </tbody>
    </table>
  `;
}

function sparkline(scores: readonly RecordedScore[], first: RecordedScore, last: RecordedScore): TemplateResult {
  const span = Math.max(1, last.at - first.at);
  const points = scores.map(({ at, percent }) => {
    const x = ((at - first.at) / span) * (width - 8) + 4;
    return `${x.toFixed(1)},${(height - 4 - (percent / 100) * (height - 8)).toFixed(1)}`;
  });
  const words = `Score from ${formatPercent(first.percent)} to ${formatPercent(last.percent)}; the table below has every value`;
  return html`<svg class="sparkline" viewBox="0 0 ${width} ${height}" role="img" aria-label=${words}>
    ${svg`<polyline points=${points.join(' ')}></polyline>`}
  </svg>`;
}
