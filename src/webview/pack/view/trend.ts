import { nothing, svg, type TemplateResult } from 'lit';
import { formatAge } from '../../../compliance/text/age.ts';
import { formatCount } from '../../../compliance/text/format.ts';
import { formatPercent } from '../../../compliance/text/score.ts';
import { formatPointChange, formatSince } from '../../../compliance/text/scoreChange.ts';
import { formatLocalTime } from '../../../compliance/text/time.ts';
import { html } from '../../shared/html.ts';
import { formatEmptyTrend } from '../emptyText.ts';
import type { PackHeader } from '../protocol.ts';
import { chartSize, getTrendRows, layOutTrend, type TrendPoint, type TrendRow } from '../trendChart.ts';

/** Renders the recorded scores of the pack as a chart with the target, 0–100, and a table. */
export function renderTrend(
  scores: readonly TrendPoint[],
  header: PackHeader | undefined,
  now: number,
): TemplateResult {
  const [first] = scores;
  const last = scores.at(-1);
  if (!first || !last) {
    return html`<p class="empty">${formatEmptyTrend(scores, header)}</p>`;
  }
  const target = header?.target ?? 100;
  const label = `Score from ${formatPercent(first.percent)} to ${formatPercent(last.percent)}, target ${target}%; the table below has every value`;
  return html`
    <p>${scores.length === 1 ? 'Only one score recorded so far.' : `${scores.length} scores recorded on this machine.`}</p>
    ${scores.length === 1 ? nothing : renderChart(scores, target, label, now)}
    <table>
      <thead><tr><th scope="col">Computed</th><th scope="col">Change</th><th scope="col">Score</th></tr></thead>
      <tbody>${getTrendRows(scores).map((row) => renderRow(row, now))}</tbody>
    </table>
  `;
}

function renderRow(row: TrendRow, now: number): TemplateResult {
  if (row.kind === 'gap')
    return html`<tr><td class="gap" colspan="3">${formatCount(row.days, 'day')} without a recorded score</td></tr>`;
  const { at, percent, change } = row;
  const hasChanged = change !== undefined && Math.abs(change) >= 0.05;
  return html`<tr>
    <td>${formatLocalTime(at)} (${formatAge(at, now)})</td>
    <td>${hasChanged ? formatPointChange(change) : ''}</td>
    <td>${formatPercent(percent)}</td>
  </tr>`;
}

/** Renders values in percent over time, with the target, 0–100, if there is one. */
export function renderChart(
  points: readonly TrendPoint[],
  target: number | undefined,
  label: string,
  now: number,
): TemplateResult {
  const { width, height, left, right, bottom } = chartSize;
  const { lines, percentTicks, timeTicks, targetY } = layOutTrend(points, target);
  const axisY = height - bottom;
  return html`<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${percentTicks.map(
      ({ value, position }) => svg`<path class="tick" d="M ${left} ${position} H ${width - right}"></path>
        <text x=${left - 6} y=${position + 4} text-anchor="end">${value}%</text>`,
    )}
    ${timeTicks.map(({ value, position }, index) => {
      const anchor = index === 0 ? 'start' : index === timeTicks.length - 1 ? 'end' : 'middle';
      return svg`<text x=${position} y=${axisY + 18} text-anchor=${anchor}>${formatSince(value, now)}</text>`;
    })}
    ${
      targetY === undefined
        ? nothing
        : svg`<path class="target" d="M ${left} ${targetY} H ${width - right}"></path>
    <text class="target" x=${left + 4} y=${targetY > 24 ? targetY - 4 : targetY + 13}>target ${target}%</text>`
    }
    ${lines.map((line) => svg`<polyline points=${line.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}></polyline>`)}
    ${lines.flat().map(({ x, y }) => svg`<circle cx=${x.toFixed(1)} cy=${y.toFixed(1)} r="3"></circle>`)}
  </svg>`;
}
