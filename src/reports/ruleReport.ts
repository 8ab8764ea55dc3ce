import { computeRoundedGain } from '../compliance/estimatedGain.ts';
import type { Pack } from '../compliance/model.ts';
import type { OwnPack } from '../compliance/packRef.ts';
import type { RuleWithFailures } from '../compliance/store/ruleList.ts';
import { formatScore } from '../compliance/text/score.ts';
import { formatCompliance, formatDeploymentState } from '../compliance/text/states.ts';
import { formatIsoTime, formatIsoTimeOrNull } from '../compliance/text/time.ts';
import { escapeMarkdown, formatCsvLine, formatMarkdownList, formatMarkdownRow, stringifyJson } from './escaping.ts';
import type { LabeledValue } from './metadata.ts';

/** The formats in which a panel exports its rules. */
export type RuleReportFormat = 'csv' | 'json' | 'markdown';

/** The rules of a pack, as a panel shows them. */
export interface RuleReport {
  readonly target: OwnPack;
  readonly pack: Pack | undefined;
  /** The visible rules, in display order. */
  readonly rules: readonly RuleWithFailures[];
  /** The number of failing results of the whole pack; undefined until every page has been read. */
  readonly totalFailures: number | undefined;
  /** The panel's filter as text; empty if nothing is filtered. */
  readonly filter: string;
  /** When the rules were read, epoch milliseconds. */
  readonly readAt: number | undefined;
  /** When the report is written, epoch milliseconds. */
  readonly writtenAt: number;
}

/** Formats a report as the content of a file. */
export const ruleReportFormatters: Record<RuleReportFormat, (report: RuleReport) => string> = {
  csv: formatCsv,
  json: formatJson,
  markdown: formatMarkdown,
};

/** The estimated gain of fixing a rule, in points of the score; undefined if it cannot be estimated. */
function getEstimatedGain({ pack, totalFailures }: RuleReport, { failing }: RuleWithFailures): number | undefined {
  const percent = pack?.score?.percent;
  if (percent === undefined || totalFailures === undefined || failing.length === 0) return undefined;
  return computeRoundedGain(percent, failing.length, totalFailures);
}

function describeReport({ target, pack, filter, readAt, writtenAt, totalFailures }: RuleReport): LabeledValue[] {
  const { scope, name } = target;
  return [
    ['Conformance pack', name],
    ['Account', scope.account],
    ['Region', scope.region],
    ['Published score', formatScore(pack?.score)],
    ['Score computed', formatIsoTimeOrNull(pack?.score?.updatedAt) ?? 'unknown'],
    ['Deployment', pack?.deployment ? formatDeploymentState(pack.deployment.state) : 'unknown'],
    ['Rules read', formatIsoTimeOrNull(readAt) ?? 'unknown'],
    ['Failing results', totalFailures === undefined ? 'not all read' : String(totalFailures)],
    ['Filter', filter === '' ? 'none' : filter],
    ['Written', formatIsoTime(writtenAt)],
  ];
}

function formatJson(report: RuleReport): string {
  const { target, pack, filter, readAt, writtenAt, totalFailures, rules } = report;
  const { account, region } = target.scope;
  const document = {
    version: 1,
    pack: target.name,
    account,
    region,
    score: pack?.score?.percent ?? null,
    scoreComputedAt: formatIsoTimeOrNull(pack?.score?.updatedAt),
    deploymentState: pack?.deployment?.state ?? null,
    rulesReadAt: formatIsoTimeOrNull(readAt),
    failingResults: totalFailures ?? null,
    filter: filter || null,
    writtenAt: formatIsoTime(writtenAt),
    rules: rules.map((rule) => ({
      rule: rule.name,
      state: rule.compliance ?? '',
      failing: rule.failing.length,
      estimatedGain: getEstimatedGain(report, rule) ?? null,
      controls: rule.controls,
    })),
  };
  return `${stringifyJson(document, 2)}\n`;
}

/** Every row repeats the description of the report, so that rows can be moved to other files. */
function formatCsv(report: RuleReport): string {
  const description = describeReport(report);
  const header = ['Rule', 'State', 'Failing', 'Estimated gain', 'Controls', ...description.map(([label]) => label)];
  const rows = report.rules.map((rule) => {
    const { name, compliance = '', failing, controls } = rule;
    const gain = getEstimatedGain(report, rule) ?? '';
    return [name, compliance, failing.length, gain, controls.join(' '), ...description.map(([, value]) => value)];
  });
  return [header, ...rows].map(formatCsvLine).join('');
}

function formatMarkdown(report: RuleReport): string {
  const rows = report.rules.map((rule) => {
    const { name, compliance, failing, controls } = rule;
    const gain = getEstimatedGain(report, rule);
    const gainText = gain === undefined ? '' : `+${gain}`;
    const state = compliance ? formatCompliance(compliance) : '';
    return formatMarkdownRow([name, state, String(failing.length), gainText, controls.join(', ')]);
  });
  return [
    `# ${escapeMarkdown(report.target.name)}\n\n`,
    formatMarkdownList(describeReport(report)),
    '\n',
    formatMarkdownRow(['Rule', 'State', 'Failing', 'Estimated gain', 'Controls']),
    '| --- | --- | ---: | ---: | --- |\n',
    ...rows,
  ].join('');
}
