import type { Scope } from './model.ts';
import type { Answers } from './shelf.ts';
import type { Connection } from './source.ts';

/** What a session knew through a connection. */
export interface Remembered {
  readonly scope: Scope;
  /** The answers, by question. */
  readonly lists: Answers;
}

/** What an earlier session knew. */
export interface Recalled extends Remembered {
  /** When it was kept, epoch milliseconds. */
  readonly keptAt: number;
  /** Whether the credentials come from where they came from then: else they have to say first whose they are. */
  readonly sameCredentials: boolean;
}

/** The last answers, kept over restarts. */
export interface Memory {
  /** What was last known through a connection. Never rejects. */
  recall(connection: Connection): Promise<Recalled | undefined>;
  /** Keeps what `known` gives, soon and once for many calls. */
  keep(connection: Connection, known: () => Remembered): void;
  /** The connection is somebody else's now. */
  forget(connection: Connection): void;
}
