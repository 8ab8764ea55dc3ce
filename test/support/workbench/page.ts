import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../folders.ts';
import { actUntil } from '../polling.ts';
import { attempt } from './attempt.ts';
import { runCommand } from './quickInput.ts';
import type { Server } from './server.ts';

/** A folder with templates that deploy packs of the demo estate. */
export const sampleFolder = join(root, 'test', 'support', 'workbench', 'sample');

/** Milliseconds. Generous, for a busy machine: a passing step returns at once. */
const defaultTimeout = 30_000;
const startTimeout = 90_000;
export interface LoadOptions {
  /** The workspace folder; the sample folder by default. */
  readonly folder?: string;
  /** The path of a module with a `run` function for the extension host. */
  readonly extensionTests?: string;
}

/** Loads the workbench into a page, with this project's extension under development. */
export async function loadWorkbench(page: Page, server: Server, options: LoadOptions = {}): Promise<void> {
  const { folder = sampleFolder, extensionTests } = options;
  const { host } = new URL(server.url);
  const payload = [
    ['extensionDevelopmentPath', `vscode-remote://${host}${root}`],
    ['skipWelcome', 'true'],
    ...(extensionTests ? [['extensionTestsPath', `vscode-remote://${host}${extensionTests}`]] : []),
  ];
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  page.setDefaultTimeout(defaultTimeout);
  await page.goto(`${server.url}/?${query}`, { timeout: startTimeout });
}

/** Waits until the activity bar shows a view container, which an extension may contribute late. */
export async function waitForContainer(page: Page, name: string): Promise<void> {
  await page.locator('.activitybar').getByRole('tab', { name }).waitFor({ timeout: startTimeout });
}

/** Opens a view container from the activity bar. */
export async function openContainer(page: Page, name: string): Promise<void> {
  await waitForContainer(page, name);
  const tab = page.locator('.activitybar').getByRole('tab', { name });
  const isOpen = async () => (await tab.getAttribute('aria-selected')) === 'true';
  // A click on an open container closes it.
  const open = async () => (await isOpen()) || tab.click(attempt);
  await actUntil(open, async () => assert(await isOpen(), `${name} is not open`));
}

/** Clicks an icon in the title of the view that is open in the sidebar. */
export async function clickViewAction(page: Page, name: string): Promise<void> {
  await page.locator('.sidebar .title-actions').getByRole('button', { name, exact: true }).click(attempt);
}

/** Reloads the window and waits until its page is loaded. */
export async function reloadWindow(page: Page): Promise<void> {
  await Promise.all([
    page.waitForEvent('load', { timeout: startTimeout }),
    runCommand(page, 'Developer: Reload Window'),
  ]);
}

/** Closes the editor with this title. */
export async function closeEditor(page: Page, title: string): Promise<void> {
  const tab = page.locator('.tab', { hasText: title });
  await actUntil(
    () => tab.click({ ...attempt, button: 'middle' }),
    async () => assert.equal(await tab.count(), 0, `The editor ${title} is still open`),
  );
}

/** Drags the edge of the sidebar until it has this width in pixels. */
export async function widenSidebar(page: Page, width: number): Promise<void> {
  const sidebar = page.locator('.part.sidebar');
  const drag = async () => {
    const box = await sidebar.boundingBox();
    if (!box) throw new Error('The sidebar is not visible');
    await page.mouse.move(box.x + box.width, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x + width, box.y + 300, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(0, 0);
  };
  await actUntil(drag, async () => {
    const box = await sidebar.boundingBox();
    assert(box && Math.abs(box.width - width) < 10, `The sidebar is ${box?.width} pixels wide`);
  });
}
