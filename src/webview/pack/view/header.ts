import { nothing, svg, type TemplateResult } from 'lit';
import { formatAge } from '../../../compliance/text/age.ts';
import { formatScopeWithLabels } from '../../../compliance/text/format.ts';
import { formatComputed, formatPercent } from '../../../compliance/text/score.ts';
import { explainScoreChange } from '../../../compliance/text/scoreChange.ts';
import { formatDeploymentState } from '../../../compliance/text/states.ts';
import { html } from '../../shared/html.ts';
import { renderProblems } from '../../shared/problems.ts';
import type { PackHeader } from '../protocol.ts';
import type { PanelData } from '../state.ts';
import { formatResultCounts } from '../text.ts';
import type { Actions } from './actions.ts';
import { renderAggregatedHeader } from './aggregatedHeader.ts';

/** Renders the pack's name, scope and errors, and its score and deployment or an aggregator's counts. */
export function renderHeader(data: PanelData, header: PackHeader, now: number, actions: Actions): TemplateResult {
  const { aggregated } = header;
  return html`
    ${aggregated ? renderAggregatedHeader(data, header, aggregated, now) : renderOwnHeader(data, header, now)}
    ${renderProblems([...header.problems, ...(data.results?.problems ?? [])], actions)}
    ${data.results?.note === undefined ? nothing : html`<p class="note" role="note">${data.results.note}</p>`}
  `;
}

function renderOwnHeader(data: PanelData, header: PackHeader, now: number): TemplateResult {
  return html`
    <header>
      ${renderGauge(header)}
      <div class="about">
        <h1>${header.pack}</h1>
        <p>${formatScoreLine(header, now)}</p>
        ${header.scoreChange ? html`<p>${explainScoreChange(header.scoreChange, now)}</p>` : nothing}
        <p>${formatResultCounts(data)}</p>
        <p>${formatScopeWithLabels(header)} · ${header.connection}${formatReadTime(header, now)}</p>
        ${renderDeployment(header, now)}
      </div>
    </header>
  `;
}

function formatScoreLine({ score, target, isLoading, problems }: PackHeader, now: number): string {
  if (!score && isLoading) return 'Reading the score …';
  if (!score) return problems.length > 0 ? 'Score not loaded' : 'No score available';
  const computed = formatComputed(score.updatedAt, now);
  if (score.percent === undefined)
    return score.text === 'no score' ? 'Nothing evaluated yet' : `${score.text} · ${computed}`;
  return `Score ${formatPercent(score.percent)} · ${computed} · target ${target}%`;
}

const formatReadTime = ({ readAt }: PackHeader, now: number): string =>
  readAt === undefined ? '' : ` · loaded ${formatAge(readAt, now)}`;

function renderDeployment({ deployment }: PackHeader, now: number) {
  if (!deployment) return nothing;
  const { state, reason, requestedAt, completedAt, stack } = deployment;
  const times = [
    requestedAt !== undefined && `requested ${formatAge(requestedAt, now)}`,
    completedAt !== undefined && `completed ${formatAge(completedAt, now)}`,
  ].filter((part) => typeof part === 'string');
  return html`
    <p class=${state.endsWith('_FAILED') ? 'failed' : ''}>Deployment ${[formatDeploymentState(state), ...times].join(' · ')}</p>
    ${reason ? html`<p class="failed reason" tabindex="0">${reason}</p>` : nothing}
    ${stack ? html`<p>Stack <a href=${stack.url}>${stack.name}</a></p>` : nothing}
  `;
}

const gaugeRadius = 42;
const gaugeLength = Math.PI * gaugeRadius;

/** Renders the score as a half circle with a mark at the target. */
function renderGauge({ score, target }: PackHeader): TemplateResult {
  const percent = score?.percent;
  const label = percent === undefined ? 'no score' : formatPercent(percent);
  const state = percent === undefined ? 'unknown' : percent >= target ? 'good' : 'poor';
  const arc = `M 8 50 A ${gaugeRadius} ${gaugeRadius} 0 0 1 92 50`;
  const angle = Math.PI * (1 - target / 100);
  const getPoint = (distance: number) => `${50 + Math.cos(angle) * distance} ${50 - Math.sin(angle) * distance}`;
  return html`<svg class="gauge ${state}" viewBox="0 0 100 58" role="img" aria-label="Score ${label}, target ${target}%">
    <path class="track" d=${arc}></path>
    ${percent === undefined ? nothing : svg`<path class="value" d=${arc} stroke-dasharray="${(gaugeLength * percent) / 100} ${gaugeLength}"></path>`}
    <path class="target" d="M ${getPoint(gaugeRadius - 8)} L ${getPoint(gaugeRadius + 8)}"></path>
    <text x="50" y="50" text-anchor="middle">${percent === undefined ? '–' : label}</text>
  </svg>`;
}
