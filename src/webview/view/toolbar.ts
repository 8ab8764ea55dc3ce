import { html, nothing, type TemplateResult } from 'lit';
import { complianceWord } from '../../compliance/filter.ts';
import { complianceTypes } from '../../compliance/model.ts';
import { allControls } from '../lines.ts';
import { exportFormats } from '../protocol.ts';
import { type Facts, type Tab, tabs, type View } from '../state.ts';
import { progressWords } from '../words.ts';
import type { Actions } from './actions.ts';

const tabNames: Record<Tab, string> = { rules: 'Rules', controls: 'By control', trend: 'Trend' };

/** Tabs, filters and what can be done with the whole of it. */
export function toolbarView(facts: Facts, view: View, actions: Actions): TemplateResult {
  const progress = progressWords(facts);
  return html`
    <div class="toolbar">
      <div role="tablist" aria-label="What is shown" @keydown=${(event: KeyboardEvent) => moveTab(event, view, actions)}>
        ${tabs.map(
          (tab) => html`<button role="tab" id="tab-${tab}" aria-controls="content" aria-selected=${tab === view.tab}
            tabindex=${tab === view.tab ? 0 : -1} @click=${() => actions.look({ tab })}>${tabNames[tab]}</button>`,
        )}
      </div>
      ${view.tab === 'trend' ? nothing : filtersView(facts, view, actions)}
      <span class="space"></span>
      <vscode-button secondary @click=${() => actions.send({ type: 'refresh' })}>Refresh</vscode-button>
      <label class="export">Export
        <select @change=${(event: Event) => chooseExport(event, actions)}>
          <option value="">as …</option>
          ${exportFormats.map((format) => html`<option value=${format}>${format === 'markdown' ? 'Markdown' : format.toUpperCase()}</option>`)}
        </select>
      </label>
    </div>
    <div class="progress" role="status">
      ${
        progress === ''
          ? pausedView(facts, actions)
          : html`<vscode-progress-bar aria-label="Reading" indeterminate></vscode-progress-bar>
        <span>${progress}</span> <vscode-button secondary @click=${() => actions.send({ type: 'cancel' })}>Cancel</vscode-button>`
      }
    </div>
  `;
}

/** Where reading was called off or has failed, the way on. */
function pausedView({ results }: Facts, actions: Actions) {
  if (!results || results.loading || (results.failing.complete && results.passing.complete)) return nothing;
  return html`<span>Not all results have been read.</span>
    <vscode-button secondary @click=${() => actions.send({ type: 'continue' })}>Go on</vscode-button>`;
}

function filtersView(facts: Facts, view: View, actions: Actions): TemplateResult {
  return html`
    <vscode-textfield placeholder="Filter rules" label="Filter rules" aria-label="Filter rules" .value=${view.text}
      @input=${(event: Event) => actions.look({ text: textOf(event) })}></vscode-textfield>
    <select aria-label="State" @change=${(event: Event) => actions.look({ compliance: complianceTypes.find((type) => type === textOf(event)) ?? '' })}>
      <option value="" .selected=${view.compliance === ''}>Any state</option>
      ${complianceTypes.map((type) => html`<option value=${type} .selected=${view.compliance === type}>${complianceWord(type)}</option>`)}
    </select>
    <select aria-label="Control" @change=${(event: Event) => actions.look({ control: textOf(event) })}>
      <option value="" .selected=${view.control === ''}>Any control</option>
      ${allControls(facts).map((control) => html`<option value=${control} .selected=${view.control === control}>${control}</option>`)}
    </select>
  `;
}

function moveTab({ key }: KeyboardEvent, view: View, actions: Actions): void {
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const tab = tabs[(tabs.indexOf(view.tab) + step + tabs.length) % tabs.length];
  if (step === 0 || !tab) return;
  actions.look({ tab });
  document.getElementById(`tab-${tab}`)?.focus();
}

function chooseExport(event: Event, actions: Actions): void {
  const format = exportFormats.find((each) => each === textOf(event));
  if (event.target instanceof HTMLSelectElement) event.target.value = '';
  if (format) actions.exportAs(format);
}

const textOf = ({ target }: Event): string =>
  target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
