import type { RequestRecord } from '../../compliance/source.ts';

/** A request, and when it ended, epoch milliseconds. */
export interface CompletedRequest extends RequestRecord {
  readonly at: number;
}

/** How many are kept: enough to see what led to a bug. */
const most = 20;

/** The last requests and the last failures, for a bug report. */
export class RequestHistory {
  #all: readonly CompletedRequest[] = [];
  #failed: readonly CompletedRequest[] = [];

  /** The last of all, oldest first. */
  get all(): readonly CompletedRequest[] {
    return this.#all;
  }

  /** The last that failed, oldest first: others that followed do not push them out. */
  get failed(): readonly CompletedRequest[] {
    return this.#failed;
  }

  add(record: RequestRecord, at: number): void {
    const ended = { ...record, at };
    this.#all = [...this.#all, ended].slice(-most);
    if (record.error !== undefined) this.#failed = [...this.#failed, ended].slice(-most);
  }
}
