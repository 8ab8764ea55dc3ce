import type { Grouping } from '../grouping.ts';
import type { PackOrder } from '../source.ts';

/** Describes the order of a scope's packs, such as `lowest published score first, packs without a score last`. */
export function describePackOrder({ by, descending }: PackOrder): string {
  if (by === 'name') return describeNameOrder(descending);
  return descending
    ? 'packs without a score first, then highest published score first'
    : 'lowest published score first, packs without a score last';
}

/** Describes the order of an aggregator's rows. Undefined: as AWS Config returns them. */
export function describeRowOrder(order: PackOrder | undefined, grouping: Grouping): string {
  if (!order) return 'as AWS Config returned them, in no particular order';
  const { by, descending } = order;
  const byShare = descending
    ? 'packs without a result first, then highest share of passing rules first'
    : 'lowest share of passing rules first, packs without a result last';
  const rows = by === 'name' ? describeNameOrder(descending) : byShare;
  const groups = describeGroupOrder(order, grouping);
  return groups === undefined ? rows : `${groups}; in each ${rows}`;
}

/** The order of the rules that fail in an aggregator's accounts. */
export const failingRuleOrder =
  'rules that fail in most accounts first, then those with most failing resources; in each, most failing resources first';

const describeNameOrder = (descending: boolean): string => `by pack name, ${formatDirection(descending)}`;

const formatDirection = (descending: boolean): string => (descending ? 'Z to A' : 'A to Z');

function describeGroupOrder({ by, descending }: PackOrder, grouping: Grouping): string | undefined {
  if (grouping === 'none') return undefined;
  if (grouping === 'status') return 'non-compliant, then insufficient data, then compliant packs, other states last';
  const groups = `by ${grouping}`;
  if (by === 'name') return `${groups}, ${formatDirection(descending)}`;
  return descending
    ? `${groups}, those without a result first, then lowest share of non-compliant packs first`
    : `${groups}, highest share of non-compliant packs first, those without a result last`;
}
