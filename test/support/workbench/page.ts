import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../folders.ts';
import type { Server } from './server.ts';
import { eventually, until } from '../polling.ts';

/** A folder with templates that deploy packs of the demo estate. */
export const sampleFolder = join(root, 'test', 'support', 'workbench', 'sample');

/** What a page's workbench is opened with. */
export interface WorkbenchOptions {
  /** The sample folder where absent. */
  readonly folder?: string;
  /** A module whose `run()` the extension host runs. */
  readonly extensionTests?: string;
}

/** Opens a folder in a page's workbench, with the extension of this project loaded for development. */
export async function loadWorkbench(page: Page, server: Server, options: WorkbenchOptions = {}): Promise<void> {
  const { folder = sampleFolder, extensionTests } = options;
  const { host } = new URL(server.url);
  const payload = [
    ['extensionDevelopmentPath', `vscode-remote://${host}${root}`],
    ['skipWelcome', 'true'],
    ...(extensionTests ? [['extensionTestsPath', `vscode-remote://${host}${extensionTests}`]] : []),
  ];
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  page.setDefaultTimeout(15_000);
  await page.goto(`${server.url}/?${query}`);
}

/** Opens a view container from the activity bar. */
export async function openContainer(page: Page, name: string): Promise<void> {
  await page.locator('.activitybar').getByRole('tab', { name }).click();
}

/** Clicks an icon in the title of the view that is open in the sidebar. */
export async function clickViewAction(page: Page, name: string): Promise<void> {
  await page.locator('.sidebar .title-actions').getByRole('button', { name, exact: true }).click();
}

/** Runs a command from the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  // A panel that is just opening may swallow the key.
  await eventually(async () => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input.input').fill(`>${title}`, { timeout: 3000 });
  });
  await choose(page, title);
}

/** Types into the picker or input box with this title. */
export async function typeInto(page: Page, title: string, text: string): Promise<void> {
  await titled(page, title).locator('input.input').fill(text);
}

/** The picker or input box with this title: one before it may have an entry of the same name. */
const titled = (page: Page, title: string) =>
  page.locator('.quick-input-widget', { has: page.locator('.quick-input-title', { hasText: title }) });

/** Answers the dialog that asks where to save. Until it proposes a name, what is typed is lost; it follows slowly. */
export async function saveAs(page: Page, title: string, proposed: string, path: string): Promise<void> {
  const dialog = titled(page, title);
  await until(`the name ${proposed}`, async () =>
    (await dialog.locator('input.input').inputValue()).endsWith(proposed),
  );
  const before = await dialog.locator('.quick-input-list').innerText();
  await typeInto(page, title, path);
  await until('the folder', async () => (await dialog.locator('.quick-input-list').innerText()) !== before);
  await page.keyboard.press('Enter');
}

/** Clicks an entry of the picker that is open. */
export async function choose(page: Page, entry: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first().click({ timeout: 3000 });
}

/** Opens a file of the folder by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+P');
  await page.locator('.quick-input-widget input.input').fill(name);
  await choose(page, name);
}

/** Drags the sidebar's edge until it is so wide. */
export async function widenSidebar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('The sidebar is not in sight');
  await page.mouse.move(box.x + box.width, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + width, box.y + 300, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}
