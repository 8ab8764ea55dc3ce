import { nothing, type TemplateResult } from 'lit';
import { complianceTypes } from '../../compliance/model.ts';
import { formatCompliance } from '../../compliance/text/states.ts';
import { getControls } from '../rows.ts';
import { getTabs, type PanelData, type Tab, type ViewState } from '../state.ts';
import { formatFilter, formatOrder, formatProgress, isIncomplete } from '../text.ts';
import type { Actions } from './actions.ts';
import { renderExportMenu } from './exportMenu.ts';
import { getText } from './getText.ts';
import { html } from './html.ts';
import { renderTabs } from './tabs.ts';

const tabNames: Record<Tab, string> = { rules: 'Rules', controls: 'By control', trend: 'Trend' };

/** Renders tabs, filters, actions on the pack and the progress of loading. */
export function renderToolbar(data: PanelData, view: ViewState, actions: Actions): TemplateResult {
  const progress = formatProgress(data);
  return html`
    <div class="toolbar">
      ${renderTabs(tabNames, getTabs(data), view.tab, (tab) => actions.updateView({ tab }))}
      ${view.tab === 'trend' ? nothing : renderFilters(data, view, actions)}
      <span class="space"></span>
      <vscode-button secondary @click=${() => actions.send({ type: 'refresh' })}>Refresh</vscode-button>
      <vscode-button secondary title="Copies the selected rules, or all that are shown, and the resources that are shown"
        @click=${() => actions.copyMarkdown()}>Copy as Markdown</vscode-button>
      ${renderExportMenu({
        subject: 'rules with their failing resources',
        filter: formatFilter(view),
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
    ${data.header?.aggregated ? nothing : renderControlFilter(data, view, actions)}
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
