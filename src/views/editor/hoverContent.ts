import type { ComplianceError } from '../../compliance/errors.ts';
import { mergeByCause } from '../../compliance/mergeErrors.ts';
import type { Pack } from '../../compliance/model.ts';
import { splitRuleName } from '../../compliance/ruleName.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { formatAge } from '../../compliance/text/age.ts';
import { describeError, type ErrorAction, mergeActions } from '../../compliance/text/errorMessages.ts';
import { formatCount, formatScope, formatScopeWithLabels } from '../../compliance/text/format.ts';
import { formatComputed, formatPackScore, isComputed } from '../../compliance/text/score.ts';
import { explainScoreChange } from '../../compliance/text/scoreChange.ts';
import { formatCompliance, formatDeploymentState } from '../../compliance/text/states.ts';
import { type DeployedPack, getCertainPack, type LoadStatus, type LookupResult } from './packLookup.ts';

/** A piece of a hover's line: plain text, bold text, or a link that runs a command on a pack. */
export type HoverSpan =
  | string
  | { readonly bold: string }
  | { readonly action: ErrorAction }
  | { readonly link: string; readonly command: HoverCommand; readonly target: DeployedPack };
export type HoverCommand = 'openPack' | 'openInConsole' | 'refresh';
export type HoverLine = readonly HoverSpan[];

const maxRuleNames = 5;
const maxListedPacks = 10;

/** The hover over a pack's name: for each name that it may resolve to, what is deployed and where. `now`: epoch milliseconds. */
export function describePack(results: readonly LookupResult[], now: number): readonly HoverLine[] {
  // Other accounts and regions do not matter if the pack is deployed to that of a connection.
  const inPlace = results.filter(({ isElsewhere }) => !isElsewhere);
  const shown = inPlace.length > 0 ? inPlace : results.slice(0, 1);
  const names = [...new Set(shown.map(({ name }) => name.text))];
  return names.flatMap((name) => [
    ['Conformance pack ', { bold: name }],
    ...shown.filter((result) => result.name.text === name).flatMap((result) => describeResult(result, now)),
  ]);
}

function describeResult(result: LookupResult, now: number): HoverLine[] {
  const { packs, name, scope, isPending, errors } = result;
  if (name.kind === 'open') return [['The name is only known at deployment']];
  if (result.isElsewhere) return [['Deployed to an account or region without a connection']];
  const location = scope ? formatScope(scope) : 'your account';
  const errorLines = describeErrors(errors);
  const certainPack = getCertainPack(result);
  if (certainPack) return [...describeDeployedPack(certainPack, name.text, now), ...errorLines];
  if (packs.length > 0)
    return [
      [`Matches ${formatCount(packs.length, 'deployed pack')} in ${location}`],
      ...listPacks(packs),
      ...errorLines,
    ];
  if (isPending) return [[`${location}: ${describePending(result)}`]];
  if (errorLines.length > 0) return errorLines;
  return [[`Not deployed in ${location}${formatReadAge(result.readAt, now)}`]];
}

function describeDeployedPack(deployed: DeployedPack, templateName: string, now: number): HoverLine[] {
  const { pack, scope, rules, readAt, scoreChange } = deployed;
  const { state, reason } = pack.deployment ?? {};
  return [
    ...(pack.name === templateName ? [] : [[`Deployed as ${pack.name}`]]),
    [formatScoreLine(pack, now)],
    ...(scoreChange ? [[explainScoreChange(scoreChange, now)]] : []),
    ...(state === undefined ? [] : [[`Deployment ${formatDeploymentState(state)}${reason ? `: ${reason}` : ''}`]]),
    ...describeFailingRules(rules),
    [`${formatScopeWithLabels(scope)}${formatReadAge(readAt, now)}`],
    [
      { link: 'Open Pack', command: 'openPack', target: deployed },
      ' · ',
      { link: 'Open in Console', command: 'openInConsole', target: deployed },
      ' · ',
      { link: 'Refresh', command: 'refresh', target: deployed },
    ],
  ];
}

const formatReadAge = (readAt: number | undefined, now: number): string =>
  readAt === undefined ? '' : ` · loaded ${formatAge(readAt, now)}`;

function listPacks(packs: readonly DeployedPack[]): HoverLine[] {
  const lines = packs.slice(0, maxListedPacks).map((deployed): HoverLine => {
    return ['– ', { link: deployed.pack.name, command: 'openPack', target: deployed }, ` ${formatPackState(deployed)}`];
  });
  const hiddenCount = packs.length - lines.length;
  return hiddenCount > 0 ? [...lines, [`and ${hiddenCount} more`]] : lines;
}

