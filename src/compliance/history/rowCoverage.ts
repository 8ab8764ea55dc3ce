import type { AccountAndRegion, AggregateRow } from '../model.ts';
import type { RowsReading, RowsSubject } from './reading.ts';

type Filter = RowsSubject['filter'];

/** Several readings of one aggregator as one: each row as the latest reading that covers it has it. */
export class RowCoverage {
  /** The latest reading of each filter. */
  readonly #readings = new Map<string, RowsReading>();
  readonly rows: readonly AggregateRow[];

  constructor(readings: readonly RowsReading[]) {
    for (const reading of readings.toSorted((a, b) => a.readAt - b.readAt))
      this.#readings.set(getFilterKey(reading.filter), reading);
    this.rows = [...this.#readings.values()].flatMap((reading) =>
      reading.rows.filter((row) => this.#findReading(getFilters(row)) === reading),
    );
  }

  /** Whether a reading would contain the row if it existed. */
  covers(row: AggregateRow): boolean {
    return this.#findReading(getFilters(row)) !== undefined;
  }

  /** Whether every pack of an account and region was read. */
  coversAll({ account, region }: AccountAndRegion): boolean {
    return this.#findReading(getFilters({ account, region })) !== undefined;
  }

  /** The latest reading with one of the filters. */
  #findReading(filters: readonly Filter[]): RowsReading | undefined {
    let latest: RowsReading | undefined;
    for (const filter of filters) {
      const reading = this.#readings.get(getFilterKey(filter));
      if (reading && (latest === undefined || reading.readAt > latest.readAt)) latest = reading;
    }
    return latest;
  }
}

/** All filters that match a row, or all rows of an account and region. */
function getFilters({ account, region, pack }: AccountAndRegion & Partial<Pick<AggregateRow, 'pack'>>): Filter[] {
  const ofScope: Filter[] = [{}, { account }, { region }, { account, region }];
  return pack === undefined ? ofScope : [...ofScope, ...ofScope.map((filter) => ({ ...filter, pack }))];
}

const getFilterKey = ({ account, region, pack }: Filter): string => JSON.stringify([account, region, pack]);
