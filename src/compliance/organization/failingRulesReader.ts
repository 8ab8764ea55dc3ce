import { asComplianceError, ComplianceError } from '../errors.ts';
import type { AggregateRule } from '../organizationModel.ts';
import { type FetchPage, fetchPage, LoopDetector } from '../paging/pages.ts';
import type { Cursor } from '../source.ts';
import { FailingRules } from './failingRules.ts';

/** The pages are taken for a loop if they repeat this many more rules than there are. */
const maxRepeatedRules = 5_000;

/** Reads the rules of an aggregator that fail (DescribeAggregateComplianceByConfigRules). */
export class FailingRulesReader {
  readonly rules = new FailingRules();
  readonly #fetch: FetchPage<AggregateRule>;
  #loop = new LoopDetector();
  #cursor: Cursor | undefined;
  /** Rules since the first page that had been read before. */
  #repeatedRules = 0;
  #isComplete = false;
  #error: ComplianceError | undefined;

  /** `fetch` requests a page of non-compliant rules. */
  constructor(fetch: FetchPage<AggregateRule>) {
    this.#fetch = fetch;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Why the last reading ended early; undefined if it was aborted. */
  get error(): ComplianceError | undefined {
    return this.#error;
  }

  /** Reads what is missing. `onRows` is called after each page. An abort or an error keeps what has been read. Never rejects. */
  async read(signal: AbortSignal, onRows: () => void): Promise<void> {
    this.#error = undefined;
    let canRestart = true;
    while (!this.#isComplete) {
      try {
        await this.#readPage(signal);
        onRows();
      } catch (thrown) {
        if (signal.aborted) return;
        const error = asComplianceError(thrown);
        if (error.kind === 'staleCursor') this.#restart();
        if (error.kind !== 'staleCursor' || !canRestart) {
          this.#error = error;
          return;
        }
        canRestart = false;
      }
    }
  }

  async #readPage(signal: AbortSignal): Promise<void> {
    const { items, next } = await fetchPage(this.#fetch, { cursor: this.#cursor, signal }, this.#loop);
    const newRows = items.filter((rule) => this.rules.add(rule)).length;
    this.#cursor = next;
    this.#isComplete = next === undefined;
    this.#repeatedRules += items.length - newRows;
    // After a restart, all pages that had been read repeat their rules.
    this.#loop.addPage(items.length);
    if (!this.#isComplete && this.#repeatedRules > maxRepeatedRules + this.rules.length)
      throw new ComplianceError('staleCursor', 'The service returned only known rules.');
  }

  /** AWS Config no longer accepts the page token. Rules that have been read count once. */
  #restart(): void {
    this.#cursor = undefined;
    this.#loop = new LoopDetector();
    this.#repeatedRules = 0;
  }
}
