import type { History } from '../../compliance/history/history.ts';
import type { PackRef } from '../../compliance/packRef.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { ConsoleSignIn } from '../../compliance/text/consoleUrls.ts';
import type { OpenOptions } from '../panel/packPanels.ts';
import type { QueryContext } from './pickerQuery.ts';

/** Dependencies of the commands about packs. */
export interface PackCommandContext extends QueryContext {
  readonly estate: Estate;
  /** Minimum score for a pack to count as healthy, 0–100. */
  readonly getScoreTarget: () => number;
  /** Opens a pack's panel. */
  readonly open: (pack: PackRef, options?: OpenOptions) => Promise<void>;
  /** Reveals a pack of a connection's own scope in the tree. */
  readonly reveal: (connection: Connection, name: string) => Promise<void>;
  /** Opens what earlier sessions have read. */
  readonly loadHistory: () => Promise<History>;
  /** How a browser signs in to the account of a connection; undefined if its profile does not say. */
  readonly loadConsoleSignIn: (connection: Connection) => Promise<ConsoleSignIn | undefined>;
  /** The arguments that name the pack of the active panel, if one is active. */
  readonly getActivePack: () => Promise<Readonly<Record<string, string>> | undefined>;
}
