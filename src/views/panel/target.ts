import type { AggregateRow, Scope } from '../../compliance/model.ts';
import type { Connection } from '../../compliance/source.ts';

/** A pack of a connection's own account and region. */
export interface OwnPack {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly name: string;
}

/** A pack that only an aggregator tells of. */
export interface AggregatedPack {
  readonly connection: Connection;
  readonly aggregator: string;
  readonly row: AggregateRow;
  readonly readAt: number | undefined;
}

/** What a panel keeps over a reload of the window: only what it needs to ask again. */
export interface PanelState {
  readonly profile?: string;
  /** The region that the settings name for the connection, if any. */
  readonly region?: string;
  readonly scope: Scope;
  readonly name: string;
}

export const stateOf = ({ connection, scope, name }: OwnPack): PanelState => ({ ...connection, scope, name });

/** The pack of a kept state, or undefined where it is none of ours. */
export function packOfState(value: unknown): OwnPack | undefined {
  const { profile, region, scope, name } = Object(value) as { readonly [key: string]: unknown };
  const { account, partition, region: scopeRegion } = Object(scope) as { readonly [key: string]: unknown };
  if (!isText(name) || !isText(account) || !isText(partition) || !isText(scopeRegion)) return undefined;
  return {
    connection: { ...(isText(profile) && { profile }), ...(isText(region) && { region }) },
    scope: { account, partition, region: scopeRegion },
    name,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
