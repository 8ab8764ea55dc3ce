import { defaultPackOrder } from '../../compliance/source.ts';
import { formatCount, formatScope } from '../../compliance/text/format.ts';
import { describePackOrder, describeRowOrder } from '../../compliance/text/orderText.ts';
import type { ExportQuery, ExportSource } from '../../reports/exportQuery.ts';
import { describeExportFilter } from '../../reports/metadata.ts';

type NamedQuery = Pick<ExportQuery, 'sources' | 'filter'>;

/** Names what is exported, such as `111122223333 · us-east-1`, `Aggregator org` or `3 packs`. */
export function formatExportName({ sources, filter }: NamedQuery): string {
  if (filter.framework !== undefined) return `Framework ${filter.framework}`;
  const packs = getPacks(sources);
  if (packs) return packs.length === 1 ? `${packs[0]}` : formatCount(packs.length, 'pack');
  return sources.map(formatSource).join(', ');
}

/** The default file name, without extension. */
export function getFileName({ sources, filter }: NamedQuery): string {
  if (filter.framework !== undefined) return filter.framework;
  const packs = getPacks(sources);
  if (packs) return packs.length === 1 ? `${packs[0]}` : 'packs';
  const [source] = sources;
  if (!source || sources.length > 1) return 'packs';
  if (!source.aggregator) return `${source.scope.account}-${source.scope.region}`;
  return source.rowType === 'failingRules' ? `${source.aggregator.name}-rules` : source.aggregator.name;
}

/** Says what an export contains and in which order, such as `Packs of 111122223333 · us-east-1, no filter, order: …`. */
export function describeQuery(query: ExportQuery): string {
  const filter = describeExportFilter(query.filter);
  return `Packs of ${formatExportName(query)}, ${filter === '' ? 'no filter' : `filter: ${filter}`}, order: ${describeOrder(query)}`;
}

function describeOrder({ sources, order = defaultPackOrder, grouping }: ExportQuery): string {
  return sources.every(({ aggregator }) => aggregator === undefined)
    ? describePackOrder(order)
    : describeRowOrder(order, grouping);
}

function formatSource(source: ExportSource): string {
  if (!source.aggregator) return formatScope(source.scope);
  return source.rowType === 'failingRules'
    ? `Failing rules of aggregator ${source.aggregator.name}`
    : `Aggregator ${source.aggregator.name}`;
}

/** The names of the packs that were selected one by one; undefined if a source is exported as a whole. */
function getPacks(sources: readonly ExportSource[]): readonly string[] | undefined {
  if (!sources.every(({ packs }) => packs)) return undefined;
  return sources.flatMap(({ packs = [] }) => packs.map((pack) => (typeof pack === 'string' ? pack : pack.pack)));
}
