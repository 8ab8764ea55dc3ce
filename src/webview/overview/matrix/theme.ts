/** The colors of the matrix, from the theme of VS Code. */
export interface MatrixTheme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly border: string;
  readonly focus: string;
  /** The CSS font of texts. */
  readonly font: string;
  readonly cells: Readonly<Record<string, CellColors>>;
}

export interface CellColors {
  readonly symbol: string;
  readonly fill: string;
  readonly text: string;
}

/** Orange and blue differ for every kind of color vision. More contrast with the background means more failing rules. */
const lightCells: Readonly<Record<string, CellColors>> = {
  '1': { symbol: '⚠', fill: '#f8d0b0', text: '#5a2600' },
  '2': { symbol: '⚠', fill: '#ea9a62', text: '#3b1900' },
  '3': { symbol: '⚠', fill: '#c2570c', text: '#ffffff' },
  '4': { symbol: '⚠', fill: '#7f3300', text: '#ffffff' },
  I: { symbol: '∅', fill: '#e4e4e4', text: '#4a4a4a' },
  C: { symbol: '✓', fill: '#d3e6f7', text: '#0b4f85' },
};

const darkCells: Readonly<Record<string, CellColors>> = {
  '1': { symbol: '⚠', fill: '#5a3216', text: '#ffd9bf' },
  '2': { symbol: '⚠', fill: '#8f4a17', text: '#ffffff' },
  '3': { symbol: '⚠', fill: '#d9772a', text: '#1f0d00' },
  '4': { symbol: '⚠', fill: '#ffb066', text: '#1f0d00' },
  I: { symbol: '∅', fill: '#3c3c3c', text: '#d0d0d0' },
  C: { symbol: '✓', fill: '#173a57', text: '#9ccbf2' },
};

/** Reads the current theme of VS Code. */
export function readTheme(): MatrixTheme {
  const style = getComputedStyle(document.body);
  const get = (name: string, fallback: string) => style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const { classList } = document.body;
  const isDark = classList.contains('vscode-dark') || isDarkHighContrast(classList);
  const foreground = get('foreground', '#808080');
  return {
    foreground,
    muted: get('descriptionForeground', foreground),
    background: get('editor-background', 'transparent'),
    border: get('contrastBorder', get('panel-border', 'transparent')),
    focus: get('focusBorder', foreground),
    font: `${get('font-size', '13px')} ${get('font-family', 'sans-serif')}`,
    cells: isDark ? darkCells : lightCells,
  };
}

const isDarkHighContrast = (classList: DOMTokenList): boolean =>
  classList.contains('vscode-high-contrast') && !classList.contains('vscode-high-contrast-light');
