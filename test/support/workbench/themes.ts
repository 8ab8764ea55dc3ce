import type { Page } from 'playwright-core';
import { eventually } from '../polling.ts';
import { attempt } from './attempt.ts';
import { pick, quickInput, runCommand } from './quickInput.ts';

/** The labels of VS Code's themes that everything must be usable in, by the names of their screenshots. */
export const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
};

/** Selects a theme by its label. */
export async function selectTheme(page: Page, theme: string): Promise<void> {
  await eventually(async () => {
    await runCommand(page, 'Preferences: Color Theme');
    await quickInput(page).fill(theme, attempt);
    await pick(page, theme);
  });
}
