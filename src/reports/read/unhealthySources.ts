import { type ComplianceError, isDenial } from '../../compliance/errors.ts';
import { getSourceKey, type UnhealthySource } from '../../compliance/model.ts';
import { PagedList } from '../../compliance/paging/pagedList.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';

interface UnhealthySources {
  /** Undefined if they must not be read. */
  readonly rows: readonly UnhealthySource[] | undefined;
  readonly errors: readonly ComplianceError[];
}

/**
 * Reads the sources of an aggregator with missing or outdated data (DescribeConfigurationAggregatorSourcesStatus).
 * Rejects with a `ComplianceError`, unless it is denied.
 */
export async function readUnhealthySources(
  { store, aggregator }: ResolvedAggregator,
  signal: AbortSignal,
): Promise<UnhealthySources> {
  const list = new PagedList(store.getUnhealthySourcePages(aggregator.name), getSourceKey, () => {});
  await list.loadAll(signal);
  signal.throwIfAborted();
  const { errors } = list;
  const fatal = errors.find((error) => !isDenial(error));
  if (fatal) throw fatal;
  return { rows: list.isComplete ? list.rows : undefined, errors };
}
