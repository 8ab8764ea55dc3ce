import type { Locator, Page } from 'playwright-core';
import { eventually, until } from '../polling.ts';
import { attempt } from './attempt.ts';

/** How long a flow of several pickers may take. */
const flowSeconds = 60;

/** The input of the open picker. */
export const quickInput = (page: Page): Locator => page.locator('.quick-input-widget input.input');

/** The rows of the open picker. */
export const quickPickRows = (page: Page): Locator => page.locator('.quick-input-list .monaco-list-row');

/** The picker or input box with this title. The title distinguishes it from the previous one. */
const findByTitle = (page: Page, title: string): Locator =>
  page.locator('.quick-input-widget', { has: page.locator('.quick-input-title', { hasText: title }) });

/**
 * Runs a command from the palette and picks these entries of the pickers that it opens. A picker that loses the focus
 * closes, which happens while VS Code starts or a panel opens: then everything is repeated from the palette on.
 */
export async function runCommand(page: Page, title: string, ...entries: string[]): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press('F1');
    await quickInput(page).fill(`>${title}`, attempt);
    await pick(page, title);
    for (const entry of entries) await pick(page, entry);
  }, flowSeconds);
}

/** Runs a command that opens a picker, until the picker has a row with this text. */
export async function openPicker(page: Page, command: string, row: string): Promise<void> {
  await eventually(async () => {
    await runCommand(page, command);
    await quickPickRows(page).filter({ hasText: row }).first().waitFor(attempt);
  }, flowSeconds);
}

/**
 * Picks an entry of the open picker, and waits until the entry is gone. This uses the keyboard, because rows that are
 * still moving cannot be clicked.
 */
export async function pick(page: Page, entry: string): Promise<void> {
  const rows = quickPickRows(page).filter({ hasText: entry });
  const row = rows.first();
  await row.waitFor(attempt);
  const focused = rows.and(page.locator('.focused'));
  for (let left = await quickPickRows(page).count(); (await focused.count()) === 0; left -= 1) {
    if (left < 0) throw new Error(`The entry ${entry} does not get the focus`);
    await quickInput(page).press('ArrowDown', attempt);
  }
  await quickInput(page).press('Enter', attempt);
  await row.waitFor({ ...attempt, state: 'hidden' });
}

/** Types into the picker or input box with this title. */
export async function typeInto(page: Page, title: string, text: string): Promise<void> {
  await findByTitle(page, title).locator('input.input').fill(text, attempt);
}

/** Presses Enter in the open picker or input box, and waits until it is closed. */
export async function acceptInput(page: Page): Promise<void> {
  await quickInput(page).press('Enter', attempt);
  await quickInput(page).waitFor({ ...attempt, state: 'hidden' });
}

/** Closes the open picker. */
export async function closePicker(page: Page): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press('Escape');
    await quickInput(page).waitFor({ ...attempt, state: 'hidden' });
  });
}

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press('ControlOrMeta+P');
    await quickInput(page).fill(name, attempt);
    await pick(page, name);
    await page.locator('.tab', { hasText: name }).waitFor(attempt);
  }, flowSeconds);
}

/** Completes a save dialog. It ignores what is typed until it proposes a name, and then lists the typed folder. */
export async function saveAs(page: Page, title: string, proposedName: string, path: string): Promise<void> {
  const dialog = findByTitle(page, title);
  const entries = dialog.locator('.quick-input-list');
  await until(`the name ${proposedName}`, async () =>
    (await dialog.locator('input.input').inputValue()).endsWith(proposedName),
  );
  const before = await entries.innerText();
  await typeInto(page, title, path);
  await until('the folder', async () => (await entries.innerText()) !== before);
  await acceptInput(page);
}
