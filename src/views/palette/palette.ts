import type { PackRef } from '../../compliance/packRef.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { ConsoleSignIn } from '../../compliance/text/consoleUrls.ts';
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
  /** How a browser signs in to the account of a connection; undefined if its profile does not say. */
  readonly loadConsoleSignIn: (connection: Connection) => Promise<ConsoleSignIn | undefined>;
  /** The arguments that name the pack of the active panel, if one is active. */
  readonly getActivePack: () => Promise<Readonly<Record<string, string>> | undefined>;
}
