import type { Locator, Page } from 'playwright-core';
import { eventually, until } from '../polling.ts';

/** A row of a tree, as a person sees it. */
export interface Row {
  readonly index: number;
  readonly label: string;
  readonly description: string;
  readonly level: number;
  readonly expanded: boolean;
}

/**
 * A tree view in the workbench. VS Code draws only the rows in sight, so the page must be tall enough for all of them.
 * A row is named by its label and, where that is not enough, by those above it: `'1234 · eu-central-1', 'a-pack'`.
 */
export class Tree {
  readonly #rows: Locator;

  constructor(page: Page, name: string) {
    this.#rows = page.getByRole('tree', { name }).locator('.monaco-list-rows > .monaco-list-row');
  }

  /** Every row, from the top to the end. */
  async rows(): Promise<Row[]> {
    const rows = await this.#rows.evaluateAll((elements) =>
      elements.map((row) => ({
        index: Number(row.getAttribute('data-index')),
        label: row.querySelector('.label-name')?.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        level: Number(row.getAttribute('aria-level')),
        expanded: row.getAttribute('aria-expanded') === 'true',
      })),
    );
    return rows.sort((a, b) => a.index - b.index);
  }

  /** The rows below one row, all levels of them. */
  async below(...path: string[]): Promise<Row[]> {
    const rows = await this.rows();
    const start = find(rows, path);
    const level = rows[start]?.level ?? 0;
    const end = rows.findIndex((row, index) => index > start && row.level <= level);
    return rows.slice(start + 1, end < 0 ? rows.length : end);
  }

  /** Opens a row by its twistie, and waits for rows below it. A click while the tree is drawn anew can be lost. */
  async expand(...path: string[]): Promise<void> {
    await eventually(async () => {
      const rows = await this.rows();
      if (!rows[find(rows, path)]?.expanded) await this.#click('.monaco-tl-twistie', path);
      await until(`rows below ${path.join(' › ')}`, async () => (await this.below(...path)).length > 0, 2);
    });
  }

  /** Clicks a row's label. */
  async click(...path: string[]): Promise<void> {
    await this.#click('.label-name', path);
  }

  /** Opens a row's menu. */
  async openMenu(...path: string[]): Promise<void> {
    await this.#click('.label-name', path, 'right');
  }

  /** Clicks a part of a row. Rows that arrive above it push it away: then it is looked for again. */
  async #click(part: string, path: readonly string[], button: 'left' | 'right' = 'left'): Promise<void> {
    await eventually(async () => {
      const rows = await this.rows();
      const label = this.#rows.page().getByText(path.at(-1) ?? '', { exact: true });
      const row = this.#rows
        .and(this.#rows.page().locator(`[data-index="${find(rows, path)}"]`))
        .filter({ has: label });
      await row.locator(part).click({ button, timeout: 1000 });
    });
  }
}

function find(rows: readonly Row[], path: readonly string[]): number {
  let found = -1;
  for (const label of path) {
    found = rows.findIndex((row, index) => index > found && row.label === label);
    if (found < 0) throw new Error(`No row "${label}" in the tree:\n${rows.map(outline).join('\n')}`);
  }
  return found;
}

const outline = (row: Row) => `${'  '.repeat(row.level - 1)}${row.label} ${row.description}`.trimEnd();
