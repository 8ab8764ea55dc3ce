import type { RequestRecord } from '../../compliance/source.ts';

export interface CompletedRequest extends RequestRecord {
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

/** Enough requests to see what led to a bug. */
const maxRequests = 20;

/** The most recent requests and failures, for a bug report. */
export class RecentRequests {
  #all: readonly CompletedRequest[] = [];
  #failed: readonly CompletedRequest[] = [];

  /** The most recent requests, oldest first. */
  get all(): readonly CompletedRequest[] {
    return this.#all;
  }

  /** The most recent failed requests, oldest first. Successful requests do not displace them. */
  get failed(): readonly CompletedRequest[] {
    return this.#failed;
  }

  add(record: RequestRecord, endedAt: number): void {
    const request = { ...record, endedAt };
    this.#all = [...this.#all, request].slice(-maxRequests);
    if (record.error !== undefined) this.#failed = [...this.#failed, request].slice(-maxRequests);
  }
}
