import type { AccountAndRegion, AggregateRow } from '../model.ts';
import type { RowsListId, RowsReading } from './reading.ts';

type Filter = RowsListId['filter'];

/** A row, or an account and region. */
type RowScope = AccountAndRegion & Partial<Pick<AggregateRow, 'pack'>>;

/** Several readings of one aggregator as one: each row as the latest reading that covers it has it. */
export class MergedRowReadings {
  /** The latest reading of each filter. */
  readonly #readings = new Map<string, RowsReading>();

  constructor(readings: readonly RowsReading[]) {
    for (const reading of readings.toSorted((a, b) => a.readAt - b.readAt))
      this.#readings.set(getFilterKey(reading.filter), reading);
  }

  getRows(): readonly AggregateRow[] {
    return [...this.#readings.values()].flatMap((reading) =>
      reading.rows.filter((row) => this.findReading(row) === reading),
    );
  }

  /** Whether a reading would contain the row if it existed; without a pack, every row of the account and region. */
  covers(row: RowScope): boolean {
    return this.findReading(row) !== undefined;
  }

  /** The latest reading that would contain the row if it existed; without a pack, every row of the account and region. */
  findReading(row: RowScope): RowsReading | undefined {
    let latest: RowsReading | undefined;
    for (const filter of getFilters(row)) {
      const reading = this.#readings.get(getFilterKey(filter));
      if (reading && (latest === undefined || reading.readAt > latest.readAt)) latest = reading;
    }
    return latest;
  }
}

/** All filters that match a row, or all rows of an account and region. */
function getFilters({ account, region, pack }: RowScope): Filter[] {
  const ofScope: Filter[] = [{}, { account }, { region }, { account, region }];
  return pack === undefined ? ofScope : [...ofScope, ...ofScope.map((filter) => ({ ...filter, pack }))];
}

const getFilterKey = ({ account, region, pack }: Filter): string => JSON.stringify([account, region, pack]);
