import { type AggregateRow, getRowKey } from '../model.ts';
import { isResult } from './compareReadings.ts';
import { MergedRowReadings } from './mergedRowReadings.ts';
import type { RowsReading } from './reading.ts';

/** How the non-compliant rules of an aggregator's row differ from those of an earlier reading. */
export interface RowChange {
  /** Additional non-compliant rules; negative if there are fewer. Never 0. */
  readonly rules: number;
  /** The earlier number of non-compliant rules. */
  readonly before: number;
  /** When the earlier row was read, epoch milliseconds. */
  readonly since: number;
}

/** The rows of an aggregator at the last visit. */
export class RowBaseline {
  readonly #merged: MergedRowReadings;
  readonly #readings: readonly IndexedReading[];

  constructor(readings: readonly RowsReading[]) {
    this.#merged = new MergedRowReadings(readings);
    this.#readings = readings.map((reading) => new IndexedReading(reading));
  }

  /** The difference of a row; undefined if there is none, or its counts cannot be compared. */
  getChange(row: AggregateRow): RowChange | undefined {
    // A search among the filters costs more than these look-ups, and few rows differ.
    const different = this.#readings.filter((each) => isDifferent(each.findRow(row), row));
    const latest = different.length > 0 ? this.#merged.findReading(row) : undefined;
    const earlier = different.find(({ reading }) => reading === latest);
    const before = earlier?.findRow(row)?.nonCompliantRules;
    if (!earlier || before === undefined) return undefined;
    return { rules: row.nonCompliantRules - before, before, since: earlier.reading.readAt };
  }
}

/** Finds rows of a reading. Indexes each account when its first row is requested, because indexing all rows blocks the event loop. */
class IndexedReading {
  readonly reading: RowsReading;
  readonly #byAccount: ReadonlyMap<string, readonly AggregateRow[]>;
  readonly #indexes = new Map<string, ReadonlyMap<string, AggregateRow>>();

  constructor(reading: RowsReading) {
    this.reading = reading;
    this.#byAccount = Map.groupBy(reading.rows, ({ account }) => account);
  }

  findRow(row: AggregateRow): AggregateRow | undefined {
    let index = this.#indexes.get(row.account);
    if (!index) {
      index = new Map(this.#byAccount.get(row.account)?.map((each) => [getRowKey(each), each]));
      this.#indexes.set(row.account, index);
    }
    return index.get(getRowKey(row));
  }
}

/** Counts that came as impossible numbers, or with and without a result, are not compared. */
const isDifferent = (before: AggregateRow | undefined, after: AggregateRow): boolean =>
  before !== undefined &&
  before.countsText === undefined &&
  after.countsText === undefined &&
  (before.compliance === after.compliance || (isResult(before.compliance) && isResult(after.compliance))) &&
  before.nonCompliantRules !== after.nonCompliantRules;
