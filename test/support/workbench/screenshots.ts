import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cacheFolder, root } from '../folders.ts';

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 800, height: 900 } };

/** Where screenshots are written. */
export const screenshotFolder = join(cacheFolder, 'screenshots');

/**
 * Takes screenshots of a page for review: wide and narrow, light and dark. The workbench must follow the browser's color
 * scheme. With UPDATE_SCREENSHOTS set, the README's image of this name is updated.
 */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  await mkdir(screenshotFolder, { recursive: true });
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`.monaco-workbench.vs${colorScheme === 'dark' ? '-dark' : ':not(.vs-dark)'}`).waitFor();
      const path = join(screenshotFolder, `${name}-${size}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
  if (process.env.UPDATE_SCREENSHOTS) {
    await copyFile(join(screenshotFolder, `${name}-wide-dark.png`), join(root, 'media', `${name}.png`));
  }
}