function formatPackState({ pack }: DeployedPack): string {
  const state = pack.deployment?.state;
  return state && state !== 'CREATE_COMPLETE'
    ? `${formatPackScore(pack)} · ${formatDeploymentState(state)}`
    : formatPackScore(pack);
}

function formatScoreLine(pack: Pack, now: number): string {
  const { score } = pack;
  const computed = score && isComputed(score) ? ` · ${formatComputed(score.updatedAt, now)}` : '';
  if (score?.percent === undefined) return `${formatPackScore(pack)}${computed}`;
  const filled = Math.floor(score.percent / 10);
  return `${formatPackScore(pack)} ${'▰'.repeat(filled)}${'▱'.repeat(10 - filled)}${computed}`;
}

function describeFailingRules({ rows, errors, rules }: RuleList): HoverLine[] {
  const failing = rows.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  if (failing.length === 0) return describeErrors(errors);
  const names = failing.slice(0, maxRuleNames).map(({ name }) => splitRuleName(name).templateName);
  const ellipsis = failing.length > maxRuleNames ? ' …' : '';
  // Failing results name the failing rules. The total is only known from the complete list of rules.
  const counts = rules.isComplete
    ? `${failing.length} of ${formatCount(rows.length, 'rule')}`
    : formatCount(failing.length, 'rule');
  return [[`${counts} failing: ${names.join(', ')}${ellipsis}`], ...describeErrors(errors)];
}

/** What the hover over a rule shows. */
export interface RuleHover {
  readonly name: string;
  /** The packs that were deployed from the rule's template, or may have been. */
  readonly packs: readonly DeployedPack[];
  /** How many further packs may have the rule and were not requested. */
  readonly unchecked: number;
  readonly statuses: readonly LoadStatus[];
}

/** The hover over a rule's name: its state in each deployed pack that has it. */
export function describeRule({ name, packs, unchecked, statuses }: RuleHover): readonly HoverLine[] {
  const ruleLines = packs.flatMap((deployed) => describeRuleInPack(name, deployed));
  const pendingStatus = statuses.find(({ isPending }) => isPending);
  const isPending = pendingStatus !== undefined || packs.some(({ rules }) => rules.state === 'loading');
  const errorLines = describeErrors([...statuses, ...packs.map(({ rules }) => rules)].flatMap(({ errors }) => errors));
  const placeholder: HoverLine = [isPending ? describePending(pendingStatus) : 'Not found in any loaded pack'];
  const hasContent = ruleLines.length > 0 || (errorLines.length > 0 && !isPending);
  const isBlocked = statuses.some((status) => status.isBlocked);
  return [
    ['Rule ', { bold: name }],
    ...(hasContent ? ruleLines : [placeholder]),
    ...errorLines,
    ...(unchecked > 0 ? [[describeUnchecked(unchecked, isBlocked)]] : []),
  ];
}

function describeRuleInPack(name: string, { pack, scope, rules }: DeployedPack): HoverLine[] {
  return rules.rows
    .filter((rule) => splitRuleName(rule.name).templateName === name)
    .map(({ compliance, failing }): HoverLine => {
      const state = compliance ? formatCompliance(compliance) : 'unknown';
      const resources = failing.length > 0 ? `, ${formatCount(failing.length, 'failing resource')}` : '';
      return [`${pack.name} · ${formatScope(scope)}: ${state}${resources}`];
    });
}

const describeUnchecked = (packs: number, isBlocked: boolean): string =>
  isBlocked
    ? `${formatCount(packs, 'pack')} not checked because this workspace is not trusted`
    : `${formatCount(packs, 'pack')} not checked yet. Hover again to continue`;

const describePending = (status?: LoadStatus): string =>
  status?.isBlocked ? 'not loaded because this workspace is not trusted' : 'loading …';

/** Several lists may fail for the same cause, which is shown once. The links below all causes run their actions. */
function describeErrors(errors: readonly ComplianceError[]): HoverLine[] {
  if (errors.length === 0) return [];
  const descriptions = mergeByCause(errors).map((error) => describeError(error));
  const actions = mergeActions(descriptions);
  const links = actions.flatMap((action, index): HoverSpan[] => (index === 0 ? [{ action }] : [' · ', { action }]));
  return [...descriptions.map(({ fullText }): HoverLine => [fullText]), links];
}
