import assert from 'node:assert/strict';

/** Reads RFC 4180: cells may be quoted, and then hold commas, line ends and doubled quotes. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let row: string[] = [];
  while (cells.lastIndex < text.length) {
    const { lastIndex } = cells;
    const [cell, quoted, bare = '', end] = cells.exec(text) ?? [];
    assert(cell, `no cell at ${JSON.stringify(text.slice(lastIndex, lastIndex + 40))}`);
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A cell without the apostrophes that keep a spreadsheet from running it. */
export const plain = (cell: string): string => cell.replace(/(?<=^|[;\t\r\n])'/g, '');

/** Whether a spreadsheet would run any of a cell, whichever separator it believes in. */
export const isFormula = (cell: string): boolean =>
  cell.split(/[;\t\r\n]/).some((part) => /^[=+\-@＝＋－＠]/.test(part));
