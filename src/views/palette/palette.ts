import type { PackRef } from '../../compliance/packRef.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { QueryContext } from './packQuery.ts';

/** What the palette's commands need from outside. */
export interface Palette extends QueryContext {
  readonly estate: Estate;
  /** Opens a pack's panel. */
  readonly open: (target: PackRef) => Promise<void>;
  /** Shows a pack of a connection's own scope in the tree. */
  readonly reveal: (connection: Connection, name: string) => Promise<void>;
}
