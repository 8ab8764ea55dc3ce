import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import exportSchema from '../../../media/export.schema.json' with { type: 'json' };
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { AggregateRow } from '../../../src/compliance/model.ts';
import { showInvisible } from '../../../src/compliance/text/plainText.ts';
import { type FormatName, formatNames, formats } from '../../../src/reports/formats.ts';
import { aggregateTable, createPackTable } from '../../../src/reports/packTables.ts';
import type { Table } from '../../../src/reports/table.ts';
import { assertGolden } from '../../support/golden.ts';
import { now } from '../../support/panel/fixtures.ts';
import { isFormula, parseCsv, unescapeFormulas } from './csv.ts';
import {
  anyPack,
  anyRow,
  createPack,
  formatFile,
  packsMetadata,
  type ReportMetadata,
  rowsMetadata,
  scope,
  toRecords,
} from './fixtures.ts';
import { type Schema, validateSchema } from './schema.ts';

const packs = createPackTable(scope, now);
const denied = new ComplianceError('denied', 'User: x is not authorized', {
  operation: 'DescribeConformancePackStatus',
  permission: 'config:DescribeConformancePackStatus',
});
const hostile = '=HYPERLINK("https://evil.example","a, b") | <img src=x onerror=alert(1)>\n[x](command:evil)';
const somePacks = [
  createPack('security-baseline', undefined, 'CREATE_FAILED', hostile),
  createPack('operational-best-practices-for-amazon-s3', 61.54, 'CREATE_COMPLETE'),
  createPack('encryption', 100, 'CREATE_COMPLETE'),
];
const createRow = (name: string, compliance: AggregateRow['compliance'], compliantRules: number): AggregateRow => ({
  pack: name,
  account: '444455556666',
  region: 'us-east-1',
  compliance,
  compliantRules,
  nonCompliantRules: compliance === 'NON_COMPLIANT' ? 5 : 0,
  totalRules: compliantRules + 5,
});
const someRows = [
  createRow('a', 'NON_COMPLIANT', 58),
  createRow(hostile, 'INSUFFICIENT_DATA', 0),
  createRow('c', 'COMPLIANT', 3),
];

describe('formats', () => {
  for (const format of formatNames) {
    // Golden files have extensions that no formatter handles.
    const extension = { csv: 'csv', json: 'json.txt', jsonl: 'jsonl', markdown: 'md', html: 'html.txt' }[format];
    it(`format packs as ${format}`, () => {
      const file = formatFile(format, { ...packsMetadata, failures: [denied] }, packs, somePacks);
      assertGolden(import.meta.url, `packs.${extension}`, file);
    });
    it(`format an aggregator's rows as ${format}`, () => {
      const metadata: ReportMetadata = { ...rowsMetadata, filter: { region: 'us-east-1' } };
      assertGolden(import.meta.url, `rows.${extension}`, formatFile(format, metadata, aggregateTable, someRows));
    });
    it(`format an empty export as ${format}`, () => {
      assertGolden(import.meta.url, `nothing.${extension}`, formatFile(format, rowsMetadata, aggregateTable, []));
    });
  }
});

/** Checks a property for packs and for an aggregator's rows. */
function checkTables(check: <Row>(metadata: ReportMetadata, table: Table<Row>, rows: readonly Row[]) => void): void {
  fc.assert(fc.property(fc.array(anyPack, { maxLength: 5 }), (rows) => check(packsMetadata, packs, rows)));
  fc.assert(fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => check(rowsMetadata, aggregateTable, rows)));
}

/** Text as UTF-8 encodes it: lone surrogates are replaced. */
const toUtf8 = (text: string): string => Buffer.from(text).toString();

