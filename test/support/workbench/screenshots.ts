import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cacheFolder, root } from '../folders.ts';

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 800, height: 900 } };

/**
 * Takes a page's picture wide and narrow, light and dark, for people to look at; its theme must follow the browser's.
 * Where UPDATE_SCREENSHOTS is set, the README's picture of that name is made anew.
 */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  const folder = join(cacheFolder, 'screenshots');
  await mkdir(folder, { recursive: true });
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`.monaco-workbench.vs${colorScheme === 'dark' ? '-dark' : ':not(.vs-dark)'}`).waitFor();
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
    }
  }
  if (process.env.UPDATE_SCREENSHOTS)
    await copyFile(join(folder, `${name}-wide-dark.png`), join(root, 'media', `${name}.png`));
}
