import type { Frame, Locator, Page } from 'playwright-core';
import { until } from '../polling.ts';

/** A line of a panel's table, as it is drawn. */
export interface DrawnLine {
  /** `rule`, `control`, `resource` or `more`. */
  readonly kind: string;
  readonly cells: readonly string[];
  readonly expanded: string | null;
  readonly active: boolean;
}

/** A pack's panel in the workbench: VS Code puts it into a frame within a frame. */
export class Panel {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  /** The open panel whose head names the pack, once it is there. */
  static async of(page: Page, pack: string): Promise<Panel> {
    const frame = await until(`the panel of ${pack}`, async () => {
      for (const frame of page.frames()) {
        const head = frame.locator('#panel h1').getByText(pack, { exact: true });
        if (await head.isVisible().catch(() => false)) return frame;
      }
      return undefined;
    });
    return new Panel(frame);
  }

  /** Everything that can be read in it. */
  text(): Promise<string> {
    return this.frame.locator('#panel').innerText();
  }

  /** Waits until it says something. */
  async says(words: string | RegExp, timeout = 15_000): Promise<void> {
    await this.frame.locator('#panel').filter({ hasText: words }).waitFor({ timeout });
  }

  /** A button, a tab or a field by what it is called. */
  get(role: 'button' | 'tab' | 'textbox' | 'combobox' | 'columnheader', name: string): Locator {
    return this.frame.getByRole(role, { name });
  }

  get grid(): Locator {
    return this.frame.locator('#grid');
  }

  /** The lines that are drawn, from the top. */
  lines(): Promise<DrawnLine[]> {
    return this.frame.locator('.lines > .line').evaluateAll((lines) =>
      lines.map((line) => ({
        kind: line.classList[1] ?? '',
        cells: [...line.children].map((cell) => (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim()),
        expanded: line.getAttribute('aria-expanded'),
        active: line.classList.contains('active'),
      })),
    );
  }

  /** The rules that are drawn, by their names in the template. */
  async rules(): Promise<string[]> {
    const rules = (await this.lines()).filter(({ kind }) => kind === 'rule');
    return rules.map(({ cells }) => (cells[0] ?? '').replace(/-conformance-pack-[a-z0-9]{9}$/, ''));
  }

  /** A property of the element that has the focus. */
  focused(property: 'id' | 'textContent'): Promise<string> {
    return this.frame.evaluate(`document.activeElement.${property}`);
  }

  /** Presses Tab until the focus is on the table. */
  async tabToGrid(): Promise<void> {
    await until('the focus on the table', async () => {
      if ((await this.focused('id')) === 'grid') return true;
      await this.frame.page().keyboard.press('Tab');
      return false;
    });
  }
}
