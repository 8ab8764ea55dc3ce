import { getPackKey, isFailedState, type Scope } from '../model.ts';
import type { ScopedPack } from './connectionSummary.ts';

/** A deployed pack at one point in time. */
export interface PackState {
  readonly scope: Scope;
  readonly name: string;
  /** Changes when a pack is deleted and deployed again under the same name. */
  readonly id: string;
  /** The published score, 0–100; undefined where it is not a number. */
  readonly percent: number | undefined;
  /** The deployment state, such as `CREATE_COMPLETE`. */
  readonly state: string;
}

/** The last state of each pack, by account, region and name. */
export type PackStates = ReadonlyMap<string, PackState>;

/** A published score that fell below the target. */
export interface ScoreDrop {
  readonly pack: PackState;
  readonly from: number;
  readonly to: number;
}

/** Changes for the worse between two points in time. */
export interface PackChanges {
  readonly dropped: readonly ScoreDrop[];
  /** Packs with a deployment that has failed since. */
  readonly failed: readonly PackState[];
}

/** Leaves out packs without a deployment id, because a later pack of the same name could be another one. */
export function toPackStates(packs: readonly ScopedPack[]): PackStates {
  const states = packs.flatMap(({ scope, pack: { name, score, deployment } }) =>
    deployment?.id === undefined
      ? []
      : [{ scope, name, id: deployment.id, percent: score?.percent, state: deployment.state }],
  );
  return new Map(states.map((state) => [getPackKey(state.scope, state.name), state]));
}

/** Finds packs in both maps that became worse. */
export function findChanges(before: PackStates, after: PackStates, target: number): PackChanges {
  const dropped: ScoreDrop[] = [];
  const failed: PackState[] = [];
  for (const [key, pack] of after) {
    const previous = before.get(key);
    if (previous?.id !== pack.id) continue;
    const { percent: from = 0 } = previous;
    const { percent: to = 100 } = pack;
    if (from >= target && to < target) dropped.push({ pack, from, to });
    if (isFailedState(pack.state) && !isFailedState(previous.state)) failed.push(pack);
  }
  return { dropped, failed };
}
