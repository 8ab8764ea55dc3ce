import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { ComplianceError, type ErrorKind } from '../../src/compliance/errors.ts';
import type { FetchPage } from '../../src/compliance/paging/pages.ts';
import type { Cursor } from '../../src/compliance/source.ts';

/** A request for a page that the test completes. `respond` and `fail` resolve once the caller has handled the outcome. */
export interface PendingRequest<T> {
  readonly cursor: Cursor | undefined;
  readonly signal: AbortSignal;
  readonly respond: (items: readonly T[], next?: Cursor) => Promise<void>;
  readonly fail: (kind?: ErrorKind, operation?: string) => Promise<void>;
}

/**
 * A fake service behind a `FetchPage`, like a desk where requests queue up: each stays pending until the test responds or
 * fails it. A request that was aborted can still be completed, as a late response would be.
 */
export class Desk<T> {
  readonly requests: PendingRequest<T>[] = [];

  readonly fetch: FetchPage<T> = ({ cursor, signal }) =>
    new Promise((resolve, reject) => {
      this.requests.push({
        cursor,
        signal,
        respond: (items, next) => {
          resolve({ items, next });
          return flushPromises();
        },
        fail: (kind = 'connectionFailed', operation) => {
          reject(new ComplianceError(kind, `${kind} for a test`, operation === undefined ? {} : { operation }));
          return flushPromises();
        },
      });
    });

  /** The most recent request. */
  get last(): PendingRequest<T> {
    const last = this.requests.at(-1);
    assert(last, 'No request was made');
    return last;
  }

  get cursors(): (Cursor | undefined)[] {
    return this.requests.map(({ cursor }) => cursor);
  }
}

/** Resolves when every promise that does not depend on I/O or timers has settled. */
export const flushPromises = (): Promise<void> => setImmediate();

/** Returns pages of `size` rows; the cursor is the index of the next row. */
export function createPagedFetch<T>(rows: readonly T[], size: number): FetchPage<T> {
  return async ({ cursor = '0' }) => {
    const end = Number(cursor) + size;
    return { items: rows.slice(Number(cursor), end), next: end < rows.length ? String(end) : undefined };
  };
}
