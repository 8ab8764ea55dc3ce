import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { actUntil, until } from '../polling.ts';
import { attempt } from './attempt.ts';
import type { Tree } from './tree.ts';

/** A rendered line of a panel's table. */
export interface RenderedLine {
  /** `rule`, `control`, `resource` or `more`. */
  readonly kind: string;
  readonly cells: readonly string[];
  readonly expanded: string | null;
  readonly active: boolean;
}

type Role = 'button' | 'tab' | 'textbox' | 'combobox' | 'columnheader';

/** A pack's panel in the workbench. VS Code shows a webview in a frame within a frame. */
export class Panel {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  /** Waits for the visible panel with this pack's name as its heading. */
  static async find(page: Page, pack: string): Promise<Panel> {
    // After a reload of the window on a busy machine, the extension takes a while to start.
    return new Panel(await until(`the panel of ${pack}`, () => findFrame(page, pack), 90));
  }

  /** Opens a pack's panel from its row, the path's last label. */
  static async open(page: Page, tree: Tree, ...path: string[]): Promise<Panel> {
    const pack = path.at(-1) ?? '';
    const frame = await actUntil(
      () => tree.click(...path),
      async () => {
        const frame = await findFrame(page, pack);
        assert(frame, `No panel of ${pack}`);
        return frame;
      },
    );
    return new Panel(frame);
  }

  /** Returns the visible text. */
  getText(): Promise<string> {
    return this.frame.locator('#panel').innerText();
  }

  /** Waits until the panel shows a text. */
  async waitForText(text: string | RegExp, options?: { readonly timeout: number }): Promise<void> {
    await this.frame.locator('#panel').filter({ hasText: text }).waitFor(options);
  }

  /** Clicks a button or tab until the panel shows a text. */
  async clickUntilText(role: Role, name: string, text: string | RegExp): Promise<void> {
    await actUntil(
      () => this.getByRole(role, name).click(attempt),
      () => this.waitForText(text, attempt),
    );
  }

  getByRole(role: Role, name: string): Locator {
    return this.frame.getByRole(role, { name });
  }

  get grid(): Locator {
    return this.frame.locator('#grid');
  }

  /** Returns the rendered lines, from top to bottom. */
  getLines(): Promise<RenderedLine[]> {
    return this.frame.locator('.lines > .line').evaluateAll((lines) =>
      lines.map((line) => ({
        kind: line.classList[1] ?? '',
        cells: [...line.children].map((cell) => (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim()),
        expanded: line.getAttribute('aria-expanded'),
        active: line.classList.contains('active'),
      })),
    );
  }

  /** Returns the names of the rendered rules as they are in the template, without the pack's id. */
  async getRules(): Promise<string[]> {
    const rules = (await this.getLines()).filter(({ kind }) => kind === 'rule');
    return rules.map(({ cells }) => (cells[0] ?? '').replace(/-conformance-pack-[a-z0-9]{9}$/, ''));
  }

  /** Returns a property of the focused element. */
  getFocused(property: 'id' | 'textContent'): Promise<string> {
    return this.frame.evaluate(`document.activeElement.${property}`);
  }

  /** Presses Tab until the table has the focus. */
  async tabToGrid(): Promise<void> {
    await until('the focus on the table', async () => {
      if ((await this.getFocused('id')) === 'grid') return true;
      await this.frame.page().keyboard.press('Tab');
      return false;
    });
  }
}

async function findFrame(page: Page, pack: string): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    const heading = frame.locator('#panel h1').getByText(pack, { exact: true });
    if (await heading.isVisible().catch(() => false)) return frame;
  }
  return undefined;
}
