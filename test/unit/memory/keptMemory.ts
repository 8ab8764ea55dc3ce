import type { Memory, Recalled, Remembered } from '../../../src/compliance/memory.ts';
import { type Connection, connectionKey } from '../../../src/compliance/source.ts';

/** A memory that outlives the estates it serves, as the files of the extension do. */
export class KeptMemory implements Memory {
  readonly #mark: () => string | undefined;
  readonly #marks = new Map<string, string | undefined>();
  readonly #entries = new Map<string, { readonly known: () => Remembered; readonly mark: string | undefined }>();

  /** `mark` tells where credentials seem to come from. */
  constructor(mark: () => string | undefined) {
    this.#mark = mark;
  }

  async recall(connection: Connection): Promise<Recalled | undefined> {
    const key = connectionKey(connection);
    const mark = this.#mark();
    this.#marks.set(key, mark);
    const entry = this.#entries.get(key);
    // As a file gives it: values alone.
    return entry && { ...JSON.parse(JSON.stringify(entry.known())), keptAt: 0, sameCredentials: entry.mark === mark };
  }

  keep(connection: Connection, known: () => Remembered): void {
    const key = connectionKey(connection);
    this.#entries.set(key, { known, mark: this.#marks.get(key) });
  }

  forget(connection: Connection): void {
    this.#entries.delete(connectionKey(connection));
  }
}
