import { html, nothing, svg, type TemplateResult } from 'lit';
import { age, formatPercent } from '../../compliance/text/format.ts';
import type { Head, Problem } from '../protocol.ts';
import type { Facts } from '../state.ts';
import { resultWords } from '../words.ts';

/** Whose pack it is, its score against the target, and its deployment. */
export function headView(facts: Facts, head: Head, now: number): TemplateResult {
  return html`
    <header>
      ${gauge(head)}
      <div class="about">
        <h1>${head.pack}</h1>
        <p>${scoreLine(head, now)}</p>
        <p>${resultWords(facts)}</p>
        <p>Account ${head.account} · region ${head.region} · ${head.connection}${readLine(head, now)}</p>
        ${deploymentView(head, now)}
      </div>
    </header>
    ${problemsView([...head.problems, ...(facts.results?.problems ?? [])])}
  `;
}

function scoreLine({ score, target, loading }: Head, now: number): string {
  if (!score) return loading ? 'Reading the score …' : 'No score is known for this pack';
  const computed =
    score.updatedAt === undefined ? 'computed at an unknown time' : `computed ${age(score.updatedAt, now)}`;
  if (score.percent === undefined)
    return `${score.words === 'no score' ? 'Nothing evaluated yet' : score.words} · ${computed}`;
  return `Score ${formatPercent(score.percent)} · ${computed} · target ${target}%`;
}

const readLine = ({ readAt }: Head, now: number): string => (readAt === undefined ? '' : ` · read ${age(readAt, now)}`);

function deploymentView({ deployment }: Head, now: number) {
  if (!deployment) return nothing;
  const { state, reason, requestedAt, completedAt, stack } = deployment;
  const times = [
    requestedAt !== undefined && `requested ${age(requestedAt, now)}`,
    completedAt !== undefined && `completed ${age(completedAt, now)}`,
  ].filter((part) => typeof part === 'string');
  return html`
    <p class=${state.endsWith('_FAILED') ? 'failed' : ''}>Deployment ${[state, ...times].join(' · ')}</p>
    ${reason ? html`<p class="failed reason" tabindex="0">${reason}</p>` : nothing}
    ${stack ? html`<p>Stack <a href=${stack.url}>${stack.name}</a></p>` : nothing}
  `;
}

/** What could not be read, each with its reason and what to do. */
export function problemsView(problems: readonly Problem[]) {
  if (problems.length === 0) return nothing;
  return html`<div class="problems" role="alert"><ul>
    ${problems.map(({ title, advice, detail }) => html`<li><strong>${title}.</strong> ${advice}<div class="detail" tabindex="0">${detail}</div></li>`)}
  </ul></div>`;
}

const radius = 42;
const length = Math.PI * radius;

/** The score as a half circle, with a mark where the target is; the text beside it says the same. */
function gauge({ score, target }: Head): TemplateResult {
  const percent = score?.percent;
  const words = percent === undefined ? 'no score' : formatPercent(percent);
  const state = percent === undefined ? 'unknown' : percent >= target ? 'good' : 'poor';
  const arc = `M 8 50 A ${radius} ${radius} 0 0 1 92 50`;
  const angle = Math.PI * (1 - target / 100);
  const at = (distance: number) => `${50 + Math.cos(angle) * distance} ${50 - Math.sin(angle) * distance}`;
  return html`<svg class="gauge ${state}" viewBox="0 0 100 58" role="img" aria-label="Score ${words}, target ${target}%">
    <path class="track" d=${arc}></path>
    ${percent === undefined ? nothing : svg`<path class="value" d=${arc} stroke-dasharray="${(length * percent) / 100} ${length}"></path>`}
    <path class="target" d="M ${at(radius - 8)} L ${at(radius + 8)}"></path>
    <text x="50" y="50" text-anchor="middle">${percent === undefined ? '–' : words}</text>
  </svg>`;
}
