import { nothing, type TemplateResult } from 'lit';
import { isComplianceType } from '../../../compliance/text/states.ts';
import { html } from '../../shared/html.ts';
import type { OverviewRow, OverviewTab, ShownAccount, ViewRange } from '../protocol.ts';
import { getRow, getTotal, type OverviewData, type OverviewState } from '../state.ts';
import { formatUnhealthyRegions, getCells } from '../text.ts';
import type { OverviewActions } from './actions.ts';

/** The height of a row in pixels. A fixed height allows rendering only the rows in view. */
export const rowHeight = 26;

type TableTab = Exclude<OverviewTab, 'matrix'>;

/** The columns after the name. */
const columnNames: Record<TableTab, readonly string[]> = {
  accounts: ['Account', 'Non-compliant packs', 'Share', 'Regions'],
  packs: ['Pack', 'Deployed', 'Non-compliant', 'Share'],
  rules: ['Rule', 'Accounts', 'Failing resources', 'Deployed rules'],
};

const tableLabels: Record<TableTab, string> = {
  accounts: 'Accounts, largest share of non-compliant packs first, then most of them, then by ID',
  packs: 'Packs, largest share of non-compliant accounts and regions first, then most of them, then by name',
  rules: 'Rules that fail, in most accounts first, then most failing resources, then by name',
};

/** Renders the rows in view as a tree grid. Rows that have not been received are empty. */
export function renderTable(
  data: OverviewData,
  state: OverviewState,
  tab: TableTab,
  { first, count }: ViewRange,
  actions: OverviewActions,
): TemplateResult {
  const total = getTotal(data, state);
  const { index: active } = state.focus;
  const indexes = Array.from({ length: Math.max(0, Math.min(count, total - first)) }, (_, index) => first + index);
  const isRendered = indexes.includes(active);
  return html`
    <div class="grid ${tab}" role="treegrid" id="grid" tabindex="0" aria-label=${tableLabels[tab]}
      aria-rowcount=${total + 1} aria-activedescendant=${isRendered ? getDomId(active) : nothing}>
      <div class="line head" role="row" aria-rowindex="1" title=${tableLabels[tab]}>
        ${columnNames[tab].map((name, index) => html`<div class="cell ${index === 0 ? 'name-column' : 'number'}" role="columnheader">${name}</div>`)}
      </div>
      <div class="lines" role="presentation" .style=${`height: ${total * rowHeight}px`}>
        ${indexes.map((index) => {
          const row = getRow(data, index);
          return html`<div class="line ${row?.kind ?? 'pending'} ${index === active ? 'active' : ''}" role="row" id=${getDomId(index)}
            .style=${`top: ${index * rowHeight}px`} data-index=${index} aria-rowindex=${index + 2} aria-level=${row?.level ?? 1}
            aria-selected=${index === active} aria-expanded=${(row && 'unfolded' in row ? row.unfolded : undefined) ?? nothing}>
            ${row ? renderCells(row, index, actions) : html`<div class="cell" role="gridcell">…</div>`}
          </div>`;
        })}
      </div>
    </div>
  `;
}

function renderCells(row: OverviewRow, index: number, actions: OverviewActions): TemplateResult {
  const [name, ...numbers] = getCells(row);
  const unfolded = 'unfolded' in row ? row.unfolded : undefined;
  const compliance = row.kind === 'deployedPack' ? row.compliance : undefined;
  return html`
    <div class="cell name-column level-${row.level}" role="gridcell">
      <span class="twistie ${unfolded === undefined ? 'none' : ''} ${unfolded ? 'open' : ''}" aria-hidden="true"
        @click=${() => unfolded !== undefined && actions.toggleRow(row.id, index)}></span>
      <span class="name">${name}</span>
      ${row.kind === 'account' || row.kind === 'lackingAccount' ? renderUnhealthyRegions(row) : nothing}
      ${row.kind === 'deployedPack' ? renderOpenButton(row, actions) : nothing}
    </div>
    ${numbers.map((text, column) => html`<div class="cell number ${column === 0 && isComplianceType(compliance) ? compliance : ''}" role="gridcell">${text}</div>`)}
  `;
}

function renderUnhealthyRegions(account: ShownAccount) {
  const text = formatUnhealthyRegions(account);
  return text === '' ? nothing : html`<span class="unhealthy failed" title=${text}>${text}</span>`;
}

function renderOpenButton(row: OverviewRow & { readonly kind: 'deployedPack' }, actions: OverviewActions) {
  const { account, pack, region } = row;
  return html`<button class="link open" tabindex="-1" aria-label="Open ${pack} of ${account} in ${region}"
    @click=${() => actions.send({ type: 'openPack', account, pack, region })}>Open</button>`;
}

const getDomId = (index: number): string => `line-${index}`;
