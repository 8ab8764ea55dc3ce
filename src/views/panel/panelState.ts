import type { Scope } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import { asRecord } from '../../compliance/unknownValues.ts';

/** The state that restores a panel after a reload of the window. It identifies the pack; its data is loaded again. */
export interface PanelState {
  readonly profile?: string;
  /** The region of the connection in the settings, if any. */
  readonly region?: string;
  readonly scope: Scope;
  readonly name: string;
}

export const toPanelState = ({ connection, scope, name }: OwnPack): PanelState => ({ ...connection, scope, name });

/** Parses a stored state; undefined if it is invalid. */
export function parsePanelState(value: unknown): OwnPack | undefined {
  const { profile, region, scope, name } = asRecord(value);
  const { account, partition, region: scopeRegion } = asRecord(scope);
  if (!isNonEmptyString(name) || !isNonEmptyString(account)) return undefined;
  if (!isNonEmptyString(partition) || !isNonEmptyString(scopeRegion)) return undefined;
  return {
    connection: { ...(isNonEmptyString(profile) && { profile }), ...(isNonEmptyString(region) && { region }) },
    scope: { account, partition, region: scopeRegion },
    name,
  };
}

const isNonEmptyString = (value: unknown): value is string => typeof value === 'string' && value !== '';
