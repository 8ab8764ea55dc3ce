import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { cacheFolder, root } from '../folders.ts';

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 800, height: 900 } };
const colorSchemes = ['light', 'dark'] as const;

/** Where screenshots are written. */
export const screenshotFolder = join(cacheFolder, 'screenshots');

/**
 * Takes screenshots of a page for review: wide and narrow, light and dark. The workbench must follow the browser's color
 * scheme.
 */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  await mkdir(screenshotFolder, { recursive: true });
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of colorSchemes) {
      await setColorScheme(page, colorScheme);
      const path = join(screenshotFolder, `${name}-${size}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
}

/**
 * Takes pictures of a part of the workbench for the README, light and dark. With UPDATE_SCREENSHOTS set, they replace
 * those in `docs/pictures`.
 */
export async function takePictures(part: Locator, name: string, prepare: () => Promise<void>): Promise<void> {
  await mkdir(screenshotFolder, { recursive: true });
  for (const colorScheme of colorSchemes) {
    await setColorScheme(part.page(), colorScheme);
    await prepare();
    const file = `${name}-${colorScheme}.png`;
    await part.screenshot({ path: join(screenshotFolder, file), animations: 'disabled' });
    if (process.env.UPDATE_SCREENSHOTS) await copyFile(join(screenshotFolder, file), join(root, 'docs/pictures', file));
  }
}

async function setColorScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`.monaco-workbench.vs${colorScheme === 'dark' ? '-dark' : ':not(.vs-dark)'}`).waitFor();
}
