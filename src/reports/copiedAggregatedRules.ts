import type { AggregateRow } from '../compliance/model.ts';
import type { AggregatedPackLocation, RuleWithResources } from '../compliance/queries/aggregatedPackRules.ts';
import type { MembershipEvidence } from '../compliance/queries/packMembership.ts';
import { formatCompliance, formatRulesPassing } from '../compliance/text/states.ts';
import { formatFailing } from './detailsText.ts';
import { escapeMarkdown, formatMarkdownList, formatMarkdownRow } from './escaping.ts';
import type { LabeledValue } from './metadata.ts';
import { formatResourceSections, type ResourceSection } from './resourceSections.ts';
import { formatUtcTime, formatUtcTimeOrUnknown } from './times.ts';

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
  readonly rules: readonly RuleWithResources[];
  /** The panel's filter as text; empty if nothing is filtered. */
  readonly filter: string;
  /** When the rules were read, epoch milliseconds. */
  readonly readAt: number | undefined;
  /** When the report is written, epoch milliseconds. */
  readonly writtenAt: number;
}

/** Formats the rules as Markdown, followed by sections of resources. */
export const formatAggregatedRules = (report: AggregatedRuleReport, sections: readonly ResourceSection[]): string =>
  formatRules(report) + formatResourceSections(sections);

function describeReport(report: AggregatedRuleReport): LabeledValue[] {
  const { location, accountName, row, note, filter, readAt, writtenAt } = report;
  return [
    ['Conformance pack', location.pack],
    ['Account', location.account],
    ...(accountName === undefined ? [] : [['Account name', accountName] as const]),
    ['Region', location.region],
    ['Aggregator', location.aggregator],
    ['Counts', row ? formatRulesPassing(row) : 'unknown'],
    ['Rules read', formatUtcTimeOrUnknown(readAt)],
    ...(note === undefined ? [] : [['Note', note] as const]),
    ['Filter', filter === '' ? 'none' : filter],
    ['Written', formatUtcTime(writtenAt)],
  ];
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
