import type { AccountAndRegion, Scope } from '../../compliance/model.ts';
import { type AggregatedPack, isAggregated, type OwnPack, type PackRef } from '../../compliance/packRef.ts';
import type { AggregatedPackLocation } from '../../compliance/queries/aggregatedPackRules.ts';
import { type Connection, sampleConnection } from '../../compliance/source.ts';
import { asRecord } from '../../compliance/unknownValues.ts';

/** The state that restores a panel after a reload of the window. It identifies the pack; its data is loaded again. */
export interface PanelState {
  readonly profile?: string;
  readonly isSample?: true;
  /** The region of the connection in the settings, if any. */
  readonly region?: string;
  readonly scope: Scope;
  readonly name: string;
}

/** The state of a panel of an aggregated pack. */
export interface AggregatedPanelState extends Omit<PanelState, 'scope'> {
  readonly scope: AccountAndRegion;
  readonly aggregator: string;
}

/** The aggregated pack of a panel. */
export interface AggregatedTarget {
  readonly connection: Connection;
  readonly location: AggregatedPackLocation;
  /** The row that the panel was opened from; undefined after a reload of the window. */
  readonly initial: Pick<AggregatedPack, 'row' | 'readAt'> | undefined;
}

/** The pack of a panel. */
export type PanelTarget = OwnPack | AggregatedTarget;

export const isAggregatedTarget = (target: PanelTarget): target is AggregatedTarget => 'location' in target;

/** The target of a panel that shows a pack. */
export const toPanelTarget = (pack: PackRef): PanelTarget =>
  isAggregated(pack)
    ? {
        connection: pack.connection,
        location: {
          aggregator: pack.aggregator,
          account: pack.row.account,
          region: pack.row.region,
          pack: pack.row.pack,
        },
        initial: { row: pack.row, readAt: pack.readAt },
      }
    : pack;

/** The state that restores a panel with this target. */
export const toTargetState = (target: PanelTarget): PanelState | AggregatedPanelState =>
  isAggregatedTarget(target) ? toAggregatedPanelState(target) : toPanelState(target);

/** Identifies a pack. An aggregator has the same rows through every connection. */
export const getPanelKey = (target: PanelTarget): string =>
  JSON.stringify(isAggregatedTarget(target) ? Object.values(target.location) : toPanelState(target));

export const toPanelState = ({ connection, scope, name }: OwnPack): PanelState => ({ ...connection, scope, name });

const toAggregatedPanelState = ({ connection, location }: AggregatedTarget): AggregatedPanelState => {
  const { aggregator, account, region, pack } = location;
  return { ...connection, scope: { account, region }, name: pack, aggregator };
};

/** The pack of a panel as command arguments. Commands of its context menu get it as `linked`. */
export function toPackArguments(target: PanelTarget): Readonly<Record<string, string>> {
  if (!isAggregatedTarget(target))
    return { name: target.name, account: target.scope.account, region: target.scope.region };
  const { pack: name, ...others } = target.location;
  return { name, ...others };
}

/** Parses a stored state; undefined if it is invalid. */
export function parsePanelState(value: unknown): OwnPack | undefined {
  const { scope, name } = asRecord(value);
  const { account, partition, region } = asRecord(scope);
  if (!isNonEmptyString(name) || !isNonEmptyString(account)) return undefined;
  if (!isNonEmptyString(partition) || !isNonEmptyString(region)) return undefined;
  return { connection: parseConnection(value), scope: { account, partition, region }, name };
}

/** Parses the stored state of an aggregated pack; undefined if it is invalid or of another panel. */
export function parseAggregatedPanelState(value: unknown): AggregatedTarget | undefined {
  const { scope, name, aggregator } = asRecord(value);
  const { account, region } = asRecord(scope);
  if (!isNonEmptyString(name) || !isNonEmptyString(aggregator)) return undefined;
  if (!isNonEmptyString(account) || !isNonEmptyString(region)) return undefined;
  return {
    connection: parseConnection(value),
    location: { aggregator, account, region, pack: name },
    initial: undefined,
  };
}

function parseConnection(value: unknown): Connection {
  const { profile, region, isSample } = asRecord(value);
  if (isSample === true) return sampleConnection;
  return { ...(isNonEmptyString(profile) && { profile }), ...(isNonEmptyString(region) && { region }) };
}

const isNonEmptyString = (value: unknown): value is string => typeof value === 'string' && value !== '';
