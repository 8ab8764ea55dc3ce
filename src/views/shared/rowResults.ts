import type { List } from '../../compliance/paging/list.ts';
import { runInSlices, type SlicedWork } from '../../timeSlicing.ts';

/** More rows than this are computed in slices. Fewer take a few milliseconds. */
const maxRowsAtOnce = 10_000;

/** The results of one list by query. */
interface ListResults<Result> {
  rows: readonly unknown[];
  /** Results from `rows`. */
  readonly current: Map<string, Result>;
  /** Results from earlier rows, shown until the current ones are computed. */
  readonly earlier: Map<string, Result>;
  readonly computing: Set<string>;
}

/**
 * Results computed from the rows of lists, once per version of a list. Results from many rows are computed in slices
 * that do not hold the event loop.
 */
export class RowResults<Result> {
  readonly #onReady: (list: List<unknown>) => void;
  readonly #results = new WeakMap<List<unknown>, ListResults<Result>>();

  /** `onReady` is called when a result is available that `get` could not return at once. */
  constructor(onReady: (list: List<unknown>) => void) {
    this.#onReady = onReady;
  }

  /**
   * The result of a query over a list's rows; while it is being computed, that of earlier rows or undefined. `query`
   * identifies what `compute` does.
   */
  get<Row>(list: List<Row>, query: string, compute: (rows: readonly Row[]) => SlicedWork<Result>): Result | undefined {
    const { rows } = list;
    const results = this.#update(list);
    if (!results.current.has(query) && rows.length <= maxRowsAtOnce) {
      results.current.set(query, runAtOnce(compute(rows)));
    } else if (!results.current.has(query) && !results.computing.has(query)) {
      void this.#computeInSlices(list, query, compute(rows));
    }
    return results.current.get(query) ?? results.earlier.get(query);
  }

  /** Completes even if the list changes meanwhile: a list that grows all the time would never have a result. */
  async #computeInSlices(list: List<unknown>, query: string, computation: SlicedWork<Result>): Promise<void> {
    const { rows } = list;
    this.#update(list).computing.add(query);
    const result = await runInSlices(computation);
    const results = this.#update(list);
    results.computing.delete(query);
    (results.rows === rows ? results.current : results.earlier).set(query, result);
    this.#onReady(list);
  }

  /** The results of a list. After a change of its rows, the current results become earlier ones. */
  #update(list: List<unknown>): ListResults<Result> {
    const { rows } = list;
    const results = this.#results.get(list) ?? {
      rows,
      current: new Map<string, Result>(),
      earlier: new Map<string, Result>(),
      computing: new Set<string>(),
    };
    this.#results.set(list, results);
    if (results.rows !== rows) {
      for (const [query, result] of results.current) results.earlier.set(query, result);
      results.current.clear();
      results.rows = rows;
    }
    return results;
  }
}

function runAtOnce<Result>(computation: SlicedWork<Result>): Result {
  for (;;) {
    const step = computation.next();
    if (step.done) return step.value;
  }
}
