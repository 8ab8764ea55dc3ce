import { formatPercent } from '../../compliance/text/score.ts';

const radius = 42;
const length = Math.PI * radius;

/** A published score, 0–100, as a half circle with a text alternative. */
export function formatGauge(percent: number): string {
  const label = formatPercent(percent);
  const arc = `M 8 50 A ${radius} ${radius} 0 0 1 92 50`;
  const value =
    percent === 0
      ? ''
      : `<path class="value" d="${arc}" stroke-dasharray="${((length * percent) / 100).toFixed(2)} ${length.toFixed(2)}"/>`;
  return `<svg class="gauge" viewBox="0 0 100 58" role="img" aria-label="Published score ${label}">
<path class="track" d="${arc}"/>${value}<text x="50" y="50" text-anchor="middle">${label}</text>
</svg>
`;
}
