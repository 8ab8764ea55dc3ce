import assert from 'node:assert/strict';

/** Parses CSV (RFC 4180). Quoted cells may contain commas, line breaks and doubled quotes. */
export function parseCsv(text: string): string[][] {
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

/** Removes the apostrophes that keep spreadsheets from running a cell. */
export const unescapeFormulas = (cell: string): string => cell.replace(/(?<=^|[;\t\r\n])'/g, '');

/** Whether a spreadsheet would run a part of a cell, with any common separator. */
export const isFormula = (cell: string): boolean =>
  cell.split(/[;\t\r\n]/).some((part) => /^[=+\-@＝＋－＠]/.test(part));
