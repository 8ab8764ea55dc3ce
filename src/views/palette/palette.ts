import type { PackRef } from '../../compliance/packRef.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { QueryContext } from './pickerQuery.ts';

/** Dependencies of the commands about packs. */
export interface Palette extends QueryContext {
  readonly estate: Estate;
  /** Minimum score for a pack to count as healthy, 0–100. */
  readonly getScoreTarget: () => number;
  /** Opens a pack's panel, at the rule with the name `showRule` if there is one. */
  readonly open: (pack: PackRef, showRule?: string) => Promise<void>;
  /** Reveals a pack of a connection's own scope in the tree. */
  readonly reveal: (connection: Connection, name: string) => Promise<void>;
}
