import type { TemplateResult } from 'lit';
import { html } from '../shared/html.ts';

/** Renders the tabs of a panel. Their content has the id `content`. */
export function renderTabs<Tab extends string>(
  names: Readonly<Record<Tab, string>>,
  tabs: readonly Tab[],
  selected: Tab,
  select: (tab: Tab) => void,
): TemplateResult {
  return html`<div role="tablist" aria-label="Views" @keydown=${(event: KeyboardEvent) => handleTabKey(event, tabs, selected, select)}>
    ${tabs.map(
      (tab) => html`<button role="tab" id="tab-${tab}" aria-controls="content" aria-selected=${tab === selected}
        tabindex=${tab === selected ? 0 : -1} @click=${() => select(tab)}>${names[tab]}</button>`,
    )}
  </div>`;
}

function handleTabKey<Tab extends string>(
  { key }: KeyboardEvent,
  tabs: readonly Tab[],
  selected: Tab,
  select: (tab: Tab) => void,
): void {
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const tab = tabs[(tabs.indexOf(selected) + step + tabs.length) % tabs.length];
  if (step === 0 || tab === undefined) return;
  select(tab);
  document.getElementById(`tab-${tab}`)?.focus();
}
