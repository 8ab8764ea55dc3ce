import type { Scope } from '../model.ts';
import type { Connection } from '../source.ts';
import type { ListSnapshots } from './listCache.ts';

/** What a session knew through a connection. */
export interface ConnectionSnapshot {
  readonly scope: Scope;
  /** The answers, by question. */
  readonly lists: ListSnapshots;
}

/** What an earlier session knew. */
export interface RestoredSnapshot extends ConnectionSnapshot {
  /** When it was kept, epoch milliseconds. */
  readonly savedAt: number;
  /** Whether the credentials come from where they came from then: else they have to say first whose they are. */
  readonly sameCredentials: boolean;
}

/** The last answers, kept over restarts. */
export interface SnapshotStorage {
  /** What was last known through a connection. Never rejects. */
  restore(connection: Connection): Promise<RestoredSnapshot | undefined>;
  /** Keeps what `known` gives, soon and once for many calls. */
  save(connection: Connection, known: () => ConnectionSnapshot): void;
  /** The connection is somebody else's now. */
  remove(connection: Connection): void;
}
