import type { TemplateResult } from 'lit';
import { html } from '../shared/html.ts';
import { type ExportFormat, exportFormats } from './protocol.ts';

const labels: Record<ExportFormat, string> = {
  csv: 'CSV',
  json: 'JSON',
  jsonl: 'JSON Lines',
  markdown: 'Markdown',
  html: 'HTML',
};

/** Values of options that export everything begin with this. */
const everythingPrefix = 'everything/';

interface ExportMenu {
  /** What is exported, such as `rules with their failing resources`. */
  readonly subject: string;
  /** The filter of the view as text; empty if nothing is filtered. */
  readonly filter: string;
  /** The order of the view as text. */
  readonly order: string;
  readonly exportAs: (format: ExportFormat, isEverything: boolean) => void;
}

/** Renders a choice of formats. With a filter, it offers what is shown and everything, and says what is left out. */
export function renderExportMenu({ subject, filter, order, exportAs }: ExportMenu): TemplateResult {
  const handleChange = ({ target }: Event) => {
    if (!(target instanceof HTMLSelectElement)) return;
    const [isEverything, name] = parseOption(target.value);
    target.value = '';
    const format = exportFormats.find((each) => each === name);
    if (format) exportAs(format, isEverything);
  };
  return html`<select class="export" aria-label="Export" title=${`Exports ${subject}, ${order}`} @change=${handleChange}>
    <option value="">Export as …</option>
    ${
      filter === ''
        ? renderOptions('')
        : html`<optgroup label=${`As shown: ${filter}`}>${renderOptions('')}</optgroup>
      <optgroup label="Everything">${renderOptions(everythingPrefix)}</optgroup>`
    }
  </select>`;
}

const renderOptions = (prefix: string) =>
  exportFormats.map((format) => html`<option value=${prefix + format}>${labels[format]}</option>`);

const parseOption = (value: string): readonly [isEverything: boolean, format: string] =>
  value.startsWith(everythingPrefix) ? [true, value.slice(everythingPrefix.length)] : [false, value];
