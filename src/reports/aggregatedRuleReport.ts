import type { AggregateRow, Evaluation } from '../compliance/model.ts';
import type { AggregatedPackLocation, AggregatedRule } from '../compliance/queries/aggregatedPackRules.ts';
import type { MembershipEvidence } from '../compliance/queries/packMembership.ts';
import { formatCompliance, formatRulesPassing } from '../compliance/text/states.ts';
import { formatIsoTime, formatIsoTimeOrNull } from '../compliance/text/time.ts';
import { escapeMarkdown, formatCsvLine, formatMarkdownList, formatMarkdownRow, stringifyJson } from './escaping.ts';
import type { LabeledValue } from './metadata.ts';
import { formatResourceSections, type ResourceSection } from './resourceSections.ts';
import type { RuleReportFormat } from './ruleReport.ts';

/** The rules of an aggregated pack, as a panel shows them. */
export interface AggregatedRuleReport {
  readonly location: AggregatedPackLocation;
  /** The account's name in the settings. */
  readonly accountName: string | undefined;
  /** The pack's counts; undefined if they have not been read. */
  readonly row: AggregateRow | undefined;
  readonly evidence: MembershipEvidence;
  /** What a reader must know about which rules these are, if anything. */
  readonly note: string | undefined;
  /** The visible rules, in display order. */
  readonly rules: readonly AggregatedRule[];
  /** The panel's filter as text; empty if nothing is filtered. */
  readonly filter: string;
  /** When the rules were read, epoch milliseconds. */
  readonly readAt: number | undefined;
  /** When the report is written, epoch milliseconds. */
  readonly writtenAt: number;
}

/** Formats a report as the content of a file, with the failing resources that have been loaded. */
export const aggregatedRuleReportFormatters: Record<RuleReportFormat, (report: AggregatedRuleReport) => string> = {
  csv: formatCsv,
  json: formatJson,
  markdown: (report) => formatRules(report) + formatResourceSections(report.rules.flatMap(toLoadedSection)),
};

/** Formats the rules as Markdown, followed by sections of resources. */
export const formatAggregatedRules = (report: AggregatedRuleReport, sections: readonly ResourceSection[]): string =>
  formatRules(report) + formatResourceSections(sections);

function toLoadedSection({ name, resources, hasMoreFailing }: AggregatedRule): ResourceSection[] {
  if (!resources || resources.rows.length === 0) return [];
  return [{ rule: name, resources: resources.rows, hasMore: hasMoreFailing || !resources.isComplete }];
}

function describeReport(report: AggregatedRuleReport): LabeledValue[] {
  const { location, accountName, row, note, filter, readAt, writtenAt } = report;
  return [
    ['Conformance pack', location.pack],
    ['Account', location.account],
    ...(accountName === undefined ? [] : [['Account name', accountName] as const]),
    ['Region', location.region],
    ['Aggregator', location.aggregator],
    ['Counts', row ? formatRulesPassing(row) : 'unknown'],
    ['Rules read', formatIsoTimeOrNull(readAt) ?? 'unknown'],
    ...(note === undefined ? [] : [['Note', note] as const]),
    ['Filter', filter === '' ? 'none' : filter],
    ['Written', formatIsoTime(writtenAt)],
  ];
}

function formatJson(report: AggregatedRuleReport): string {
  const { location, accountName, row, evidence, note, filter, readAt, writtenAt, rules } = report;
  const { pack, account, region, aggregator } = location;
  const document = {
    version: 1,
    pack,
    account,
    accountName: accountName ?? null,
    region,
    aggregator,
    compliantRules: row?.compliantRules ?? null,
    nonCompliantRules: row?.nonCompliantRules ?? null,
    totalRules: row?.totalRules ?? null,
    rulesReadAt: formatIsoTimeOrNull(readAt),
    // How the rules are known to belong to the pack.
    evidence,
    note: note ?? null,
    filter: filter || null,
    writtenAt: formatIsoTime(writtenAt),
    rules: rules.map(({ name, compliance, failing, hasMoreFailing, resources }) => ({
      rule: name,
      state: compliance ?? '',
      failing,
      hasMoreFailing,
      // Null if the failing resources have not been loaded.
      resources: resources?.rows.map(toResource) ?? null,
      resourcesComplete: resources?.isComplete ?? false,
    })),
  };
  return `${stringifyJson(document, 2)}\n`;
}

const toResource = ({ resourceType, resourceId, annotation, evaluatedAt }: Evaluation) => ({
  type: resourceType,
  id: resourceId,
  annotation: annotation ?? null,
  evaluatedAt: formatIsoTimeOrNull(evaluatedAt),
});

/** One line per loaded failing resource, and one per rule without any. Every line repeats the report's description. */
function formatCsv(report: AggregatedRuleReport): string {
  const description = describeReport(report);
  const header = ['Rule', 'State', 'Failing', 'Resource type', 'Resource ID', 'Annotation', 'Evaluated'];
  const lines = report.rules.flatMap((rule) => {
    const resources = rule.resources?.rows ?? [];
    const cells = resources.map(({ resourceType, resourceId, annotation = '', evaluatedAt }) => {
      return [resourceType, resourceId, annotation, formatIsoTimeOrNull(evaluatedAt) ?? ''];
    });
    const start = [rule.name, rule.compliance ?? '', formatFailing(rule)];
    const end = description.map(([, value]) => value);
    return (cells.length > 0 ? cells : [['', '', '', '']]).map((resource) => [...start, ...resource, ...end]);
  });
  return [[...header, ...description.map(([label]) => label)], ...lines].map(formatCsvLine).join('');
}

function formatRules(report: AggregatedRuleReport): string {
  const rows = report.rules.map((rule) => {
    const state = rule.compliance ? formatCompliance(rule.compliance) : '';
    return formatMarkdownRow([rule.name, state, formatFailing(rule)]);
  });
  return [
    `# ${escapeMarkdown(report.location.pack)}\n\n`,
    formatMarkdownList(describeReport(report)),
    '\n',
    formatMarkdownRow(['Rule', 'State', 'Failing']),
    '| --- | --- | ---: |\n',
    ...rows,
  ].join('');
}

/** Formats `3`, or `25 or more` and `some` where AWS Config counts no further. */
function formatFailing({ failing, hasMoreFailing }: AggregatedRule): string {
  if (!hasMoreFailing) return String(failing);
  return failing === 0 ? 'some' : `${failing} or more`;
}
