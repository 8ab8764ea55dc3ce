import type { Estate } from '../../compliance/estate.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Asking } from './ownPacks.ts';
import type { Target } from './target.ts';

/** What the palette's commands need from outside. */
export interface Palette extends Asking {
  readonly estate: Estate;
  /** Opens a pack's panel. */
  readonly open: (target: Target) => Promise<void>;
  /** Shows a pack of a connection's own scope in the tree. */
  readonly reveal: (connection: Connection, name: string) => Promise<void>;
}
