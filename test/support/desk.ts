import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { ComplianceError, type ErrorKind } from '../../src/compliance/errors.ts';
import type { FetchPage } from '../../src/compliance/paging/pages.ts';
import type { Cursor } from '../../src/compliance/source.ts';

/** One request for a page, answered when the test says so. */
export interface PendingRequest<T> {
  readonly cursor: Cursor | undefined;
  readonly signal: AbortSignal;
  readonly answer: (items: readonly T[], next?: Cursor) => Promise<void>;
  readonly fail: (kind?: ErrorKind, operation?: string) => Promise<void>;
}

/** A `Fetch` that keeps every request waiting. It answers late, too: an abort alone ends nothing here. */
export class Desk<T> {
  readonly requests: PendingRequest<T>[] = [];

  readonly fetch: FetchPage<T> = ({ cursor, signal }) =>
    new Promise((resolve, reject) => {
      this.requests.push({
        cursor,
        signal,
        answer: (items, next) => {
          resolve({ items, next });
          return flushPromises();
        },
        fail: (kind = 'network', operation) => {
          reject(new ComplianceError(kind, `${kind} for a test`, operation === undefined ? {} : { operation }));
          return flushPromises();
        },
      });
    });

  /** The request that came last. */
  get last(): PendingRequest<T> {
    const last = this.requests.at(-1);
    assert(last, 'nothing was asked');
    return last;
  }

  get cursors(): (Cursor | undefined)[] {
    return this.requests.map(({ cursor }) => cursor);
  }
}

/** When every promise that can go on without the outside has done so. */
export const flushPromises = (): Promise<void> => setImmediate();

/** A service's list as it is: `size` rows to a page, the cursor is where it goes on. */
export function createPagedFetch<T>(rows: readonly T[], size: number): FetchPage<T> {
  return async ({ cursor = '0' }) => {
    const end = Number(cursor) + size;
    return { items: rows.slice(Number(cursor), end), next: end < rows.length ? String(end) : undefined };
  };
}
