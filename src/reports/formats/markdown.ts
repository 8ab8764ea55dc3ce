import { formatPoints } from '../../compliance/estimatedGain.ts';
import { formatCount, formatScope } from '../../compliance/text/format.ts';
import { formatCompliance } from '../../compliance/text/states.ts';
import { describeDetails, formatFailing } from '../detailsText.ts';
import { escapeMarkdown, formatMarkdownList, formatMarkdownRow } from '../escaping.ts';
import type { ResourceColumn } from '../exportQuery.ts';
import {
  describeReport,
  describeSection,
  describeSummary,
  describeTotals,
  getSectionTitle,
  getTitle,
} from '../metadata.ts';
import type { PackDetails, Report, ReportRow, ReportRule, ReportSection, ReportWriter } from '../report.ts';
import { formatResourceTable } from '../resourceSections.ts';

/** A report that is readable both as source and rendered, such as in a pull request. Resources are collapsed. */
export function createMarkdownWriter(report: Report): ReportWriter {
  const hasSections = report.sections.length > 1;
  // The group of the last row; null before the first row of a section.
  let group: string | undefined | null = null;
  const startTable = (row: ReportRow | undefined, { table }: ReportSection): string => {
    group = row?.group;
    const heading = row?.group === undefined ? '' : formatHeading(hasSections ? 3 : 2, row.group);
    const columns = table.displayColumns;
    return `${heading}\n${formatMarkdownRow(columns)}|${' --- |'.repeat(columns.length)}\n`;
  };
  return {
    header: `# ${escapeMarkdown(getTitle(report))}\n\n${formatMarkdownList(describeReport(report))}`,
    startSection: (section) => {
      group = null;
      if (!hasSections) return '';
      return `${formatHeading(2, getSectionTitle(section))}\n${formatMarkdownList(describeSection(section))}`;
    },
    formatRow: (row, section) => {
      const start = group === null || group !== row.group ? startTable(row, section) : '';
      return start + formatMarkdownRow(row.display);
    },
    formatPack: (row, details) => formatPack(row, details, report, hasSections ? 3 : 2),
    endSection: (section, totals) => {
      const emptyTable = group === null ? startTable(undefined, section) : '';
      const heading = formatHeading(hasSections ? 3 : 2, 'Totals');
      return `${emptyTable}${heading}\n${formatMarkdownList(describeTotals(section, totals))}`;
    },
    formatFooter: (summary) => {
      const heading = hasSections ? `${formatHeading(2, 'All totals')}\n` : '';
      return heading + formatMarkdownList(describeSummary(report, summary));
    },
  };
}

const formatHeading = (level: number, text: string): string => `\n${'#'.repeat(level)} ${escapeMarkdown(text)}\n`;

function formatPack(row: ReportRow, details: PackDetails, report: Report, level: number): string {
  const { rules } = details;
  const gains = rules.some(({ estimatedGain }) => estimatedGain !== undefined);
  const controls = rules.some((rule) => rule.controls && rule.controls.length > 0);
  const columns = ['Rule', 'State', 'Failing', ...(gains ? ['Estimated gain'] : []), ...(controls ? ['Controls'] : [])];
  const table = [
    formatMarkdownRow(columns),
    `| --- | --- | ---: |${gains ? ' ---: |' : ''}${controls ? ' --- |' : ''}\n`,
    ...rules.map((rule) =>
      formatMarkdownRow([
        rule.name,
        rule.compliance === undefined ? '' : formatCompliance(rule.compliance),
        formatFailing(rule),
        ...(gains ? [rule.estimatedGain === undefined ? '' : formatPoints(rule.estimatedGain)] : []),
        ...(controls ? [rule.controls?.join(', ') ?? ''] : []),
      ]),
    ),
  ];
  return [
    formatHeading(level, `${row.pack} · ${formatScope(row)}`),
    `\n${formatMarkdownList(describeDetails(details, report))}`,
    ...(rules.length > 0 ? ['\n', ...table] : []),
    ...rules.map((rule) => formatResources(rule, report.resourceColumns, level + 1)),
  ].join('');
}

/** The failing resources of a rule, collapsed. The summary holds no foreign text, because Markdown is not parsed there. */
function formatResources(
  { name, resources, hasAllResources }: ReportRule,
  columns: readonly ResourceColumn[],
  level: number,
): string {
  if (!resources || resources.length === 0) return '';
  const count = formatCount(resources.length, 'failing resource');
  return [
    formatHeading(level, name),
    `\n<details>\n<summary>${hasAllResources ? count : `First ${count}`}</summary>\n\n`,
    formatResourceTable(resources, columns),
    '\n</details>\n',
  ].join('');
}
