import { nothing, type TemplateResult } from 'lit';
import { html } from './html.ts';
import type { Problem } from './protocol.ts';

/** Runs an action of the problem with this title. */
interface ProblemActions {
  send(message: { readonly type: 'resolve'; readonly problem: string; readonly action: string }): void;
}

/** Renders errors, each with what to do about it. */
export function renderProblems(problems: readonly Problem[], actions: ProblemActions) {
  if (problems.length === 0) return nothing;
  return html`<div class="problems" role="alert"><ul>${problems.map((problem) => renderProblem(problem, actions))}</ul></div>`;
}

function renderProblem(problem: Problem, { send }: ProblemActions): TemplateResult {
  const { title, advice, subject, detail, actions = [] } = problem;
  return html`<li>
    <strong>${title}.</strong> ${advice}
    ${subject === undefined ? nothing : html`<div>Not loaded: ${subject}</div>`}
    <div class="detail" tabindex="0">${detail}</div>
    ${actions.map(
      (action) =>
        html`<vscode-button secondary @click=${() => send({ type: 'resolve', problem: title, action: action.kind })}>${action.title}</vscode-button> `,
    )}
  </li>`;
}
