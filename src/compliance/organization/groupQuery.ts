import { ComplianceError } from '../errors.ts';
import type { SelectedRow } from '../organizationModel.ts';
import { iteratePages, restartOnce } from '../paging/iteratePages.ts';
import type { FetchPage } from '../paging/pages.ts';
import { asRecord } from '../unknownValues.ts';
import type { StateCounts } from './cells.ts';
import { toStateCounts } from './stateCounts.ts';

/** Reads the rows of an advanced query (SelectAggregateResourceConfig). */
export type Select = (expression: string) => FetchPage<SelectedRow>;

/** What packs can be counted by. All are scalars: an array would count a pack once for each of its members. */
export type GroupProperty = 'accountId' | 'awsRegion' | 'resourceName';

/** Packs of one value of each property. */
export interface RecordedGroup<Property extends GroupProperty> {
  readonly values: Readonly<Record<Property, string>>;
  readonly counts: StateCounts;
}

interface GroupQuery<Property extends GroupProperty> {
  readonly properties: readonly Property[];
  /** Conditions that packs must fulfil. */
  readonly conditions: readonly string[];
  /** The query stops without a result after this many pages of 500 groups. */
  readonly maxPages?: number;
}

const packs = "resourceType = 'AWS::Config::ConformancePackCompliance'";
// The state of a pack is a scalar. Members of `configRuleList` would count once for each rule.
const state = 'configuration.complianceType';

/** Counts recorded packs by properties and state. Undefined if there are too many groups. Rejects with a `ComplianceError`. */
export const countGroups = <Property extends GroupProperty>(
  select: Select,
  query: GroupQuery<Property>,
  signal: AbortSignal,
): Promise<readonly RecordedGroup<Property>[] | undefined> =>
  restartOnce(() => readGroups(select, query, signal), signal);

async function readGroups<Property extends GroupProperty>(
  select: Select,
  { properties, conditions, maxPages = Number.POSITIVE_INFINITY }: GroupQuery<Property>,
  signal: AbortSignal,
): Promise<readonly RecordedGroup<Property>[] | undefined> {
  const columns = [...properties, state].join(', ');
  const where = [packs, ...conditions].join(' AND ');
  const groups = new Map<string, { readonly values: Record<Property, string>; readonly states: Map<string, number> }>();
  const isNew = (row: SelectedRow): boolean => {
    const values = readValues(row, properties);
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, states: new Map<string, number>() };
    groups.set(key, group);
    const { complianceType } = asRecord(row.configuration);
    return group.states.size < group.states.set(String(complianceType), readCount(row)).size;
  };
  let pages = 0;
  const expression = `SELECT ${columns}, COUNT(*) WHERE ${where} GROUP BY ${columns}`;
  for await (const _ of iteratePages(select(expression), signal, isNew)) if (++pages > maxPages) return undefined;
  return [...groups.values()].map(({ values, states }) => ({ values, counts: toStateCounts(states) }));
}

function readValues<Property extends GroupProperty>(
  row: SelectedRow,
  properties: readonly Property[],
): Record<Property, string> {
  const entries = properties.map((property) => {
    const { [property]: value } = row;
    if (typeof value === 'string') return [property, value] as const;
    throw createRowError(`A row of the query has no ${property}.`);
  });
  return Object.fromEntries(entries) as Record<Property, string>;
}

function readCount({ 'COUNT(*)': count }: SelectedRow): number {
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw createRowError('A row of the query has no count.');
}

const createRowError = (message: string): ComplianceError =>
  new ComplianceError('unreadable', message, { operation: 'SelectAggregateResourceConfig' });
