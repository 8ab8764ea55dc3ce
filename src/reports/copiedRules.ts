import { formatGain } from '../compliance/estimatedGain.ts';
import type { Pack } from '../compliance/model.ts';
import type { OwnPack } from '../compliance/packRef.ts';
import type { RuleWithFailures } from '../compliance/store/ruleList.ts';
import { formatScore } from '../compliance/text/score.ts';
import { formatCompliance, formatDeploymentState } from '../compliance/text/states.ts';
import { formatScoreTime } from './detailsText.ts';
import { escapeMarkdown, formatMarkdownList, formatMarkdownRow } from './escaping.ts';
import type { LabeledValue } from './metadata.ts';
import { formatUtcTime, formatUtcTimeOrUnknown } from './times.ts';

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

/** Formats the estimated gain of fixing a rule, in points of the score; empty if it cannot be estimated. */
function formatEstimatedGain({ pack, totalFailures }: RuleReport, { failing }: RuleWithFailures): string {
  const percent = pack?.score?.percent;
  if (percent === undefined || totalFailures === undefined || failing.length === 0) return '';
  return formatGain(percent, failing.length, totalFailures);
}

function describeReport({ target, pack, filter, readAt, writtenAt, totalFailures }: RuleReport): LabeledValue[] {
  const { scope, name } = target;
  return [
    ['Conformance pack', name],
    ['Account', scope.account],
    ['Region', scope.region],
    ['Published score', formatScore(pack?.score)],
    ['Score computed', formatScoreTime(pack?.score, readAt)],
    ['Deployment', pack?.deployment ? formatDeploymentState(pack.deployment.state) : 'unknown'],
    ['Rules read', formatUtcTimeOrUnknown(readAt)],
    ['Failing results', totalFailures === undefined ? 'not all read' : String(totalFailures)],
    ['Filter', filter === '' ? 'none' : filter],
    ['Written', formatUtcTime(writtenAt)],
  ];
}

/** Formats a report as Markdown. */
export function formatRuleReport(report: RuleReport): string {
  const rows = report.rules.map((rule) => {
    const { name, compliance, failing, controls } = rule;
    const state = compliance ? formatCompliance(compliance) : '';
    return formatMarkdownRow([
      name,
      state,
      String(failing.length),
      formatEstimatedGain(report, rule),
      controls.join(', '),
    ]);
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
