import type { ComplianceError } from '../../../compliance/errors.ts';
import { mergeByCause } from '../../../compliance/mergeErrors.ts';
import type { SummaryKey } from '../../../compliance/model.ts';
import { resolveAggregators } from '../../../compliance/queries/lookup.ts';
import type { ConnectionStore } from '../../../compliance/store/connectionStore.ts';
import { describeError } from '../../../compliance/text/errorMessages.ts';
import { validate } from '../../../compliance/validation.ts';
import { getOfferedRegions, hasRegionFormat } from '../../connections/regions.ts';
import { rankByText } from '../../palette/nameRanking.ts';
import type { Suggestion } from './pickSuggestion.ts';

/** More accounts than this are of no use in a picker. */
const maxScopes = 1_000;

/** Loads the accounts or regions of all aggregators. An aborted load keeps what it has loaded. Never rejects. */
export async function loadScopes(
  stores: readonly ConnectionStore[],
  by: SummaryKey,
  signal: AbortSignal,
): Promise<void> {
  const { results } = await resolveAggregators(stores, undefined, signal);
  const lists = results.map(({ store, aggregator }) => store.getPackCounts(aggregator.name, by, {}));
  await Promise.all(lists.map((list) => list.loadUpTo(maxScopes, signal)));
}

/** What a picker of accounts or regions shows. */
interface ScopeChoice {
  readonly by: SummaryKey;
  readonly text: string;
  /** Names of accounts by their ID. */
  readonly accountNames: ReadonlyMap<string, string>;
  readonly isLoading: boolean;
}

/** The accounts or regions that match the typed text, best matches first, the text itself, and what is not loaded. */
export function createScopeItems(
  stores: readonly ConnectionStore[],
  { by, text, accountNames, isLoading }: ScopeChoice,
): readonly Suggestion<string>[] {
  const typed = text.trim();
  const loaded = getLoadedScopes(stores, by);
  const known = by === 'region' ? getOfferedRegions(loaded) : [...new Set([...loaded, ...accountNames.keys()])];
  const items = rankByText(
    known.map((value) => createItem(value, accountNames.get(value))),
    typed,
  );
  const isValid = by === 'account' ? validate('account', typed) === undefined : hasRegionFormat(typed);
  const isNew = isValid && !known.includes(typed);
  return [
    ...items,
    ...(isNew ? [{ label: typed, description: `${by} as typed`, value: typed }] : []),
    ...getErrors(stores, by).map(toErrorItem),
    ...(isLoading ? [{ label: 'Loading…', description: `the ${by}s of your aggregators` }] : []),
    ...(items.length > 0 || isNew || isLoading ? [] : [createEmptyItem(by, typed)]),
  ];
}

const createItem = (value: string, name: string | undefined): Suggestion<string> =>
  name === undefined ? { label: value, value } : { label: name, description: value, value };

function toErrorItem(error: ComplianceError): Suggestion<string> {
  const { title, subject, advice } = describeError(error);
  return { label: title, ...(subject !== undefined && { description: subject }), detail: advice };
}

function createEmptyItem(by: SummaryKey, typed: string): Suggestion<string> {
  const detail = by === 'account' ? 'Type a 12-digit account ID.' : 'Type a region, such as eu-central-1.';
  return { label: typed === '' ? `No ${by}s loaded` : `No known ${by} matches`, detail };
}

function getLoadedScopes(stores: readonly ConnectionStore[], by: SummaryKey): readonly string[] {
  const names = stores.flatMap((store) => [
    ...store.identity.rows.map((scope) => scope[by]),
    ...getCountLists(store, by).flatMap(({ rows }) => rows.map(({ name }) => name)),
  ]);
  return [...new Set(names)];
}

const getErrors = (stores: readonly ConnectionStore[], by: SummaryKey): readonly ComplianceError[] =>
  mergeByCause(
    stores.flatMap((store) =>
      [store.identity, store.aggregators, ...getCountLists(store, by)].flatMap(({ errors }) => errors),
    ),
  );

const getCountLists = (store: ConnectionStore, by: SummaryKey) =>
  store.aggregators.rows.map(({ name }) => store.getPackCounts(name, by, {}));
