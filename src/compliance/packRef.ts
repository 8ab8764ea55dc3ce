import type { AggregateRow, Pack, Scope } from './model.ts';
import type { Connection } from './source.ts';

/** A connection with its account and region. */
export interface ConnectionScope {
  readonly connection: Connection;
  readonly scope: Scope;
}

/** The names that identify a pack outside of this window, in links and arguments. */
export interface PackLocation {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** A reference to a pack in a connection's own account and region. */
export interface OwnPack extends ConnectionScope {
  readonly name: string;
}

/** A pack of an aggregator, in an account and region without a connection. */
export interface AggregatedPack {
  readonly connection: Connection;
  readonly aggregator: string;
  readonly row: AggregateRow;
  /** When the row was read, epoch milliseconds. */
  readonly readAt: number | undefined;
}

/** A reference to a pack of a connection's own scope if there is one, else of an aggregator. */
export type PackRef = OwnPack | AggregatedPack;

export const isAggregated = (pack: PackRef): pack is AggregatedPack => 'row' in pack;

/** A loaded pack that matches a query. */
export interface PackMatch extends ConnectionScope {
  readonly pack: Pack;
  /** When the pack was read, epoch milliseconds. */
  readonly readAt: number | undefined;
}
