import type { Scope } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import { asRecord } from '../../compliance/unknown.ts';

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
  const { profile, region, scope, name } = asRecord(value);
  const { account, partition, region: scopeRegion } = asRecord(scope);
  if (!isText(name) || !isText(account) || !isText(partition) || !isText(scopeRegion)) return undefined;
  return {
    connection: { ...(isText(profile) && { profile }), ...(isText(region) && { region }) },
    scope: { account, partition, region: scopeRegion },
    name,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
