import type { UnhealthySource } from '../compliance/model.ts';
import { formatReadFailure, type ReadFailure } from '../compliance/queries/readFailures.ts';
import { formatConnection } from '../compliance/source.ts';
import { describeError } from '../compliance/text/errorMessages.ts';
import { describeFilter } from '../compliance/text/filterText.ts';
import { formatCount, formatScope } from '../compliance/text/format.ts';
import { describePackOrder, describeRowOrder, failingRuleOrder } from '../compliance/text/orderText.ts';
import { formatSourceState } from '../compliance/text/states.ts';
import type { ExportFilter, RowLocation } from './exportQuery.ts';
import type { Report, ReportSection, ReportSummary, Totals } from './report.ts';
import { formatUtcTime } from './times.ts';

/** A label and a value that reports display as text. */
export type LabeledValue = readonly [string, string];

type Origin = Pick<ReportSection, 'rowType' | 'aggregator' | 'scope' | 'connection'>;

/** A filter as text; empty if nothing is filtered. */
export function describeExportFilter(exportFilter: ExportFilter): string {
  const { framework, organizationPack, packLabelContains, accountContains, ruleContains, ...filter } = exportFilter;
  return [
    framework === undefined ? '' : `framework “${framework}”`,
    organizationPack === undefined ? '' : `organization’s pack “${organizationPack}”`,
    describeFilter(filter),
    packLabelContains === undefined ? '' : `pack contains “${packLabelContains}”`,
    accountContains === undefined ? '' : `account contains “${accountContains}”`,
    ruleContains === undefined ? '' : `rule contains “${ruleContains}”`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The filters of packs and rules as text; empty if nothing is filtered. */
export const describeFilters = ({ filter, ruleFilter }: Pick<Report, 'filter' | 'ruleFilter'>): string =>
  [describeExportFilter(filter), ruleFilter === '' ? '' : `rules: ${ruleFilter}`].filter(Boolean).join(' · ');

/** Aggregator, scope and connection in one line. */
export function formatSource({ rowType, aggregator, connection, scope }: Origin): string {
  const subject = rowType === 'failingRules' ? 'failing rules of ' : '';
  const rows = aggregator === undefined ? 'own packs' : `${subject}aggregator ${aggregator}`;
  return `${rows} · ${formatScope(scope)} · ${formatConnection(connection)}`;
}

/** The order that the rows of a section really have. */
export function describeOrder({ rowType, aggregator, order, grouping }: ReportSection): string {
  if (rowType === 'failingRules') return failingRuleOrder;
  return aggregator === undefined && order ? describePackOrder(order) : describeRowOrder(order, grouping);
}

/** The title of a report. */
export function getTitle({ filter, sections }: Pick<Report, 'filter' | 'sections'>): string {
  const [first, ...others] = sections;
  if (filter.framework !== undefined) return `Conformance packs of framework ${filter.framework}`;
  if (!first || others.length > 0) {
    const packs = sections.flatMap((section) => section.packs ?? []);
    return packs.length > 0 ? formatCount(packs.length, 'conformance pack') : 'Conformance packs';
  }
  const [pack, ...otherPacks] = first.packs ?? [];
  if (pack && otherPacks.length === 0) return `Conformance pack ${pack.pack} of ${formatScope(pack)}`;
  return getSectionTitle(first);
}

/** The title of a section among several. */
export function getSectionTitle({ rowType, aggregator, scope }: Origin): string {
  if (aggregator === undefined) return `Conformance packs of ${formatScope(scope)}`;
  return `${rowType === 'failingRules' ? 'Failing rules' : 'Conformance packs'} of aggregator ${aggregator}`;
}

/** The values at the top of a report. Those of its only section are among them. */
export function describeReport(report: Report): LabeledValue[] {
  const { content, ruleOrder, readAt, unreadSources, sections } = report;
  const [section, ...others] = sections;
  return [
    ...(section && others.length === 0 ? describeOrigin(section) : []),
    ['Reading started', formatUtcTime(readAt)],
    ['Filter', describeFilters(report) || 'none'],
    ...describeUnreadSources(unreadSources),
    ...(section && others.length === 0 ? describeState(section) : []),
    ...(content === 'rows' ? [] : [['Order of rules', ruleOrder] as const]),
  ];
}

/** The connections that could not be read. */
export const describeUnreadSources = (failures: readonly ReadFailure[]): LabeledValue[] =>
  failures.map((failure) => ['Could not be read', formatReadFailure(failure)]);

/** The values at the top of a section among several. */
export const describeSection = (section: ReportSection): LabeledValue[] => [
  ...describeOrigin(section),
  ...describeState(section),
];

function describeOrigin({ aggregator, scope, connection, packs }: ReportSection): LabeledValue[] {
  return [
    ...(aggregator === undefined ? [] : [['Aggregator', aggregator] as const]),
    ['Account', scope.account],
    ['Region', scope.region],
    ['Read with', formatConnection(connection)],
    ...(packs === undefined || isOnePack({ packs }) ? [] : [['Selected packs', String(packs.length)] as const]),
  ];
}

/** Whether a section is about exactly one pack, which has no order. */
export const isOnePack = ({ packs }: Pick<ReportSection, 'packs'>): boolean => packs?.length === 1;

const describeState = (section: ReportSection): LabeledValue[] => [
  ...(isOnePack(section) ? [] : [['Order', describeOrder(section)] as const]),
  ...describeMissingData(section),
];

/** What could not be read, and the sources with missing or outdated data. */
export const describeMissingData = (section: ReportSection): LabeledValue[] => [
  ...section.failures.map((failure): LabeledValue => ['Could not be read', describeError(failure).text]),
  ...section.missingPacks.map((pack): LabeledValue => ['Selected pack not found', formatLocation(pack)]),
  ...describeSources(section),
];

function describeSources({ aggregator, unhealthySources }: ReportSection): LabeledValue[] {
  if (aggregator === undefined || !unhealthySources) return [];
  if (unhealthySources.length === 0) return [['Failed and outdated sources', 'none']];
  return unhealthySources.map((source) => ['Failed or outdated source', formatUnhealthySource(source)]);
}

/** Formats a pack's name, account and region. */
export const formatLocation = ({ pack, account, region }: RowLocation): string => `${pack} · ${account} · ${region}`;

/** Formats a source, such as `444455556666 · eu-west-1: failed, never updated: ACCESS_DENIED, not authorized`. */
export function formatUnhealthySource(
  { id, region, state, updatedAt, errorCode, reason }: UnhealthySource,
  formatTime = formatUtcTime,
): string {
  const updated = updatedAt === undefined ? 'never updated' : `last updated ${formatTime(updatedAt)}`;
  const cause = [errorCode, reason].filter(Boolean).join(', ');
  const source = [id, region].filter(Boolean).join(' · ');
  return `${source}: ${formatSourceState(state)}, ${updated}${cause && `: ${cause}`}`;
}

/** The counts of a section. */
export const describeTotals = ({ table }: ReportSection, totals: Totals): LabeledValue[] => [
  ['Rows', String(totals.rows)],
  ...table.counters.map(({ name, label }): LabeledValue => [label, String(totals[name])]),
  ...(totals.rules === undefined ? [] : [['Rules', String(totals.rules)] as const]),
  ...(totals.failingResults === undefined ? [] : [['Failing results', String(totals.failingResults)] as const]),
];

/** The values at the bottom of a report. */
export const describeSummary = ({ sections }: Report, { totals, endedAt }: ReportSummary): LabeledValue[] => [
  ...(sections.length === 1 ? [] : [['Rows', String(totals.rows)] as const]),
  ['Reading finished', formatUtcTime(endedAt)],
];
