import { formatPercent } from '../../compliance/text/score.ts';

const radius = 42;
const length = Math.PI * radius;

/** A published score, 0–100, as a half circle with a mark at the target, if there is one, and a text alternative. */
export function formatGauge(percent: number, target?: number): string {
  const label = formatPercent(percent);
  const targetLabel = target === undefined ? '' : `, target ${formatPercent(target)}`;
  const arc = `M 8 50 A ${radius} ${radius} 0 0 1 92 50`;
  const value =
    percent === 0
      ? ''
      : `<path class="value" d="${arc}" stroke-dasharray="${((length * percent) / 100).toFixed(2)} ${length.toFixed(2)}"/>`;
  return `<svg class="gauge" viewBox="0 0 100 58" role="img" aria-label="Published score ${label}${targetLabel}">
<path class="track" d="${arc}"/>${value}${target === undefined ? '' : formatTarget(target)}<text x="50" y="50" text-anchor="middle">${label}</text>
</svg>
`;
}

/** A mark across the half circle. */
function formatTarget(target: number): string {
  const angle = Math.PI * (1 - target / 100);
  const toPoint = (distance: number) =>
    `${(50 + Math.cos(angle) * distance).toFixed(2)} ${(50 - Math.sin(angle) * distance).toFixed(2)}`;
  return `<path class="target" d="M ${toPoint(radius - 8)} L ${toPoint(radius + 8)}"/>`;
}
