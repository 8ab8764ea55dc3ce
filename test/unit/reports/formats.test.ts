import assert from 'node:assert/strict';
import fc from 'fast-check';
import exportSchema from '../../../media/export.schema.json' with { type: 'json' };
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { AggregateRow } from '../../../src/compliance/model.ts';
import { type FormatName, formatNames, formats } from '../../../src/reports/formats.ts';
import type { About, Table } from '../../../src/reports/report.ts';
import { packTable, rowTable } from '../../../src/reports/tables.ts';
import { assertGolden } from '../../support/golden.ts';
import { now } from '../panel/fixtures.ts';
import { isFormula, plain, readCsv } from './csv.ts';
import { aboutPacks, aboutRows, anyPack, anyRow, fileOf, pack, records, scope } from './fixtures.ts';
import { misfits, type Schema } from './schema.ts';

const packs = packTable(scope, now);
const denied = new ComplianceError('denied', 'User: x is not authorized', {
  operation: 'DescribeConformancePackStatus',
  permission: 'config:DescribeConformancePackStatus',
});
const hostile = '=HYPERLINK("https://evil.example","a, b") | <img src=x onerror=alert(1)>\n[x](command:evil)';
const somePacks = [
  pack('security-baseline', undefined, 'CREATE_FAILED', hostile),
  pack('operational-best-practices-for-amazon-s3', 61.54, 'CREATE_COMPLETE'),
  pack('encryption', 100, 'CREATE_COMPLETE'),
];
const row = (name: string, compliance: AggregateRow['compliance'], compliantRules: number): AggregateRow => ({
  pack: name,
  account: '444455556666',
  region: 'us-east-1',
  compliance,
  compliantRules,
  nonCompliantRules: compliance === 'NON_COMPLIANT' ? 5 : 0,
  totalRules: compliantRules + 5,
});
const someRows = [row('a', 'NON_COMPLIANT', 58), row(hostile, 'INSUFFICIENT_DATA', 0), row('c', 'COMPLIANT', 3)];

describe('an export', () => {
  for (const format of formatNames) {
    // Golden files are no sources: nothing may format them.
    const ending = { csv: 'csv', json: 'json.txt', jsonl: 'jsonl', markdown: 'md', html: 'html.txt' }[format];
    it(`of packs as ${format} reads so`, () => {
      const file = fileOf(format, { ...aboutPacks, unread: [denied] }, packs, somePacks);
      assertGolden(import.meta.url, `packs.${ending}`, file);
    });
    it(`of an aggregator's rows as ${format} reads so`, () => {
      const about: About = { ...aboutRows, filter: { region: 'us-east-1' } };
      assertGolden(import.meta.url, `rows.${ending}`, fileOf(format, about, rowTable, someRows));
    });
    it(`of nothing as ${format} says that there is nothing`, () => {
      assertGolden(import.meta.url, `nothing.${ending}`, fileOf(format, aboutRows, rowTable, []));
    });
  }
});

/** The same properties of packs and of an aggregator's rows. */
function both(check: <Row>(about: About, table: Table<Row>, rows: readonly Row[]) => void): void {
  fc.assert(fc.property(fc.array(anyPack, { maxLength: 5 }), (rows) => check(aboutPacks, packs, rows)));
  fc.assert(fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => check(aboutRows, rowTable, rows)));
}

/** What UTF-8 can hold of a text: half a character is none. */
const written = (text: string): string => Buffer.from(text).toString();

describe('an export of anything', () => {
  it('as CSV parses to exactly its rows, and a spreadsheet runs none of it', () => {
    both((about, table, rows) => {
      const [head = [], ...lines] = readCsv(written(fileOf('csv', about, table, rows)));
      const names = table.fields.map(({ name }) => name);
      assert.deepEqual(head, [...names, 'source', 'filter', 'readAt', 'unread']);
      assert(!lines.flat().some(isFormula));
      const expected = rows.map((row) => table.fields.map(({ value }) => written(String(value(row) ?? ''))));
      assert.deepEqual(
        lines.map((cells) => cells.slice(0, names.length).map(plain)),
        expected,
      );
    });
  });

  it('as JSON parses to exactly its rows and is what its schema says', () => {
    both((about, table, rows) => {
      const document = JSON.parse(written(fileOf('json', about, table, rows)));
      assert.deepEqual(document.rows, records(table, rows));
      assert.equal(document.totals.rows, rows.length);
      assert.deepEqual(misfits(document, exportSchema as Schema), []);
    });
  });

  it('as JSON Lines has a head, exactly its rows and an end, which together are the same document', () => {
    both((about, table, rows) => {
      const text = written(fileOf('jsonl', about, table, rows));
      const lines = text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line));
      const types = ['head', ...rows.map(() => 'row'), 'end'];
      assert.deepEqual(
        lines.map(({ type }) => type),
        types,
      );
      const [head, ...rest] = lines.map(({ type, ...part }) => part);
      const end = rest.pop();
      assert.deepEqual({ ...head, rows: rest, ...end }, JSON.parse(fileOf('json', about, table, rows)));
    });
  });

  it('as Markdown is a table of text: a line for each row, and a cell for each of its texts', () => {
    both((about, table, rows) => {
      const lines = fileOf('markdown', about, table, rows).split('\n');
      const start = lines.findIndex((line) => line.startsWith('| ---')) + 1;
      for (const line of lines.slice(start, start + rows.length)) {
        const cells = line
          .slice(2, -2)
          .replace(/\\[!-/:-@[-`{-~]/g, '')
          .split(' | ');
        assert.equal(cells.length, table.columns.length);
        for (const cell of cells) assert.doesNotMatch(cell, /[\\`*_{}[\]<>#!|~&@]|:\/\//u);
      }
      assert.equal(lines[start + rows.length], '');
    });
  });

  it('as HTML holds every text as it is, and no tag that is not ours', () => {
    const ours = new Set(fileOf('html', aboutPacks, packs, somePacks).match(/<\/?\w+/g));
    both((about, table, rows) => {
      const text = fileOf('html', about, table, rows);
      for (const tag of text.match(/<\/?[a-z!?/]\w*/gi) ?? []) assert(ours.has(tag) || tag === '<!DOCTYPE', tag);
      const cells = [...text.matchAll(/<td>([^<>]*)<\/td>/g)].map(([, cell = '']) => cell);
      const shown = cells.map((cell) => cell.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)));
      const expected = rows.flatMap((row) => table.columns.map(({ value }) => String(value(row))));
      assert.deepEqual(shown, expected);
      for (const cell of cells) assert.doesNotMatch(cell, /&(?!#\d+;)|["'\r]/);
    });
  });
});

describe('the formats', () => {
  it('have a label and an ending each', () => {
    const endings = formatNames.map((name: FormatName) => formats[name].ending);
    assert.equal(new Set(endings).size, formatNames.length);
  });
});

describe('the schema of an export', () => {
  const document = () => JSON.parse(fileOf('json', { ...aboutPacks, unread: [denied] }, packs, somePacks));
  const schema = exportSchema as Schema;

  it('is fulfilled by what is written', () => assert.deepEqual(misfits(document(), schema), []));

  for (const [what, change] of [
    ['another version', { version: 2 }],
    ['a member that it does not know', { more: 1 }],
    ['a row of neither kind', { rows: [{ pack: 'a' }] }],
    ['a time that is none', { readAt: 'yesterday' }],
    ['no totals', { totals: {} }],
  ] as const) {
    it(`refuses ${what}`, () => assert.notDeepEqual(misfits({ ...document(), ...change }, schema), []));
  }
});
