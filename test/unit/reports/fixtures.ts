import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AggregateRow, complianceTypes, type Pack, type Scope } from '../../../src/compliance/model.ts';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import { type FormatName, formats } from '../../../src/reports/formats.ts';
import type { PackDetails, Report, ReportSection } from '../../../src/reports/report.ts';
import { type Table, TableRow, toTableHead } from '../../../src/reports/table.ts';
import { anyName, anyText, now } from '../../support/panel/fixtures.ts';

export const scope: Scope = { account: '111122223333', partition: 'aws', region: 'eu-central-1' };

/** A report of one section without its rows. */
export type ReportMetadata = Omit<Report, 'sections'> & Omit<ReportSection, 'table' | 'readPages' | 'readDetails'>;

export const packsMetadata: ReportMetadata = {
  content: 'rows',
  resourceColumns: [],
  filter: {},
  unreadSources: [],
  ruleFilter: '',
  ruleOrder: 'largest estimated gain first',
  readAt: now,
  rowType: 'packs',
  aggregator: undefined,
  scope,
  connection: { profile: 'audit' },
  packs: undefined,
  missingPacks: [],
  grouping: 'none',
  order: defaultPackOrder,
  unhealthySources: undefined,
  failures: [],
};

export const rowsMetadata: ReportMetadata = {
  ...packsMetadata,
  aggregator: 'organization',
  order: undefined,
  unhealthySources: [],
};

/** The content of an exported file. `details` are those of each row. */
export function formatFile<Row>(
  format: FormatName,
  metadata: ReportMetadata,
  table: Table<Row>,
  rows: readonly Row[],
  details: readonly PackDetails[] = [],
): string {
  const { content, resourceColumns, unreadSources, filter, ruleFilter, ruleOrder, readAt, scoreTarget, ...origin } =
    metadata;
  const section: ReportSection = {
    ...origin,
    table: toTableHead(table),
    readPages: () => assert.fail('Only metadata is read'),
    readDetails: () => assert.fail('Only metadata is read'),
  };
  const report: Report = {
    content,
    resourceColumns,
    unreadSources,
    filter,
    ruleFilter,
    ruleOrder,
    readAt,
    ...(scoreTarget !== undefined && { scoreTarget }),
    sections: [section],
  };
  const writer = formats[format].createWriter(report);
  const tableRows = rows.map((row) => new TableRow(table, row));
  const counts = table.counters.map(({ name, matches }) => [name, rows.filter(matches).length]);
  const totals = { rows: rows.length, ...Object.fromEntries(counts) };
  return [
    writer.header,
    writer.startSection(section),
    ...tableRows.map((row) => writer.formatRow(row, section)),
    ...details.flatMap((each, index) => {
      const row = tableRows[index];
      return row ? writer.formatPack(row, each, section) : [];
    }),
    writer.endSection(section, totals),
    writer.formatFooter({ totals, sectionTotals: [totals], endedAt: now + 60_000 }),
  ].join('');
}

/** Rows as JSON objects. */
export const toRecords = <Row>({ dataColumns }: Table<Row>, rows: readonly Row[]): object[] =>
  rows.map((row) => Object.fromEntries(dataColumns.map(({ name, getValue }) => [name, getValue(row)])));

export const createPack = (name: string, percent: number | undefined, state: string, reason?: string): Pack => ({
  name,
  score: percent === undefined ? undefined : { pack: name, percent, text: undefined, updatedAt: now - 8 * 3_600_000 },
  deployment: {
    pack: name,
    id: 'conformance-pack-172lcbx9s',
    arn: `arn:aws:config:eu-central-1:111122223333:conformance-pack/${name}/conformance-pack-172lcbx9s`,
    state,
    reason,
    stackArn: undefined,
    requestedAt: now - 24 * 3_600_000,
    completedAt: undefined,
  },
});

const text = fc.oneof(
  anyText,
  fc.constantFrom('=cmd()', 'a;=cmd()', "'=1", "it's", 'a|b', 'two\r\nlines\n- of text', '"quoted", twice', '\t@x', ''),
);
const time = fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined });

export const anyPack: fc.Arbitrary<Pack> = fc
  .record({ name: anyName, percent: fc.option(fc.double({ min: 0, max: 100, noNaN: true })), text, reason: text, time })
  .map(({ name, percent, text, reason, time }) => {
    const { score, deployment } = createPack(name, percent ?? undefined, 'CREATE_FAILED', reason);
    return {
      name,
      score: score && { ...score, text, updatedAt: time },
      deployment: deployment && { ...deployment, completedAt: time },
    };
  });

export const anyRow: fc.Arbitrary<AggregateRow> = fc.record({
  pack: fc.oneof(anyName, text),
  account: fc.stringMatching(/^\d{12}$/),
  region: fc.constantFrom('us-east-1', 'eu-central-1'),
  compliance: fc.constantFrom(undefined, ...complianceTypes),
  compliantRules: fc.nat(50),
  nonCompliantRules: fc.nat(50),
  totalRules: fc.nat(100),
});
