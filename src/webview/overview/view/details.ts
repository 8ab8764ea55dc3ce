import { nothing } from 'lit';
import { isComplianceType } from '../../../compliance/text/states.ts';
import { html } from '../../shared/html.ts';
import { getOpenTitle, openRow } from '../openRow.ts';
import { type CellPosition, getRow, type OverviewData, type OverviewState } from '../state.ts';
import { describeRow, formatAccount, formatCode, formatDeployedState } from '../text.ts';
import type { OverviewActions } from './actions.ts';

/** Renders the focused row without truncation, or the rows of the focused cell, and their actions. */
export function renderDetails(data: OverviewData, state: OverviewState, actions: OverviewActions) {
  if (state.tab === 'matrix') return renderCellDetails(data, state, actions);
  const row = getRow(data, state.focus.index);
  if (!row || row.kind === 'heading') return nothing;
  const openTitle = getOpenTitle(row);
  return html`<section class="details" aria-label="Details">
    <p><strong>${describeRow(row)}</strong></p>
    ${openTitle === undefined ? nothing : html`<vscode-button secondary @click=${() => openRow(row, actions)}>${openTitle}</vscode-button>`}
    <vscode-button secondary title="Copies the row and the rows below it"
      @click=${() => actions.send({ type: 'copyMarkdown', row: row.id })}>Copy as Markdown</vscode-button>
  </section>`;
}

/** The account, pack and state of a cell; undefined while it has not been received. */
export function getCell({ window }: OverviewData, { row, column }: CellPosition) {
  const matrix = window?.matrix;
  const account = window && matrix?.accounts[row - window.first];
  const pack = matrix?.packs[column - matrix.firstColumn];
  const code = window && matrix?.cells[row - window.first]?.[column - matrix.firstColumn];
  return account && pack !== undefined && code !== undefined ? { account, pack, code } : undefined;
}

/** Describes a cell in one line; undefined while it has not been received. */
export function describeCell(data: OverviewData, position: CellPosition): string | undefined {
  const cell = getCell(data, position);
  if (!cell) return undefined;
  return `${cell.pack} · ${formatAccount(cell.account)}: ${formatCode(cell.code, data.summary?.progress.isComplete ?? false)}`;
}

function renderCellDetails(data: OverviewData, state: OverviewState, actions: OverviewActions) {
  const focused = getCell(data, state.cell);
  if (!focused) return nothing;
  const { account, pack, code } = focused;
  const isLoaded = data.cell?.account === account.account && data.cell.pack === pack;
  const rows = isLoaded ? (data.cell?.rows ?? []) : [];
  const isComplete = data.summary?.progress.isComplete ?? false;
  return html`<section class="details cell-details" aria-label="Details" aria-live="polite">
    <p><strong>${pack}</strong> · ${formatAccount(account)}: ${formatCode(code, isComplete)}</p>
    <ul>${rows.map(
      (
        row,
      ) => html`<li>${row.region} · <span class="state ${isComplianceType(row.compliance) ? row.compliance : ''}">${formatDeployedState(row)}</span>
        <button class="link" aria-label="Open ${pack} in ${row.region}"
          @click=${() => actions.send({ type: 'openPack', account: row.account, pack: row.pack, region: row.region })}>Open pack</button></li>`,
    )}</ul>
  </section>`;
}
