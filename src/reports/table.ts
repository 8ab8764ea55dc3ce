import type { CellValue } from './escaping.ts';

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
  /** How a report orders the rows. */
  readonly orderDescription: string;
}

export interface Counter<Row> {
  readonly name: string;
  readonly label: string;
  readonly matches: (row: Row) => boolean;
}

/** What is known about an export after its last row. */
export interface ExportSummary {
  /** The number of rows and the value of each counter, by name. */
  readonly totals: Readonly<Record<string, number>>;
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

/** The parts of an exported file. */
export interface TableWriter<Row> {
  readonly header: string;
  readonly formatRow: (row: Row, index: number) => string;
  readonly formatFooter: (summary: ExportSummary) => string;
}
