import type { ComplianceError } from '../../compliance/errors.ts';
import type { Evaluation } from '../../compliance/model.ts';
import { createOwnerLookup } from '../../compliance/owners/groupByOwner.ts';
import { TagList } from '../../compliance/owners/tagList.ts';
import type { List } from '../../compliance/paging/list.ts';
import { PagedList } from '../../compliance/paging/pagedList.ts';
import { getResourceKey } from '../../compliance/resourceModel.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatOwner } from '../../compliance/text/ownerText.ts';
import type { ReportResource } from '../report.ts';
import { type ReadOptions, throwIfExportEnds } from './details.ts';

/** The further columns of failing resources. */
export interface ResourceDetails {
  readonly describe: (result: Evaluation) => ReportResource;
  readonly errors: readonly ComplianceError[];
}

/**
 * Reads the exceptions (DescribeRemediationExceptions) and owners (SelectResourceConfig) of failing resources, as far as
 * they are part of the export.
 */
export async function readResourceDetails(
  store: ConnectionStore,
  failing: List<Evaluation>,
  options: ReadOptions,
): Promise<ResourceDetails> {
  const { content, resourceColumns, signal } = options;
  if (content !== 'resources') return { describe: (result) => result, errors: [] };
  const columns = await Promise.all([
    ...(resourceColumns.includes('exceptions') ? [readExceptions(store, failing, signal)] : []),
    ...(resourceColumns.includes('owners') ? [readOwners(store, failing, options)] : []),
  ]);
  signal.throwIfAborted();
  const errors = columns.flatMap((column) => column.errors);
  throwIfExportEnds(errors);
  return { describe: (result) => columns.reduce((described, { describe }) => describe(described), result), errors };
}

async function readExceptions(
  store: ConnectionStore,
  { rows }: List<Evaluation>,
  signal: AbortSignal,
): Promise<ResourceDetails> {
  const rules = new Set(rows.map(({ rule }) => rule));
  const lists = new Map(
    [...rules].map((rule) => {
      const fetch = store.getResourcePages((source, request) => source.listExceptions(request, rule));
      return [rule, new PagedList(fetch, getResourceKey, () => {}, { isEager: true })];
    }),
  );
  await Promise.all([...lists.values()].map((list) => list.loadAll(signal)));
  const exceptions = new Map(
    [...lists].flatMap(([rule, list]) => list.rows.map((each) => [getKey(rule, each), each] as const)),
  );
  return {
    describe: (result) => ({ ...result, exception: exceptions.get(getKey(result.rule, result)) }),
    errors: [...lists.values()].flatMap((list) => list.errors),
  };
}

const getKey = (rule: string, resource: Parameters<typeof getResourceKey>[0]): string =>
  `${rule} ${getResourceKey(resource)}`;

async function readOwners(
  store: ConnectionStore,
  failing: List<Evaluation>,
  { ownerTag, signal }: ReadOptions,
): Promise<ResourceDetails> {
  const tags = new TagList(store, failing, () => {});
  await tags.loadAll(signal);
  const getOwner = createOwnerLookup(tags, ownerTag);
  const toOwner = (id: string) => (id.startsWith('=') ? { value: id.slice(1) } : { note: formatOwner(id, ownerTag) });
  return { describe: (result) => ({ ...result, owner: toOwner(getOwner(result)) }), errors: tags.errors };
}
