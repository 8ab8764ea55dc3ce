import { roundGain } from '../../compliance/estimatedGain.ts';
import { formatReadFailure } from '../../compliance/queries/readFailures.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatException } from '../../compliance/text/exceptionText.ts';
import { formatIsoTime, formatIsoTimeOrNull } from '../../compliance/text/time.ts';
import { type CellValue, formatCsvCells, formatCsvLine } from '../escaping.ts';
import type { ResourceColumn } from '../exportQuery.ts';
import { describeFilters, describeOrder, formatSource, formatUnhealthySource } from '../metadata.ts';
import type {
  PackDetails,
  Report,
  ReportResource,
  ReportRow,
  ReportRule,
  ReportSection,
  ReportWriter,
  Totals,
} from '../report.ts';

const ruleColumns = ['rule', 'ruleState', 'failing', 'hasMoreFailing', 'estimatedGain', 'controls'] as const;
const resourceColumns = ['resourceType', 'resourceId', 'annotation', 'evaluatedAt'] as const;
const furtherColumns = {
  exceptions: ['exception', 'exceptionEndsAt'],
  owners: ['owner', 'ownerNote'],
} as const satisfies Record<ResourceColumn, readonly string[]>;
const metadataColumns = ['source', 'filter', 'readAt', 'unread', 'order', 'record', 'endedAt', 'totals'] as const;

/** Values by the names of columns. */
type Cells = Readonly<Record<string, CellValue>>;

/** What a line is about. */
type RecordType = 'row' | 'unread' | 'source' | 'end';

/**
 * A CSV table. Every line repeats the metadata, so that lines can be moved to other files. The column `record` tells the
 * lines of packs, rules and resources from those that say what could not be read, and from the last ones with the totals.
 */
export function createCsvWriter(report: Report): ReportWriter {
  const { content, readAt, unreadSources, sections } = report;
  const columns = [
    ...new Set([
      ...sections.flatMap(({ table }) => table.dataColumns),
      ...(content === 'rows' ? [] : ruleColumns),
      ...(content === 'resources' ? resourceColumns : []),
      ...report.resourceColumns.flatMap((column) => furtherColumns[column]),
    ]),
  ];
  const filterText = describeFilters(report);
  const formatMetadata = (
    section: ReportSection | undefined,
    record: RecordType,
    unread: string,
    end: readonly string[] = ['', ''],
  ) =>
    formatCsvLine([
      section ? formatSource(section) : null,
      filterText,
      formatIsoTime(readAt),
      unread,
      section ? describeOrder(section) : null,
      record,
      ...end,
    ]);
  const formatLine = (cells: Cells, metadata: string): string =>
    `${formatCsvCells(columns.map((name) => cells[name] ?? null))},${metadata}`;
  // That of all rows of a section.
  let rowMetadata = '';
  return {
    header: [
      formatCsvLine([...columns, ...metadataColumns]),
      ...unreadSources.map((failure) =>
        formatLine({}, formatMetadata(undefined, 'unread', formatReadFailure(failure))),
      ),
    ].join(''),
    startSection: (section) => {
      const failures = section.failures.map((failure) => describeError(failure).text);
      rowMetadata = formatMetadata(section, 'row', failures.join(' '));
      const sources = section.unhealthySources ?? [];
      return [
        ...failures.map((text) => formatLine({}, formatMetadata(section, 'unread', text))),
        ...section.missingPacks.map(({ pack, account, region }) =>
          formatLine({ pack, account, region }, formatMetadata(section, 'unread', 'Selected pack not found')),
        ),
        ...sources.map((source) => {
          const cells = { account: source.id, region: source.region ?? null };
          return formatLine(cells, formatMetadata(section, 'source', formatUnhealthySource(source, formatIsoTime)));
        }),
      ].join('');
    },
    formatRow: (row, section) => (content === 'rows' ? formatLine(toCells(row, section), rowMetadata) : ''),
    formatPack: (row, details, section) => {
      const cells = toCells(row, section);
      const { pack, account, region } = row;
      const failures = [
        ...(details.note === undefined ? [] : [details.note]),
        ...details.failures.map((failure) => describeError(failure).fullText),
      ];
      return [
        ...toDetailCells(details).map((detail) => formatLine({ ...cells, ...detail }, rowMetadata)),
        ...failures.map((text) => formatLine({ pack, account, region }, formatMetadata(section, 'unread', text))),
      ].join('');
    },
    endSection: () => '',
    formatFooter: ({ sectionTotals, endedAt }) =>
      sections
        .map((section, index) => {
          const end = [formatIsoTime(endedAt), formatTotals(sectionTotals[index])];
          return formatLine({}, formatMetadata(section, 'end', '', end));
        })
        .join(''),
  };
}

const toCells = ({ data }: ReportRow, { table }: ReportSection): Cells =>
  Object.fromEntries(table.dataColumns.map((name, index) => [name, data[index] ?? null]));

/** One line per failing resource, and one for each rule and pack without any. */
function toDetailCells({ rules }: PackDetails): Cells[] {
  if (rules.length === 0) return [{}];
  return rules.flatMap((rule): Cells[] => {
    const cells = toRuleCells(rule);
    if (!rule.resources || rule.resources.length === 0) return [cells];
    return rule.resources.map((resource) => ({ ...cells, ...toResourceCells(resource) }));
  });
}

const toRuleCells = ({ name, compliance, failing, hasMoreFailing, estimatedGain, controls }: ReportRule): Cells => ({
  rule: name,
  ruleState: compliance ?? null,
  failing,
  hasMoreFailing,
  estimatedGain: estimatedGain === undefined ? null : roundGain(estimatedGain),
  controls: controls?.join(' ') ?? null,
});

const toResourceCells = (resource: ReportResource): Cells => ({
  resourceType: resource.resourceType,
  resourceId: resource.resourceId,
  annotation: resource.annotation ?? null,
  evaluatedAt: formatIsoTimeOrNull(resource.evaluatedAt),
  exception: resource.exception ? formatException(resource.exception) : null,
  exceptionEndsAt: formatIsoTimeOrNull(resource.exception?.expiresAt),
  owner: resource.owner?.value ?? null,
  ownerNote: resource.owner?.note ?? null,
});

const formatTotals = (totals: Totals = {}): string =>
  Object.entries(totals)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
