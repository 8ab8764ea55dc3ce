import { attemptSeconds } from '../polling.ts';

/** Playwright's options for one attempt of a repeated action. */
export const attempt = { timeout: attemptSeconds * 1000 };
