import type { AggregateRow, Pack, Scope } from './model.ts';
import type { Connection } from './source.ts';

/** The connection that read something, and its own account and region. */
export interface ConnectionScope {
  readonly connection: Connection;
  readonly scope: Scope;
}

/** A pack of a connection's own account and region. */
export interface OwnPack extends ConnectionScope {
  readonly name: string;
}

/** A pack that is known only from an aggregator's row. */
export interface AggregatedPack {
  readonly connection: Connection;
  readonly aggregator: string;
  readonly row: AggregateRow;
  /** Epoch milliseconds. */
  readonly readAt: number | undefined;
}

/** A pack, read through a connection of its own account and region where there is one, else through an aggregator. */
export type PackRef = OwnPack | AggregatedPack;

/** A pack of a connection's own account and region that a query found. */
export interface FoundPack extends ConnectionScope {
  readonly pack: Pack;
  /** Epoch milliseconds. */
  readonly readAt: number | undefined;
}
