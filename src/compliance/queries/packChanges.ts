import { hasFailed, packKey, type Scope } from '../model.ts';
import type { ScopedPack } from './connectionSummary.ts';

/** What was seen of a deployed pack at one time. */
export interface PackState {
  readonly scope: Scope;
  readonly name: string;
  /** Another one where a pack of the same name was deployed anew. */
  readonly id: string;
  /** The published score, 0–100, where it was a number. */
  readonly percent: number | undefined;
  /** The state of the deployment. */
  readonly state: string;
}

/** What was seen last of each pack, by account, region and name. */
export type PackStates = ReadonlyMap<string, PackState>;

/** A pack whose published score was at or above the target and is below it. */
export interface ScoreDrop {
  readonly pack: PackState;
  readonly from: number;
  readonly to: number;
}

/** What became worse between two times. */
export interface PackChanges {
  readonly dropped: readonly ScoreDrop[];
  /** Packs whose deployment has come to fail. */
  readonly failed: readonly PackState[];
}

/** What there is to see of packs now. One whose deployment is unknown cannot be told from its successor: it is left out. */
export function packStates(packs: readonly ScopedPack[]): PackStates {
  const seen = packs.flatMap(({ scope, pack: { name, score, deployment } }) =>
    deployment?.id === undefined
      ? []
      : [{ scope, name, id: deployment.id, percent: score?.percent, state: deployment.state }],
  );
  return new Map(seen.map((each) => [packKey(each.scope, each.name), each]));
}

/** What became worse from `before` to `after`, of packs that both tell of. */
export function changesBetween(before: PackStates, after: PackStates, target: number): PackChanges {
  const dropped: ScoreDrop[] = [];
  const failed: PackState[] = [];
  for (const [key, pack] of after) {
    const known = before.get(key);
    if (known?.id !== pack.id) continue;
    const { percent: from = 0 } = known;
    const { percent: to = 100 } = pack;
    if (from >= target && to < target) dropped.push({ pack, from, to });
    if (hasFailed(pack.state) && !hasFailed(known.state)) failed.push(pack);
  }
  return { dropped, failed };
}
