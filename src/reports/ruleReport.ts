import { complianceWord } from '../compliance/filter.ts';
import { roundedGain } from '../compliance/impact.ts';
import type { Pack } from '../compliance/model.ts';
import type { OwnPack } from '../compliance/packRef.ts';
import type { RuleWithFailures } from '../compliance/store/ruleList.ts';
import { formatScore, isoTime } from '../compliance/text/format.ts';
import { csvLine, markdownLine, markdownText } from './text.ts';

/** The formats that a panel exports its rules in. */
export type RuleReportFormat = 'csv' | 'json' | 'markdown';

/** Everything that an export says. */
export interface Report {
  readonly target: OwnPack;
  readonly pack: Pack | undefined;
  /** The rules that are shown, in their order. */
  readonly rules: readonly RuleWithFailures[];
  /** All failing results of the pack, once all have been read. */
  readonly failing: number | undefined;
  /** What restricts the rules, in words; empty where nothing does. */
  readonly filter: string;
  /** When the rules were read and when this is written, epoch milliseconds. */
  readonly readAt: number | undefined;
  readonly writtenAt: number;
}

/** A report as the text of a file. */
export const formatReport: Record<RuleReportFormat, (report: Report) => string> = { csv, json, markdown };

/** One rule as every format tells it. The gain is an estimate, in points of the score. */
function ruleRecord({ pack, failing }: Report, rule: RuleWithFailures) {
  const percent = pack?.score?.percent;
  const known = percent !== undefined && failing !== undefined && rule.failing.length > 0;
  return {
    rule: rule.name,
    state: rule.compliance ?? '',
    failing: rule.failing.length,
    estimatedGain: known ? roundedGain(percent, rule.failing.length, failing) : undefined,
    controls: rule.controls,
  };
}

/** Whose data it is and how old, as name and value. */
function facts({ target, pack, filter, readAt, writtenAt, failing }: Report): [string, string][] {
  const { scope, name } = target;
  const updatedAt = pack?.score?.updatedAt;
  return [
    ['Conformance pack', name],
    ['Account', scope.account],
    ['Region', scope.region],
    ['Published score', formatScore(pack?.score)],
    ['Score computed', updatedAt === undefined ? 'unknown' : isoTime(updatedAt)],
    ['Deployment', pack?.deployment?.state ?? 'unknown'],
    ['Rules read', readAt === undefined ? 'unknown' : isoTime(readAt)],
    ['Failing results', failing === undefined ? 'not all read' : String(failing)],
    ['Filter', filter === '' ? 'none' : filter],
    ['Written', isoTime(writtenAt)],
  ];
}

function json(report: Report): string {
  const { target, pack, filter, readAt, writtenAt, failing, rules } = report;
  const { account, region } = target.scope;
  const document = {
    version: 1,
    pack: target.name,
    account,
    region,
    score: pack?.score?.percent ?? null,
    scoreComputedAt: pack?.score?.updatedAt === undefined ? null : isoTime(pack.score.updatedAt),
    deploymentState: pack?.deployment?.state ?? null,
    rulesReadAt: readAt === undefined ? null : isoTime(readAt),
    failingResults: failing ?? null,
    filter: filter || null,
    writtenAt: isoTime(writtenAt),
    rules: rules.map((rule) => {
      const record = ruleRecord(report, rule);
      return { ...record, estimatedGain: record.estimatedGain ?? null };
    }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A table; the facts stand in columns of every row, so that rows keep them when they are moved. */
function csv(report: Report): string {
  const about = facts(report);
  const head = ['Rule', 'State', 'Failing', 'Estimated gain', 'Controls', ...about.map(([name]) => name)];
  const rows = report.rules.map((each) => {
    const { rule, state, failing, estimatedGain, controls } = ruleRecord(report, each);
    return [rule, state, failing, estimatedGain ?? '', controls.join(' '), ...about.map(([, value]) => value)];
  });
  return [head, ...rows].map(csvLine).join('');
}

function markdown(report: Report): string {
  const rows = report.rules.map((each) => {
    const { rule, failing, estimatedGain, controls } = ruleRecord(report, each);
    const gain = estimatedGain === undefined ? '' : `+${estimatedGain}`;
    const state = each.compliance ? complianceWord(each.compliance) : '';
    return markdownLine([rule, state, String(failing), gain, controls.join(', ')]);
  });
  return [
    `# ${markdownText(report.target.name)}`,
    '',
    ...facts(report).map(([name, value]) => `- ${name}: ${markdownText(value)}`),
    '',
    '| Rule | State | Failing | Estimated gain | Controls |',
    '| --- | --- | ---: | ---: | --- |',
    rows.join(''),
  ].join('\n');
}
