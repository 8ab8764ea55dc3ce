import type { RequestRecord } from '../compliance/source.ts';

/** A request, and when it ended, epoch milliseconds. */
export interface EndedRequest extends RequestRecord {
  readonly at: number;
}

/** How many are kept: enough to see what led to a bug. */
const most = 20;

/** The last requests and the last failures, for a bug report. */
export class RecentRequests {
  #all: readonly EndedRequest[] = [];
  #failed: readonly EndedRequest[] = [];

  /** The last of all, oldest first. */
  get all(): readonly EndedRequest[] {
    return this.#all;
  }

  /** The last that failed, oldest first: others that followed do not push them out. */
  get failed(): readonly EndedRequest[] {
    return this.#failed;
  }

  add(record: RequestRecord, at: number): void {
    const ended = { ...record, at };
    this.#all = [...this.#all, ended].slice(-most);
    if (record.error !== undefined) this.#failed = [...this.#failed, ended].slice(-most);
  }
}
