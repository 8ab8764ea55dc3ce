import { nothing } from 'lit';
import { formatAge } from '../../../compliance/text/age.ts';
import { exceptionNote, formatException } from '../../../compliance/text/exceptionText.ts';
import { html } from '../../shared/html.ts';
import type { PackHeader } from '../protocol.ts';
import type { TableRow } from '../rows.ts';
import { formatState } from '../text.ts';
import type { Actions } from './actions.ts';

/** Renders the focused row without truncation, and its actions. */
export function renderDetails(
  row: TableRow | undefined,
  header: PackHeader | undefined,
  now: number,
  actions: Actions,
) {
  if (row?.kind === 'rule') {
    const { rule } = row;
    return html`<section class="details" aria-label="Details">
      <p><strong>${rule.name}</strong> · ${formatState(rule)}</p>
      ${header?.aggregated ? nothing : html`<p>${rule.controls.length > 0 ? `Controls ${rule.controls.join(', ')}` : 'No controls'}</p>`}
      <vscode-button secondary @click=${() => actions.send({ type: 'copy', text: rule.name })}>Copy name</vscode-button>
      ${header?.canReevaluate ? html`<vscode-button secondary @click=${() => actions.send({ type: 'reevaluate', rules: [rule.name] })}>Re-evaluate…</vscode-button>` : nothing}
      <vscode-button secondary @click=${() => actions.send({ type: 'copyRule', rule: rule.name, as: 'link' })}>Copy link</vscode-button>
      <vscode-button secondary @click=${() => actions.send({ type: 'copyRule', rule: rule.name, as: 'markdown' })}>Copy rule as Markdown</vscode-button>
      ${renderOpenButton(header, () => actions.send({ type: 'openRule', rule: rule.name }))}
    </section>`;
  }
  if (row?.kind !== 'resource') return nothing;
  const { type, id, annotation, evaluatedAt, exception } = row.resource;
  return html`<section class="details" aria-label="Details">
    <p><strong><bdi>${id}</bdi></strong> · ${type}${evaluatedAt === undefined ? '' : ` · evaluated ${formatAge(evaluatedAt, now)}`}</p>
    ${annotation ? html`<p class="annotation"><bdi>${annotation}</bdi></p>` : nothing}
    ${exception ? html`<p class="annotation"><bdi>${formatException(exception)}</bdi>. ${exceptionNote}</p>` : nothing}
    <vscode-button secondary @click=${() => actions.send({ type: 'copy', text: id })}>Copy ID</vscode-button>
    <vscode-button secondary @click=${() => actions.send({ type: 'copyResource', rule: row.rule, resourceType: type, resourceId: id })}>Copy resource as Markdown</vscode-button>
    ${renderOpenButton(header, () => actions.send({ type: 'openResource', resourceType: type, resourceId: id }))}
  </section>`;
}

const renderOpenButton = (header: PackHeader | undefined, open: () => void) =>
  html`<vscode-button secondary title=${header?.aggregated ? `Sign in to account ${header.account} in your browser first` : nothing}
    @click=${open}>Open in Console</vscode-button>`;
