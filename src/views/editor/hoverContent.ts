import type { ComplianceError } from '../../compliance/errors.ts';
import { splitRuleName } from '../../compliance/impact.ts';
import type { Score } from '../../compliance/model.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { errorText } from '../../compliance/text/errorMessages.ts';
import { age, formatScope, formatScore, plural } from '../../compliance/text/format.ts';
import { type Answer, certain, type Deployed, type Progress } from './deployments.ts';

/** A piece of a hover: text that is data, text that stands out, or a link to one of our commands. */
export type Span =
  | string
  | { readonly strong: string }
  | { readonly link: string; readonly act: HoverAct; readonly on: Deployed };
export type HoverAct = 'open' | 'console' | 'refresh';
export type HoverLine = readonly Span[];

/** Rules that a hover names. */
const mostRules = 5;
/** Packs of a pattern that a hover lists. */
const mostPacks = 10;

/** What a hover over a pack's name says: of each name that it may come to, what is deployed under it and where. */
export function packHover(answers: readonly Answer[], now: number): readonly HoverLine[] {
  const names = [...new Set(answers.map(({ name }) => name.text))];
  return names.flatMap((name) => [
    ['Conformance pack ', { strong: name }],
    ...answers.filter((answer) => answer.name.text === name).flatMap((answer) => answerLines(answer, now)),
  ]);
}

function answerLines(answer: Answer, now: number): HoverLine[] {
  const { deployed, name, scope, pending, errors } = answer;
  const place = scope ? formatScope(scope) : 'your account';
  const troubles = errorLines(errors);
  const only = certain(answer);
  if (only) return [...deployedLines(only, name.text, now), ...troubles];
  if (deployed.length > 0)
    return [[`Matches ${plural(deployed.length, 'deployed pack')} in ${place}`], ...listLines(deployed), ...troubles];
  if (pending) return [[`${place}: ${waiting(answer)}`]];
  if (troubles.length > 0) return troubles;
  return [[name.kind === 'open' ? `Its name is only known when it is deployed` : `Not deployed in ${place}`]];
}

function deployedLines(deployed: Deployed, name: string, now: number): HoverLine[] {
  const { pack, scope, rules, readAt } = deployed;
  const { state, reason } = pack.deployment ?? {};
  return [
    ...(pack.name === name ? [] : [[`Deployed as ${pack.name}`]]),
    [scoreLine(pack.score, now)],
    ...(state === undefined ? [] : [[`Deployment ${state}${reason ? `: ${reason}` : ''}`]]),
    ...ruleLines(rules),
    [`Account ${scope.account} · region ${scope.region}${readAt === undefined ? '' : ` · read ${age(readAt, now)}`}`],
    [
      { link: 'Open Pack', act: 'open', on: deployed },
      ' · ',
      { link: 'Open in Console', act: 'console', on: deployed },
      ' · ',
      { link: 'Refresh', act: 'refresh', on: deployed },
    ],
  ];
}

/** Each pack of a pattern, none of them preferred. */
function listLines(deployed: readonly Deployed[]): HoverLine[] {
  const lines = deployed
    .slice(0, mostPacks)
    .map((each): HoverLine => ['– ', { link: each.pack.name, act: 'open', on: each }, ` ${scoreWords(each)}`]);
  const hidden = deployed.length - lines.length;
  return hidden > 0 ? [...lines, [`and ${hidden} more`]] : lines;
}

function scoreWords({ pack }: Deployed): string {
  const state = pack.deployment?.state;
  return state && state !== 'CREATE_COMPLETE' ? `${formatScore(pack.score)} · ${state}` : formatScore(pack.score);
}

function scoreLine(score: Score | undefined, now: number): string {
  const computed = score?.updatedAt === undefined ? '' : ` · computed ${age(score.updatedAt, now)}`;
  if (score?.percent === undefined) return `${formatScore(score)}${computed}`;
  const full = Math.floor(score.percent / 10);
  return `${formatScore(score)} ${'▰'.repeat(full)}${'▱'.repeat(10 - full)}${computed}`;
}

function ruleLines({ rows, errors, rules }: RuleList): HoverLine[] {
  const failing = rows.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  if (failing.length === 0) return errorLines(errors);
  const names = failing.slice(0, mostRules).map(({ name }) => splitRuleName(name).own);
  const more = failing.length > mostRules ? ' …' : '';
  // Results name rules that fail; how many there are, only the list of rules can tell.
  const all = plural(rules.complete ? rows.length : failing.length, 'rule');
  return [
    [`${rules.complete ? `${failing.length} of ` : ''}${all} failing: ${names.join(', ')}${more}`],
    ...errorLines(errors),
  ];
}

/**
 * What a hover over a rule's name in a pack's template says: its state in each deployed pack that has it, and
 * how many of those that may have it have not been asked.
 */
export function ruleHover(
  name: string,
  deployed: readonly Deployed[],
  unasked: number,
  progress: readonly Progress[],
): readonly HoverLine[] {
  const lines = deployed.flatMap(({ pack, scope, rules }) =>
    rules.rows
      .filter((rule) => splitRuleName(rule.name).own === name)
      .map((rule): HoverLine => {
        const fails = rule.failing.length > 0 ? `, ${plural(rule.failing.length, 'resource')} failing` : '';
        return [`${rule.compliance ?? 'UNKNOWN'}${fails} in ${pack.name} · ${formatScope(scope)}`];
      }),
  );
  const waits = progress.find((each) => each.pending);
  const pending = waits !== undefined || deployed.some(({ rules }) => rules.state === 'loading');
  const troubles = errorLines([...progress, ...deployed.map(({ rules }) => rules)].flatMap(({ errors }) => errors));
  const none: HoverLine = [pending ? waiting(waits) : 'In no deployed pack that is known'];
  const told = lines.length > 0 || (troubles.length > 0 && !pending) ? lines : [none];
  const others = progress.some(({ withheld }) => withheld) ? untrusted : 'the next hover goes on';
  const more: HoverLine[] = unasked > 0 ? [[`${notAsked(unasked)}: ${others}`]] : [];
  return [['Rule ', { strong: name }], ...told, ...troubles, ...more];
}

const notAsked = (packs: number): string =>
  packs === 1 ? '1 deployed pack has not been asked' : `${packs} deployed packs have not been asked`;

const untrusted = 'this workspace is not trusted';

/** What stands for what has not come yet. */
const waiting = (progress?: Progress): string => (progress?.withheld ? `not asked, for ${untrusted}` : 'asking …');

/** What went wrong, in words: once, though several lists may fail for the same reason. */
function errorLines(errors: readonly ComplianceError[]): HoverLine[] {
  return [...new Set(errors.map(errorText))].map((text) => [text]);
}
