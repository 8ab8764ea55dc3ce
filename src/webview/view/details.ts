import { html, nothing } from 'lit';
import { age } from '../../compliance/text/format.ts';
import type { Line } from '../lines.ts';
import { stateWords } from '../words.ts';
import type { Actions } from './actions.ts';

/** The focused line in full, with what can be done with it: lines of the table are cut, this is not. */
export function detailsView(line: Line | undefined, now: number, actions: Actions) {
  if (line?.kind === 'rule') {
    const { rule } = line;
    return html`<section class="details" aria-label="Details">
      <p><strong>${rule.name}</strong> · ${stateWords(rule)}</p>
      <p>${rule.controls.length > 0 ? `Controls ${rule.controls.join(', ')}` : 'No controls'}</p>
      <vscode-button secondary @click=${() => actions.send({ type: 'copy', text: rule.name })}>Copy name</vscode-button>
    </section>`;
  }
  if (line?.kind !== 'resource') return nothing;
  const { type, id, annotation, evaluatedAt } = line.resource;
  return html`<section class="details" aria-label="Details">
    <p><strong><bdi>${id}</bdi></strong> · ${type}${evaluatedAt === undefined ? '' : ` · evaluated ${age(evaluatedAt, now)}`}</p>
    ${annotation ? html`<p class="annotation"><bdi>${annotation}</bdi></p>` : nothing}
    <vscode-button secondary @click=${() => actions.send({ type: 'copy', text: id })}>Copy id</vscode-button>
    <vscode-button secondary @click=${() => actions.send({ type: 'openResource', resourceType: type, resourceId: id })}>Open in console</vscode-button>
  </section>`;
}
