import type { ComplianceError } from '../../compliance/errors.ts';
import { roundGain } from '../../compliance/estimatedGain.ts';
import type { UnhealthySource } from '../../compliance/model.ts';
import { formatReadFailure } from '../../compliance/queries/readFailures.ts';
import type { RemediationException } from '../../compliance/resourceModel.ts';
import { formatConnection } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatIsoTime, formatIsoTimeOrNull } from '../../compliance/text/time.ts';
import { stringifyJson } from '../escaping.ts';
import type { ResourceColumn, RowLocation } from '../exportQuery.ts';
import { describeOrder } from '../metadata.ts';
import type {
  PackDetails,
  Report,
  ReportResource,
  ReportRow,
  ReportRule,
  ReportSection,
  ReportSummary,
  ReportWriter,
} from '../report.ts';

/** A single document that conforms to `media/export.schema.json`, with one line per row. */
export function createJsonWriter(report: Report): ReportWriter {
  const formatMembers = (value: object): string =>
    Object.entries(value)
      .map(([name, member]) => `  ${JSON.stringify(name)}: ${stringifyJson(member)}`)
      .join(',\n');
  let separator = '';
  return createRecordWriter(report, {
    header: `{\n${formatMembers(toJsonHeader(report))},\n  "rows": [`,
    formatRecord: (record) => {
      const text = `${separator}\n    ${stringifyJson(record)}`;
      separator = ',';
      return text;
    },
    formatFooter: (summary) => `\n  ],\n${formatMembers(toJsonFooter(summary))}\n}\n`,
  });
}

/** One object per line: a `head`, the rows and an `end`, distinguished by `type`. */
export function createJsonLinesWriter(report: Report): ReportWriter {
  const formatLine = (type: string, value: object): string => `${stringifyJson({ type, ...value })}\n`;
  return createRecordWriter(report, {
    header: formatLine('head', toJsonHeader(report)),
    formatRecord: (record) => formatLine('row', record),
    formatFooter: (summary) => formatLine('end', toJsonFooter(summary)),
  });
}

interface RecordFormat {
  readonly header: string;
  readonly formatRecord: (record: object) => string;
  readonly formatFooter: (summary: ReportSummary) => string;
}

/** Writes one record per pack, which includes its rules if they are part of the content. */
function createRecordWriter(report: Report, { header, formatRecord, formatFooter }: RecordFormat): ReportWriter {
  const { content, sections } = report;
  const toRow = (row: ReportRow, section: ReportSection): object => ({
    ...toRecord(row, section),
    ...(sections.length > 1 && { source: sections.indexOf(section) }),
  });
  return {
    header,
    startSection: () => '',
    formatRow: (row, section) => (content === 'rows' ? formatRecord(toRow(row, section)) : ''),
    formatPack: (row, details, section) => formatRecord({ ...toRow(row, section), ...toDetails(details, report) }),
    endSection: () => '',
    formatFooter,
  };
}

const toRecord = ({ data }: ReportRow, { table }: ReportSection): object =>
  Object.fromEntries(table.dataColumns.map((name, index) => [name, data[index]]));

function toJsonHeader({ content, filter, ruleFilter, ruleOrder, readAt, unreadSources, sections }: Report): object {
  const { name: pack, nameContains: packContains, ...otherFilters } = filter;
  return {
    format: 'packscope-export',
    version: 2,
    content,
    sources: sections.map(toSource),
    filter: {
      ...otherFilters,
      ...(pack !== undefined && { pack }),
      ...(packContains !== undefined && { packContains }),
    },
    ...(content !== 'rows' && { rules: { filter: ruleFilter || null, order: ruleOrder } }),
    readAt: formatIsoTime(readAt),
    unread: [
      ...unreadSources.map((failure) => ({ ...toUnread(failure.error), what: formatReadFailure(failure) })),
      ...sections.flatMap(({ failures }, index) =>
        failures.map((failure) => ({ ...toUnread(failure), ...(sections.length > 1 && { source: index }) })),
      ),
    ],
  };
}

function toSource(section: ReportSection): object {
  const { rowType, aggregator, scope, connection, packs, missingPacks, grouping, order, unhealthySources } = section;
  return {
    kind: rowType === 'packs' ? (aggregator === undefined ? 'scope' : 'aggregator') : rowType,
    ...(aggregator !== undefined && { aggregator }),
    account: scope.account,
    region: scope.region,
    connection: formatConnection(connection),
    ...(packs && { packs: packs.map(toLocation) }),
    ...(missingPacks.length > 0 && { missingPacks: missingPacks.map(toLocation) }),
    order: { grouping, by: order?.by ?? null, descending: order?.descending ?? false, text: describeOrder(section) },
    // Null if they could not be read.
    ...(aggregator !== undefined && { unhealthySources: unhealthySources?.map(toUnhealthySource) ?? null }),
  };
}

const toLocation = ({ pack, account, region }: RowLocation): RowLocation => ({ pack, account, region });

const toUnhealthySource = ({ id, region, state, updatedAt, errorCode, reason }: UnhealthySource): object => ({
  id,
  region: region ?? null,
  state,
  updatedAt: formatIsoTimeOrNull(updatedAt),
  errorCode: errorCode ?? null,
  reason: reason ?? null,
});

function toUnread(failure: ComplianceError): object {
  const { title, advice } = describeError(failure);
  return { what: title, advice, message: failure.message };
}

const toDetails = (
  { totalFailures, rules, note, readAt, failures }: PackDetails,
  { content, resourceColumns }: Report,
): object => ({
  rulesReadAt: formatIsoTimeOrNull(readAt),
  // Null if not all have been read, or AWS Config does not count them.
  failingResults: totalFailures ?? null,
  note: note ?? null,
  unread: failures.map(toUnread),
  rules: rules.map((rule) => ({
    ...toRule(rule),
    ...(content === 'resources' && {
      // Null if they could not be read.
      resources: rule.resources?.map((resource) => toResource(resource, resourceColumns)) ?? null,
      hasAllResources: rule.hasAllResources,
    }),
  })),
});

const toRule = ({ name, compliance, failing, hasMoreFailing, estimatedGain, controls }: ReportRule): object => ({
  rule: name,
  state: compliance ?? null,
  failing,
  hasMoreFailing,
  estimatedGain: estimatedGain === undefined ? null : roundGain(estimatedGain),
  controls: controls ?? null,
});

const toResource = (
  { resourceType, resourceId, annotation, evaluatedAt, exception, owner }: ReportResource,
  columns: readonly ResourceColumn[],
): object => ({
  type: resourceType,
  id: resourceId,
  annotation: annotation ?? null,
  evaluatedAt: formatIsoTimeOrNull(evaluatedAt),
  ...(columns.includes('exceptions') && { exception: exception ? toException(exception) : null }),
  ...(columns.includes('owners') && { owner: owner?.value ?? null, ownerNote: owner?.note ?? null }),
});

const toException = ({ message, expiresAt }: RemediationException): object => ({
  message: message ?? null,
  expiresAt: formatIsoTimeOrNull(expiresAt),
});

const toJsonFooter = ({ totals, sectionTotals, endedAt }: ReportSummary): object => ({
  totals,
  ...(sectionTotals.length > 1 && { sourceTotals: sectionTotals }),
  endedAt: formatIsoTime(endedAt),
});
