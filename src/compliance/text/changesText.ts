import type { AggregatorComparison, ReportingScope } from '../history/compareAggregator.ts';
import { type Direction, directions, type ReadTimes, type ResourceChanges } from '../history/compareReadings.ts';
import type { RulesComparison, ScopeChanges } from '../history/compareScopes.ts';
import type { NotCompared } from '../history/notCompared.ts';
import type { ListId, StoredPack, StoredRule } from '../history/reading.ts';
import { type AggregateRow, isFailedState } from '../model.ts';
import type { PackLocation } from '../packRef.ts';
import { splitRuleName } from '../ruleName.ts';
import { formatCount, formatScope } from './format.ts';
import { toMarkdownLinkText, toMarkdownText } from './plainText.ts';
import { formatPercent } from './score.ts';
import { formatPointChange } from './scoreChange.ts';
import { formatCompliance, formatDeploymentState, formatRulesPassing } from './states.ts';
import { formatIsoTime } from './time.ts';

export interface ChangesDocument {
  /** Such as `Changes since yesterday`. */
  readonly title: string;
  readonly scopes: readonly ScopeChanges[];
  /** Sentences about what could not be read now at all. */
  readonly failures: readonly string[];
  /** Epoch milliseconds. */
  readonly writtenAt: number;
  /** An address that opens a pack. */
  readonly getLink: (pack: PackLocation) => string;
}

/** More resources than this of one rule are only counted. */
const maxResources = 20;

const titles: Readonly<Record<Direction, string>> = {
  worse: 'Worse',
  better: 'Better',
  appeared: 'Appeared',
  vanished: 'Vanished',
};

/** Formats changes as a Markdown document: per account and region what became worse first, then what could not be compared. */
export function formatChangesDocument({ title, scopes, failures, writtenAt, getLink }: ChangesDocument): string {
  const sections = scopes.flatMap((scope) => formatScopeChanges(scope, getLink));
  const lines = [
    `# ${toMarkdownText(title)}`,
    '',
    `${countChanges(scopes)} Written ${formatTime(writtenAt)}.`,
    '',
    'Only lists that were read to their end both times are compared. A pack that was deleted and deployed again counts as vanished and appeared.',
    ...(failures.length > 0 ? ['', '## Not read now', '', ...failures.map((text) => `- ${toMarkdownText(text)}`)] : []),
    ...sections,
  ];
  return `${lines.join('\n')}\n`;
}

function countChanges(scopes: readonly ScopeChanges[]): string {
  const count = (direction: Direction) =>
    scopes
      .flatMap(({ packs, aggregators }) => [
        ...(packs?.changes ?? []),
        ...aggregators.flatMap(({ changes }) => changes),
      ])
      .filter((change) => change.direction === direction).length;
  const counts = directions.map((direction) => `${count(direction)} ${direction}`);
  return `Packs: ${counts.join(', ')}.`;
}

function formatScopeChanges(changes: ScopeChanges, getLink: ChangesDocument['getLink']): string[] {
  const { scope, packs, rules, aggregators } = changes;
  const linkPack = (name: string, place = scope) =>
    `[${toMarkdownLinkText(name)}](${getLink({ name, account: place.account, region: place.region })})`;
  const formatRow = (row: AggregateRow) => `${linkPack(row.pack, row)} · ${toMarkdownText(formatScope(row))}`;
  return [
    '',
    `## ${toMarkdownText(formatScope(scope))}`,
    ...(packs
      ? [
          ...formatHeading('Packs', packs.times),
          ...formatDirections(packs.changes, ({ before, after }) => {
            const pack = after ?? before;
            return pack
              ? `${after ? linkPack(pack.name) : toMarkdownText(pack.name)}${formatPackChange(before, after)}`
              : '';
          }),
        ]
      : []),
    ...rules.flatMap((comparison) => formatRules(comparison, linkPack)),
    ...aggregators.flatMap((aggregator) => formatAggregator(aggregator, formatRow)),
    ...formatNotCompared(changes),
  ];
}

const formatHeading = (title: string, { before, after }: ReadTimes): string[] => [
  '',
  `### ${title}`,
  '',
  `Read ${formatTime(after)}, compared with ${formatTime(before)}.`,
];

/** One list per direction, worse first. */
function formatDirections<T extends { readonly direction: Direction }>(
  changes: readonly T[],
  format: (change: T) => string,
): string[] {
  if (changes.length === 0) return ['', 'No changes.'];
  return directions.flatMap((direction) => {
    const items = changes.filter((change) => change.direction === direction).map(format);
    return items.length === 0 ? [] : ['', `**${titles[direction]}**`, '', ...items.map((item) => `- ${item}`)];
  });
}

/** Formats what changed about a pack, such as `: 64.7% → 61.5% (▼ 3.2)`; empty without a score or a change. */
function formatPackChange(before: StoredPack | undefined, after: StoredPack | undefined): string {
  const parts: string[] = [];
  const [from, to] = [before?.percent, after?.percent];
  if (from !== undefined && to !== undefined && from !== to)
    parts.push(`${formatPercent(from)} → ${formatPercent(to)} (${formatPointChange(to - from)})`);
  else if ((to ?? from) !== undefined) parts.push(formatPercent(to ?? from ?? 0));
  if (before && after && isFailedState(before.state) !== isFailedState(after.state))
    parts.push(`${formatState(before)} → ${formatState(after)}`);
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}

const formatState = ({ state }: StoredPack): string =>
  toMarkdownText(state === undefined ? 'no deployment' : formatDeploymentState(state));

