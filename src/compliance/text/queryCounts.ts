import type { SummaryKey } from '../model.ts';
import type { CountedDifference, QueryCounts } from '../organization/countByQuery.ts';
import { formatCount } from './format.ts';
import { formatInState } from './states.ts';

/** Why a query of AWS Config that finds nothing says nothing. */
export const unrecordedText =
  'AWS Config cannot count packs that no account records as AWS::Config::ConformancePackCompliance.';

/** Formats the totals of a query, such as `AWS Config counts 12 recorded packs: 7 non-compliant, 5 compliant`. */
export function formatQueryTotals({ totals }: QueryCounts): string {
  const { packs, nonCompliant, compliant } = totals;
  const others = packs - nonCompliant - compliant;
  const withoutResult = others > 0 ? `, ${others} without a result` : '';
  const states = [formatInState(nonCompliant, 'NON_COMPLIANT'), formatInState(compliant, 'COMPLIANT')].join(', ');
  return `AWS Config counts ${formatCount(packs, 'recorded pack')}: ${states}${withoutResult}`;
}

/** Says what a query does not count, as far as the summary operation tells. Empty if it counts everything. */
export function formatQueryLimits({ differences, uncoveredAccounts }: QueryCounts): readonly string[] {
  if (!differences) return ["AWS Config's query could not be checked: packs that are not recorded are missing."];
  const uncovered = new Set(uncoveredAccounts);
  const others = differences.filter(({ by, name }) => by === 'region' || !uncovered.has(name));
  return [
    ...(uncovered.size > 0
      ? [
          `Not in the ranking: ${formatCount(uncovered.size, 'account')} without recorded packs (${formatSome(uncovered)})`,
        ]
      : []),
    ...formatDifferences(others, 'account', 'not recorded in all regions'),
    ...formatDifferences(others, 'region', 'not recorded in all accounts'),
  ];
}

/** The aggregator may also be older than its summary, so the cause is a guess. */
function formatDifferences(all: readonly CountedDifference[], by: SummaryKey, cause: string): readonly string[] {
  const [first, ...others] = all.filter((difference) => difference.by === by);
  if (!first) return [];
  const more = others.length > 0 ? ` (also different in ${formatCount(others.length, `more ${by}`)})` : '';
  const packs = formatCount(first.byQuery, 'pack');
  return [
    `AWS Config's query counts ${packs} in ${first.name}, its summary ${first.bySummary}${more}: possibly ${cause}`,
  ];
}

const maxNames = 5;

function formatSome(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, maxNames).join(', ');
  return names.size > maxNames ? `${shown} and ${names.size - maxNames} more` : shown;
}
