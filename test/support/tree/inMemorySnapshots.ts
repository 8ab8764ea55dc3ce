import { type Connection, connectionKey } from '../../../src/compliance/source.ts';
import type { ConnectionSnapshot, RestoredSnapshot, SnapshotStorage } from '../../../src/compliance/store/snapshots.ts';

/** A memory that outlives the estates it serves, as the files of the extension do. */
export class InMemorySnapshots implements SnapshotStorage {
  readonly #mark: () => string | undefined;
  readonly #marks = new Map<string, string | undefined>();
  readonly #entries = new Map<
    string,
    { readonly known: () => ConnectionSnapshot; readonly mark: string | undefined }
  >();

  /** `mark` tells where credentials seem to come from. */
  constructor(mark: () => string | undefined) {
    this.#mark = mark;
  }

  async restore(connection: Connection): Promise<RestoredSnapshot | undefined> {
    const key = connectionKey(connection);
    const mark = this.#mark();
    this.#marks.set(key, mark);
    const entry = this.#entries.get(key);
    // As a file gives it: values alone.
    return entry && { ...JSON.parse(JSON.stringify(entry.known())), savedAt: 0, sameCredentials: entry.mark === mark };
  }

  save(connection: Connection, known: () => ConnectionSnapshot): void {
    const key = connectionKey(connection);
    this.#entries.set(key, { known, mark: this.#marks.get(key) });
  }

  remove(connection: Connection): void {
    this.#entries.delete(connectionKey(connection));
  }
}
