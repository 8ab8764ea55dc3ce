import { nothing, type TemplateResult } from 'lit';
import { complianceTypes } from '../../../compliance/model.ts';
import { formatCompliance } from '../../../compliance/text/states.ts';
import { renderExportMenu } from '../../shared/exportMenu.ts';
import { getText } from '../../shared/getText.ts';
import { html } from '../../shared/html.ts';
import { renderTabs } from '../../shared/tabs.ts';
import {
  type AccountLabel,
  type OverviewFilter,
  type OverviewSummary,
  type OverviewTab,
  overviewTabs,
} from '../protocol.ts';
import { noFilter, type OverviewState } from '../state.ts';
import { formatFilter, formatProgress, getShownProgress } from '../text.ts';
import type { OverviewActions } from './actions.ts';

const tabNames: Record<OverviewTab, string> = {
  accounts: 'Accounts',
  packs: 'Packs',
  rules: 'Rules',
  matrix: 'Matrix',
};

/** Renders tabs, filters, actions and the progress of loading. */
export function renderToolbar(
  summary: OverviewSummary,
  suggestedAccounts: readonly AccountLabel[],
  state: OverviewState,
  actions: OverviewActions,
): TemplateResult {
  return html`
    <div class="toolbar">
      ${renderTabs(tabNames, overviewTabs, state.tab, (tab) => actions.updateState({ tab }))}
      <span class="space"></span>
      <vscode-button secondary @click=${() => actions.send({ type: 'refresh' })}>Refresh</vscode-button>
      ${renderExport(state, actions)}
    </div>
    <div class="toolbar filters" role="search" aria-label="Filter">${renderFilters(summary, suggestedAccounts, state, actions)}</div>
    <div class="progress" role="status">${renderProgress(summary, state, actions)}</div>
  `;
}

function renderExport({ filter, tab }: OverviewState, actions: OverviewActions) {
  return renderExportMenu({
    ...(tab === 'rules'
      ? {
          subject: 'the failing rules of each account and region',
          filter: formatFilter({ ...filter, pack: '', compliance: '' }),
          order: 'those that fail in most accounts first',
        }
      : {
          subject: 'the packs of each account and region',
          filter: formatFilter({ ...filter, rule: '' }),
          order: `grouped by ${tab === 'packs' ? 'pack' : 'account'}, worst first`,
        }),
    exportAs: (format, isEverything) =>
      actions.send({ type: 'export', format, tab, filter, ...(isEverything && { everything: true }) }),
  });
}

function renderFilters(
  { regions }: OverviewSummary,
  suggestedAccounts: readonly AccountLabel[],
  { filter, tab }: OverviewState,
  actions: OverviewActions,
) {
  const update = (change: Partial<OverviewFilter>) => actions.updateState({ filter: { ...filter, ...change } });
  const renderText = (member: 'pack' | 'rule', label: string) =>
    html`<vscode-textfield placeholder=${label} label=${label} aria-label=${label} .value=${filter[member]}
      @input=${(event: Event) => update({ [member]: getText(event) })}></vscode-textfield>`;
  return html`
    <input list="accounts" placeholder="Filter accounts" aria-label="Filter accounts" .value=${filter.account}
      @input=${(event: Event) => update({ account: getText(event) })}>
    <datalist id="accounts">${suggestedAccounts.map(({ account, name }) => html`<option value=${account}>${name}</option>`)}</datalist>
    ${tab === 'rules' ? renderText('rule', 'Filter rules') : renderText('pack', 'Filter packs')}
    <select aria-label="Region" @change=${(event: Event) => update({ region: getText(event) })}>
      <option value="" .selected=${filter.region === ''}>Any region</option>
      ${getRegionOptions(regions, filter.region).map((region) => html`<option .value=${region} .selected=${filter.region === region}>${region}</option>`)}
    </select>
    ${tab === 'rules' ? nothing : renderStateFilter(filter, update)}
    ${isFiltered(filter, tab) ? html`<vscode-button secondary @click=${() => actions.updateState({ filter: noFilter })}>Clear filter</vscode-button>` : nothing}
  `;
}

/** The rules are those that fail, in all packs. */
function renderStateFilter({ compliance }: OverviewFilter, update: (change: Partial<OverviewFilter>) => void) {
  return html`<select aria-label="State" @change=${(event: Event) => update({ compliance: complianceTypes.find((type) => type === getText(event)) ?? '' })}>
    <option value="" .selected=${compliance === ''}>Any state</option>
    ${complianceTypes.map((type) => html`<option value=${type} .selected=${compliance === type}>${formatCompliance(type)}</option>`)}
  </select>`;
}

/** A stored filter may have a region that has not been read yet. */
const getRegionOptions = (regions: readonly string[], selected: string): readonly string[] =>
  selected === '' || regions.includes(selected) ? regions : [selected, ...regions];

/** Whether the filter restricts what a tab shows. */
function isFiltered({ account, region, pack, rule, compliance }: OverviewFilter, tab: OverviewTab): boolean {
  const others = tab === 'rules' ? [rule] : [pack, compliance];
  return [account, region, ...others].some((value) => value !== '');
}

function renderProgress(summary: OverviewSummary, { tab }: OverviewState, actions: OverviewActions) {
  const progress = getShownProgress(summary, tab);
  if (!progress || (progress.isComplete && !progress.isLoading)) return nothing;
  const text = html`<span>${formatProgress(progress, tab)}</span>`;
  return progress.isLoading
    ? html`<vscode-progress-bar aria-label="Loading" indeterminate></vscode-progress-bar>${text}
      <vscode-button secondary @click=${() => actions.send({ type: 'cancel' })}>Cancel</vscode-button>`
    : html`${text} <vscode-button secondary @click=${() => actions.send({ type: 'loadMore' })}>Load more</vscode-button>`;
}
