import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { cacheFolder, root } from '../folders.ts';
import { reducePalette } from './palettePng.ts';

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

export interface PictureOptions {
  /** Runs in each color scheme before the picture is taken. */
  readonly prepare?: () => Promise<void>;
  /** What is further right or below is cut off, in pixels. */
  readonly maxSize?: { readonly width: number; readonly height: number };
  /** 128 by default. Fewer make the files smaller. */
  readonly maxColors?: number;
}

/**
 * Takes pictures of a part of the workbench, light and dark, such as `pictures/tree-light.png`. With UPDATE_SCREENSHOTS
 * set, they replace those in `media/`. Returns their sizes in bytes.
 */
export async function takePictures(
  part: Locator,
  name: string,
  { prepare, maxSize = { width: Infinity, height: Infinity }, maxColors = 128 }: PictureOptions = {},
): Promise<readonly number[]> {
  const page = part.page();
  const sizes: number[] = [];
  for (const colorScheme of colorSchemes) {
    await setColorScheme(page, colorScheme);
    await prepare?.();
    const box = await part.boundingBox();
    if (!box) throw new Error(`The part for the picture ${name} is not visible`);
    const { x, y, width, height } = box;
    const clip = { x, y, width: Math.min(width, maxSize.width), height: Math.min(height, maxSize.height) };
    const picture = await reducePalette(page, await page.screenshot({ clip, animations: 'disabled' }), maxColors);
    const file = `${name}-${colorScheme}.png`;
    for (const folder of [screenshotFolder, ...(process.env.UPDATE_SCREENSHOTS ? [join(root, 'media')] : [])]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), picture);
    }
    sizes.push(picture.length);
  }
  return sizes;
}

/** Waits until the workbench follows the browser's color scheme. */
async function setColorScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`.monaco-workbench.vs${colorScheme === 'dark' ? '-dark' : ':not(.vs-dark)'}`).waitFor();
}
