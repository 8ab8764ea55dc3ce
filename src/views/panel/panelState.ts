import type { Scope } from '../../compliance/model.ts';
import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { AggregatedPackLocation } from '../../compliance/queries/aggregatedPackRules.ts';
import type { Connection } from '../../compliance/source.ts';
import { asRecord } from '../../compliance/unknownValues.ts';

/** The state that restores a panel after a reload of the window. It identifies the pack; its data is loaded again. */
export interface PanelState {
  readonly profile?: string;
  /** The region of the connection in the settings, if any. */
  readonly region?: string;
  readonly scope: Omit<Scope, 'partition'> & Partial<Scope>;
  readonly name: string;
  /** The aggregator that lists the pack, unless it is in the connection's own scope. */
  readonly aggregator?: string;
}

/** The aggregated pack of a panel. Its row is unknown after a reload. */
export interface AggregatedTarget {
  readonly connection: Connection;
  readonly location: AggregatedPackLocation;
  readonly initial: Pick<AggregatedPack, 'row' | 'readAt'> | undefined;
}

export const toPanelState = (pack: OwnPack | AggregatedTarget): PanelState => {
  if (!('location' in pack)) return { ...pack.connection, scope: pack.scope, name: pack.name };
  const { aggregator, account, region, pack: name } = pack.location;
  return { ...pack.connection, scope: { account, region }, name, aggregator };
};

export const toAggregatedTarget = ({ connection, aggregator, row, readAt }: AggregatedPack): AggregatedTarget => ({
  connection,
  location: { aggregator, account: row.account, region: row.region, pack: row.pack },
  initial: { row, readAt },
});

/** Parses a stored state; undefined if it is invalid. */
export function parsePanelState(value: unknown): OwnPack | AggregatedTarget | undefined {
  const { profile, region, scope, name, aggregator } = asRecord(value);
  const { account, partition, region: scopeRegion } = asRecord(scope);
  if (!isNonEmptyString(name) || !isNonEmptyString(account) || !isNonEmptyString(scopeRegion)) return undefined;
  const connection = { ...(isNonEmptyString(profile) && { profile }), ...(isNonEmptyString(region) && { region }) };
  if (isNonEmptyString(aggregator))
    return { connection, location: { aggregator, account, region: scopeRegion, pack: name }, initial: undefined };
  if (!isNonEmptyString(partition)) return undefined;
  return { connection, scope: { account, partition, region: scopeRegion }, name };
}

const isNonEmptyString = (value: unknown): value is string => typeof value === 'string' && value !== '';
