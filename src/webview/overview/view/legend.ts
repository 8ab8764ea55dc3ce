import type { TemplateResult } from 'lit';
import { html } from '../../shared/html.ts';
import type { MatrixTheme } from '../matrix/theme.ts';

const entries: readonly (readonly [code: string, text: string])[] = [
  ['C', 'compliant'],
  ['I', 'insufficient data'],
  ['1', 'non-compliant: up to ¼ of the rules'],
  ['2', 'up to ½'],
  ['3', 'up to ¾'],
  ['4', 'more'],
];

/** Explains the colors and symbols of the matrix. */
export const renderLegend = ({ cells }: MatrixTheme, isComplete: boolean): TemplateResult =>
  html`<p class="legend">
    ${entries.map(([code, text]) => html`<span class="entry"><span class="swatch" aria-hidden="true" .style=${`background: ${cells[code]?.fill}; color: ${cells[code]?.text}`}>${cells[code]?.symbol}</span> ${text}</span>`)}
    <span class="entry">${isComplete ? '– not deployed' : 'blank: nothing read so far'}</span>
  </p>`;