describe('formats of arbitrary rows', () => {
  it('format CSV that parses to the same rows and contains no formula', () => {
    checkTables((metadata, table, rows) => {
      const [head = [], ...lines] = parseCsv(toUtf8(formatFile('csv', metadata, table, rows)));
      const names = table.dataColumns.map(({ name }) => name);
      assert.deepEqual(head, [
        ...names,
        'source',
        'filter',
        'readAt',
        'unread',
        'order',
        'record',
        'endedAt',
        'totals',
      ]);
      assert(!lines.flat().some(isFormula));
      const isRow = (cells: readonly string[]) => cells[head.indexOf('record')] === 'row';
      const expected = rows.map((row) =>
        table.dataColumns.map(({ getValue }) => showInvisible(String(getValue(row) ?? ''))),
      );
      assert.deepEqual(
        lines.filter(isRow).map((cells) => cells.slice(0, names.length).map(unescapeFormulas)),
        expected,
      );
    });
  });

  it('format JSON that parses to the same rows and conforms to the schema', () => {
    checkTables((metadata, table, rows) => {
      const document = JSON.parse(toUtf8(formatFile('json', metadata, table, rows)));
      assert.deepEqual(document.rows, toRecords(table, rows));
      assert.equal(document.totals.rows, rows.length);
      assert.deepEqual(validateSchema(document, exportSchema as Schema), []);
    });
  });

  it('format JSON Lines with the same content as the JSON document', () => {
    checkTables((metadata, table, rows) => {
      const text = toUtf8(formatFile('jsonl', metadata, table, rows));
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
      assert.deepEqual({ ...head, rows: rest, ...end }, JSON.parse(formatFile('json', metadata, table, rows)));
    });
  });

  it('format Markdown with one line per row and one unescapeFormulas text cell per column', () => {
    checkTables((metadata, table, rows) => {
      const lines = formatFile('markdown', metadata, table, rows).split('\n');
      const start = lines.findIndex((line) => line.startsWith('| ---')) + 1;
      for (const line of lines.slice(start, start + rows.length)) {
        const cells = line
          .slice(2, -2)
          .replace(/\\[!-/:-@[-`{-~]/g, '')
          .split(' | ');
        assert.equal(cells.length, table.displayColumns.length);
        for (const cell of cells) assert.doesNotMatch(cell, /[\\`*_{}[\]<>#!|~&@]|:\/\//u);
      }
      assert.equal(lines[start + rows.length], '');
    });
  });

  it('format HTML that escapes every text', () => {
    const ownTags = new Set(formatFile('html', packsMetadata, packs, somePacks).match(/<\/?\w+/g));
    checkTables((metadata, table, rows) => {
      const text = formatFile('html', metadata, table, rows);
      for (const tag of text.match(/<\/?[a-z!?/]\w*/gi) ?? []) assert(ownTags.has(tag) || tag === '<!DOCTYPE', tag);
      const cells = [...text.matchAll(/<td>([^<>]*)<\/td>/g)].map(([, cell = '']) => cell);
      const cellTexts = cells.map((cell) => cell.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)));
      const expected = rows.flatMap((row) =>
        table.displayColumns.map(({ getValue }) => showInvisible(String(getValue(row)))),
      );
      assert.deepEqual(cellTexts, expected);
      for (const cell of cells) assert.doesNotMatch(cell, /&(?!#\d+;)|["'\r]/);
    });
  });
});

describe('formats', () => {
  it('have distinct file extensions', () => {
    const extensions = formatNames.map((name: FormatName) => formats[name].extension);
    assert.equal(new Set(extensions).size, formatNames.length);
  });
});

describe('export.schema.json', () => {
  const createDocument = () =>
    JSON.parse(formatFile('json', { ...packsMetadata, failures: [denied] }, packs, somePacks));
  const schema = exportSchema as Schema;

  for (const name of ['packs', 'rows']) {
    it(`accepts files of version 1: ${name}`, () => {
      const path = new URL(`golden/version1-${name}.json.txt`, import.meta.url);
      const document = JSON.parse(readFileSync(path, 'utf8'));
      assert.equal(document.version, 1);
      assert.deepEqual(validateSchema(document, schema), []);
    });
  }

  it('accepts exports', () => assert.deepEqual(validateSchema(createDocument(), schema), []));

  for (const [title, change] of [
    ['another version', { version: 3 }],
    ['an unknown member', { more: 1 }],
    ['an invalid row', { rows: [{ pack: 'a' }] }],
    ['an invalid time', { readAt: 'yesterday' }],
    ['missing totals', { totals: {} }],
  ] as const) {
    it(`rejects ${title}`, () => assert.notDeepEqual(validateSchema({ ...createDocument(), ...change }, schema), []));
  }
});
