import type { PackRef } from '../../compliance/packRef.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { OpenOptions } from '../panel/packPanels.ts';
import type { QueryContext } from './pickerQuery.ts';

/** Dependencies of the commands about packs. */
export interface Palette extends QueryContext {
  readonly estate: Estate;
  /** Minimum score for a pack to count as healthy, 0–100. */
  readonly getScoreTarget: () => number;
  /** Opens a pack's panel. */
  readonly open: (pack: PackRef, options?: OpenOptions) => Promise<void>;
  /** Reveals a pack of a connection's own scope in the tree. */
  readonly reveal: (connection: Connection, name: string) => Promise<void>;
}
