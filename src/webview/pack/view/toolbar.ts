import { nothing, type TemplateResult } from 'lit';
import { complianceTypes } from '../../../compliance/model.ts';
import { formatCompliance } from '../../../compliance/text/states.ts';
import { renderExportMenu } from '../../shared/exportMenu.ts';
import { getText } from '../../shared/getText.ts';
import { html } from '../../shared/html.ts';
import { renderTabs } from '../../shared/tabs.ts';
import type { PackOwners } from '../protocol.ts';
import { getControls, getOwnerFilter } from '../rows.ts';
import { getTabs, type PanelData, type Tab, type ViewState } from '../state.ts';
import { formatFilter, formatOrder, formatProgress, isIncomplete } from '../text.ts';
import type { Actions } from './actions.ts';

const tabNames: Record<Tab, string> = { rules: 'Rules', controls: 'By control', owners: 'By owner', trend: 'Trend' };

/** Renders tabs, filters, actions on the pack and the progress of loading. */
export function renderToolbar(data: PanelData, view: ViewState, actions: Actions): TemplateResult {
  const progress = formatProgress(data);
  return html`
    <div class="toolbar">
      ${renderTabs(tabNames, getTabs(data), view.tab, (tab) => actions.updateView({ tab }))}
      ${view.tab === 'trend' ? nothing : renderFilters(data, view, actions)}
      <span class="space"></span>
      <vscode-button secondary @click=${() => actions.send({ type: 'refresh' })}>Refresh</vscode-button>
      ${data.header?.canReevaluate ? renderReevaluate(view, actions) : nothing}
      <vscode-button secondary title="Copies the selected rules, or all that are shown, and the resources that are shown"
        @click=${() => actions.copyMarkdown()}>Copy as Markdown</vscode-button>
      ${renderExportMenu({
        subject: 'rules with their failing resources',
        filter: formatFilter(view, data),
        order: formatOrder(view),
        exportAs: actions.exportAs,
      })}
    </div>
    <div class="progress" role="status">
      ${
        progress === ''
          ? renderLoadMore(data, actions)
          : html`<vscode-progress-bar aria-label="Loading" indeterminate></vscode-progress-bar>
        <span>${progress}</span> <vscode-button secondary @click=${() => actions.send({ type: 'cancel' })}>Cancel</vscode-button>`
      }
    </div>
  `;
}

/** Offers to continue after loading was cancelled or failed. */
function renderLoadMore(data: PanelData, actions: Actions) {
  if (!isIncomplete(data)) return nothing;
  return html`<span>Some results haven’t loaded.</span>
    <vscode-button secondary @click=${() => actions.send({ type: 'loadMore' })}>Load more</vscode-button>`;
}

function renderFilters(data: PanelData, view: ViewState, actions: Actions): TemplateResult {
  return html`
    <vscode-textfield placeholder="Filter rules" label="Filter rules" aria-label="Filter rules" .value=${view.text}
      @input=${(event: Event) => actions.updateView({ text: getText(event) })}></vscode-textfield>
    <select aria-label="State" @change=${(event: Event) => actions.updateView({ compliance: complianceTypes.find((type) => type === getText(event)) ?? '' })}>
      <option value="" .selected=${view.compliance === ''}>Any state</option>
      ${complianceTypes.map((type) => html`<option value=${type} .selected=${view.compliance === type}>${formatCompliance(type)}</option>`)}
    </select>
    ${data.header?.aggregated ? nothing : [renderControlFilter(data, view, actions), renderResourceFilters(data, view, actions)]}
  `;
}

function renderControlFilter(data: PanelData, view: ViewState, actions: Actions): TemplateResult {
  return html`
    <select aria-label="Control" @change=${(event: Event) => actions.updateView({ control: getText(event) })}>
      <option value="" .selected=${view.control === ''}>Any control</option>
      ${getControls(data).map((control) => html`<option .value=${control} .selected=${view.control === control}>${control}</option>`)}
    </select>
  `;
}

/** Filters of failing resources. Excepted ones still count as failing. */
function renderResourceFilters(data: PanelData, view: ViewState, actions: Actions): TemplateResult {
  return html`
    <select aria-label="Exceptions" title="Excepted resources still count as failing"
      @change=${(event: Event) => actions.updateView({ hidesExceptions: getText(event) === 'without' })}>
      <option value="" .selected=${!view.hidesExceptions}>All resources</option>
      <option value="without" .selected=${view.hidesExceptions}>Without exception</option>
    </select>
    ${data.owners ? renderOwnerFilter(data.owners, getOwnerFilter(data, view), actions) : nothing}
  `;
}

function renderOwnerFilter({ groups }: PackOwners, selected: string, actions: Actions): TemplateResult {
  return html`
    <select aria-label="Owner" @change=${(event: Event) => actions.updateView({ owner: getText(event) })}>
      <option value="" .selected=${selected === ''}>Any owner</option>
      ${groups.map(({ id, label }) => html`<option .value=${id} .selected=${selected === id}>${label}</option>`)}
    </select>
  `;
}

/** Evaluates the selected rules, or those that fail. */
const renderReevaluate = ({ chosen }: ViewState, actions: Actions): TemplateResult => html`
  <vscode-button secondary title="Evaluates the selected rules, or those that fail. Asks for confirmation first"
    @click=${() => actions.send({ type: 'reevaluate', rules: chosen })}>Re-evaluate…</vscode-button>`;
