import type { Locator, Page } from 'playwright-core';
import { actUntil, eventually } from '../polling.ts';
import { attempt } from './attempt.ts';

/** A visible row of a tree. */
export interface Row {
  readonly index: number;
  /** The exact name of a row that shows a part of it. */
  readonly label: string;
  /** The text that the row shows. */
  readonly text: string;
  readonly description: string;
  readonly level: number;
  readonly expanded: boolean;
}

/**
 * A tree view in the workbench. VS Code renders only the rows in the viewport, so the page must be tall enough for all
 * of them. A path names a row by its label, after the labels of ancestors where needed: `'1234 · eu-central-1', 'a-pack'`.
 */
export class Tree {
  readonly #page: Page;
  readonly #rows: Locator;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.#rows = page.getByRole('tree', { name }).locator('.monaco-list-rows > .monaco-list-row');
  }

  /** Returns every row, from top to bottom. */
  async getRows(): Promise<Row[]> {
    const rows = await this.#rows.evaluateAll((elements) =>
      elements.map((row) => ({
        index: Number(row.getAttribute('data-index')),
        text: row.querySelector('.label-name')?.textContent ?? '',
        name: row.getAttribute('aria-label') ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        level: Number(row.getAttribute('aria-level')),
        expanded: row.getAttribute('aria-expanded') === 'true',
      })),
    );
    return rows
      .map(({ name, ...row }) => ({ ...row, label: /^…| \(org\)$/.test(row.text) ? getPackName(name) : row.text }))
      .sort((a, b) => a.index - b.index);
  }

  /** Returns the descendants of a row. */
  async getRowsBelow(...path: string[]): Promise<Row[]> {
    const rows = await this.getRows();
    const start = findIndex(rows, path);
    const level = rows[start]?.level ?? 0;
    const end = rows.findIndex((row, index) => index > start && row.level <= level);
    return rows.slice(start + 1, end < 0 ? rows.length : end);
  }

  /** Returns a row's badge, empty without one, and whether the first word of its description is visible. */
  async measure(...path: string[]): Promise<{ readonly badge: string; readonly hasDescription: boolean }> {
    const index = findIndex(await this.getRows(), path);
    return this.#rows.and(this.#page.locator(`[data-index="${index}"]`)).evaluate((row) => {
      const [label, description] = ['.monaco-icon-label', '.label-description'].map((each) => row.querySelector(each));
      const [text] = description?.childNodes ?? [];
      if (!label || !text) throw new Error(`No label or description in ${row.textContent}`);
      const word = row.ownerDocument.createRange();
      word.setStart(text, 0);
      word.setEnd(text, /^\S*/.exec(text.textContent ?? '')?.[0].length ?? 0);
      const container = description?.closest('.monaco-icon-label-container')?.getBoundingClientRect();
      const style = row.ownerDocument.defaultView?.getComputedStyle(label, '::after');
      const content = style?.content ?? 'none';
      return {
        badge: content === 'none' ? '' : content.replaceAll('"', ''),
        hasDescription: word.getBoundingClientRect().right <= (container?.right ?? 0) + 1,
      };
    });
  }

  /** Expands a row and waits for rows below it. */
  async expand(...path: string[]): Promise<void> {
    const expand = async () => {
      const rows = await this.getRows();
      if (!rows[findIndex(rows, path)]?.expanded) await this.#click('.monaco-tl-twistie', path);
    };
    await actUntil(expand, async () => {
      if ((await this.getRowsBelow(...path)).length === 0) throw new Error(`No rows below ${path.join(' › ')}`);
    });
  }

  /** Clicks the label of a row. */
  async click(...path: string[]): Promise<void> {
    await eventually(() => this.#click('.label-name', path));
  }

  /** Clicks an icon of a row, which the row shows while the mouse is over it. */
  async clickAction(action: string, ...path: string[]): Promise<void> {
    await eventually(() => this.#click(`.actions a[aria-label="${action}"]`, path));
  }

  /** Picks an entry of a row's context menu, and waits until the menu is closed. */
  async pickMenuEntry(entry: string, ...path: string[]): Promise<void> {
    const item = this.#page.getByRole('menuitem', { name: entry });
    await eventually(async () => {
      // A menu that an earlier attempt opened before it had the entry would catch the click.
      await this.#page.keyboard.press('Escape');
      await this.#click('.label-name', path, 'right');
      await item.click(attempt);
      await item.waitFor({ ...attempt, state: 'detached' });
    });
  }

  /** Clicks a part of a row. The row is found by its index and label, because new rows above it move it. */
  async #click(part: string, path: readonly string[], button: 'left' | 'right' = 'left'): Promise<void> {
    const rows = await this.getRows();
    const index = findIndex(rows, path);
    const label = this.#page.getByText(rows[index]?.text ?? '', { exact: true });
    const row = this.#rows.and(this.#page.locator(`[data-index="${index}"]`)).filter({ has: label });
    await row.hover({ timeout: 1000 });
    await row.locator(part).click({ button, timeout: 1000 });
  }
}

/** A row that shows a part of its name is a pack. Its accessible label begins with its kind and ends with its state. */
const getPackName = (label: string): string => label.replace(/^(?:Pack|Organization pack) |, .*/g, '');

function findIndex(rows: readonly Row[], path: readonly string[]): number {
  let last = -1;
  for (const label of path) {
    last = rows.findIndex((row, index) => index > last && row.label === label);
    if (last < 0) throw new Error(`No row "${label}" in the tree:\n${rows.map(formatRow).join('\n')}`);
  }
  return last;
}

const formatRow = (row: Row) => `${'  '.repeat(row.level - 1)}${row.label} ${row.description}`.trimEnd();