function formatRules(comparison: RulesComparison, linkPack: (name: string) => string): string[] {
  const { pack, times, changes, resources } = comparison;
  if (changes.length === 0 && resources.length === 0) return [];
  return [
    ...formatHeading(`Rules of ${linkPack(pack)}`, times),
    ...(changes.length > 0
      ? formatDirections(changes, ({ before, after }) => {
          const rule = after ?? before;
          return rule ? `${formatRuleName(rule.name)}${formatRuleChange(before, after)}` : '';
        })
      : []),
    ...resources.flatMap(formatResources),
  ];
}

const formatRuleName = (name: string): string => toMarkdownText(splitRuleName(name).templateName);

function formatRuleChange(before: StoredRule | undefined, after: StoredRule | undefined): string {
  const describe = ({ compliance, failing }: StoredRule) =>
    toMarkdownText(`${compliance ? formatCompliance(compliance) : 'state unknown'}, ${failing.length} failing`);
  return `: ${[before, after].flatMap((rule) => (rule ? describe(rule) : [])).join(' → ')}`;
}

function formatResources({ rule, nowFailing, noLongerFailing }: ResourceChanges): string[] {
  const format = (title: string, resources: ResourceChanges['nowFailing']) => {
    const shown = resources.slice(0, maxResources).map(({ type, id }) => `- ${toMarkdownText(`${type} ${id}`)}`);
    const hidden = resources.length - shown.length;
    const rest = hidden > 0 ? [`- and ${hidden} more`] : [];
    return resources.length === 0 ? [] : ['', `${title} ${formatRuleName(rule)}:`, '', ...shown, ...rest];
  };
  return [...format('Now failing', nowFailing), ...format('No longer failing', noLongerFailing)];
}

function formatAggregator(comparison: AggregatorComparison, formatRow: (row: AggregateRow) => string): string[] {
  const { aggregator, times, changes, noLongerReporting, newlyReporting } = comparison;
  const formatScopes = (title: string, scopes: readonly ReportingScope[]) =>
    scopes.length === 0
      ? []
      : [
          '',
          `**${title}**`,
          '',
          ...scopes.map((scope) => `- ${toMarkdownText(formatScope(scope))}: ${formatCount(scope.packs, 'pack')}`),
        ];
  const hasOthers = noLongerReporting.length + newlyReporting.length > 0;
  return [
    ...formatHeading(`Aggregator ${toMarkdownText(aggregator)}`, times),
    ...formatScopes('No longer reporting', noLongerReporting),
    ...(changes.length === 0 && hasOthers
      ? []
      : formatDirections(changes, ({ before, after }) => {
          const row = after ?? before;
          return row ? `${formatRow(row)}: ${formatRowChange(before, after)}` : '';
        })),
    ...formatScopes('Newly reporting', newlyReporting),
  ];
}

function formatRowChange(before: AggregateRow | undefined, after: AggregateRow | undefined): string {
  const describe = (row: AggregateRow) =>
    toMarkdownText(
      `${row.compliance ? formatCompliance(row.compliance) : 'state unknown'}, ${formatRulesPassing(row)}`,
    );
  return [before, after].flatMap((row) => (row ? describe(row) : [])).join(' → ');
}

/** What could not be compared, and why. */
function formatNotCompared({ packs, rules, aggregators, notCompared }: ScopeChanges): string[] {
  const uncertain = [
    ...(packs?.uncertain ?? []).map(({ item, reason }) => `${item.name}: ${reason}`),
    ...rules.flatMap(({ pack, uncertain: items }) =>
      items.map(({ item, reason }) => `${splitRuleName(item.name).templateName} of ${pack}: ${reason}`),
    ),
    ...aggregators.flatMap(({ aggregator, uncertain: items }) =>
      items.map(({ item, reason }) => `${item.pack} · ${formatScope(item)} in ${aggregator}: ${reason}`),
    ),
  ];
  const lines = [...notCompared.map(formatNotComparedItem), ...uncertain];
  return lines.length === 0 ? [] : ['', '### Not compared', '', ...lines.map((line) => `- ${toMarkdownText(line)}`)];
}

/** Formats why something was not compared, such as `Packs: Access denied (2026-11-18 09:14 UTC)`. */
export function formatNotComparedItem({ listId, reason }: NotCompared): string {
  const name = formatList(listId);
  switch (reason.kind) {
    case 'notReadThen':
      return `${name}: no earlier reading`;
    case 'notReadNow':
      return `${name}: not read in this session`;
    case 'notReadSince':
      return `${name}: not read again since`;
    case 'rowsNotReadThen':
      return `${name}: ${formatCount(reason.rows, 'row')} of accounts, regions or packs that were not read then`;
    case 'rowsNotReadNow':
      return `${name}: ${formatCount(reason.rows, 'row')} of accounts, regions or packs that have not been read now`;
    case 'rowsNotReadSince':
      return `${name}: ${formatCount(reason.rows, 'row')} not read again since`;
    case 'gap':
      return reason.when === 'then'
        ? `${name}: ${reason.reason} (${formatTime(reason.at)})`
        : `${name}: could not be read now: ${reason.reason}`;
  }
}

function formatList(listId: ListId): string {
  switch (listId.kind) {
    case 'packs':
      return 'Packs';
    case 'rules':
      return `Rules of ${listId.pack}`;
    case 'rows': {
      const { account, region, pack } = listId.filter;
      const filter = [account, region, pack].filter(Boolean).join(', ');
      return `Aggregator ${listId.aggregator}${filter ? ` (${filter})` : ''}`;
    }
  }
}

/** Readings differ by minutes or more. */
const formatTime = (time: number): string => `${formatIsoTime(time).slice(0, 16).replace('T', ' ')} UTC`;
