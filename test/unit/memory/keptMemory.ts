import type { Memory, Recalled, Remembered } from '../../../src/compliance/memory.ts';
import { type Connection, connectionKey } from '../../../src/compliance/source.ts';

/** A memory that outlives the estates it serves, as the files of the extension do. */
export class KeptMemory implements Memory {
  readonly #entries = new Map<string, () => Remembered>();
  /** Whether the credentials seem to come from where they came from before. */
  sameCredentials = true;

  async recall(connection: Connection): Promise<Recalled | undefined> {
    const known = this.#entries.get(connectionKey(connection))?.();
    return known && { ...known, keptAt: 0, sameCredentials: this.sameCredentials };
  }

  keep(connection: Connection, known: () => Remembered): void {
    this.#entries.set(connectionKey(connection), known);
  }

  forget(connection: Connection): void {
    this.#entries.delete(connectionKey(connection));
  }
}
