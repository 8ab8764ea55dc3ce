import type { Page } from '../compliance/source.ts';

/** The only page of a list. */
export const toPage = <T>(items: readonly T[]): Page<T> => ({ items, next: undefined });
