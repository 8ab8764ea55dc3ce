import type { CellValue } from './escaping.ts';
import type { RowLocation } from './exportQuery.ts';
import type { ReportRow, TableHead } from './report.ts';

export interface Column<Row> {
  readonly name: string;
  readonly getValue: (row: Row) => CellValue;
}

/** How rows of one type are exported. */
export interface Table<Row> {
  /** The columns of data formats. Their names are public: see `media/export.schema.json`. */
  readonly dataColumns: readonly Column<Row>[];
  /** The columns of reports. */
  readonly displayColumns: readonly Column<Row>[];
  /** The totals of the rows: a name for data formats, a label for reports. */
  readonly counters: readonly Counter<Row>[];
  readonly getLocation: (row: Row) => RowLocation;
}

export interface Counter<Row> {
  readonly name: string;
  readonly label: string;
  readonly matches: (row: Row) => boolean;
}

/** The names of a table's columns and counters, without the functions that compute them. */
export const toTableHead = <Row>({ dataColumns, displayColumns, counters }: Table<Row>): TableHead => ({
  dataColumns: dataColumns.map(({ name }) => name),
  displayColumns: displayColumns.map(({ name }) => name),
  counters: counters.map(({ name, label }) => ({ name, label })),
});

/** A row of a table. Its cells are computed on access, because a format needs either values or texts. */
export class TableRow<Row> implements ReportRow {
  readonly value: Row;
  readonly group: string | undefined;
  readonly #table: Table<Row>;

  constructor(table: Table<Row>, value: Row, group?: string) {
    this.#table = table;
    this.value = value;
    this.group = group;
  }

  get pack(): string {
    return this.#table.getLocation(this.value).pack;
  }

  get account(): string {
    return this.#table.getLocation(this.value).account;
  }

  get region(): string {
    return this.#table.getLocation(this.value).region;
  }

  get data(): readonly CellValue[] {
    return this.#table.dataColumns.map(({ getValue }) => getValue(this.value));
  }

  get display(): readonly string[] {
    return this.#table.displayColumns.map(({ getValue }) => String(getValue(this.value)));
  }

  get counted(): readonly string[] {
    return this.#table.counters.filter(({ matches }) => matches(this.value)).map(({ name }) => name);
  }
}
