import type { Measurement } from './measurement.ts';

/** Prints measurements as a table with aligned columns. */
export function printTable(measurements: readonly Measurement[]): void {
  const rows = measurements.map(toCells);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    console.log(cells.join('  ').trimEnd());
  }
}

const toCells = ({ name, value, comparison = '', bound = '', holds }: Measurement): string[] => [
  name,
  value,
  comparison,
  bound,
  holds === undefined ? '' : holds ? 'holds' : 'BROKEN',
];
