import { type Connection, getConnectionKey } from '../../../src/compliance/source.ts';
import type {
  ConnectionSnapshot,
  RestoredSnapshot,
  SnapshotStorage,
} from '../../../src/compliance/store/snapshotSync.ts';

/** Snapshot storage that outlives the estates that use it, as the extension's files do. */
export class InMemorySnapshots implements SnapshotStorage {
  readonly #getFingerprint: () => string | undefined;
  readonly #fingerprints = new Map<string, string | undefined>();
  readonly #entries = new Map<
    string,
    { readonly createSnapshot: () => ConnectionSnapshot; readonly fingerprint: string | undefined }
  >();

  /** `getFingerprint` returns the current fingerprint of the credentials. */
  constructor(getFingerprint: () => string | undefined) {
    this.#getFingerprint = getFingerprint;
  }

  async restore(connection: Connection): Promise<RestoredSnapshot | undefined> {
    const key = getConnectionKey(connection);
    const fingerprint = this.#getFingerprint();
    this.#fingerprints.set(key, fingerprint);
    const entry = this.#entries.get(key);
    // Plain values, as they would be read from a file.
    return (
      entry && {
        ...JSON.parse(JSON.stringify(entry.createSnapshot())),
        savedAt: 0,
        sameCredentials: entry.fingerprint === fingerprint,
      }
    );
  }

  save(connection: Connection, createSnapshot: () => ConnectionSnapshot): void {
    const key = getConnectionKey(connection);
    this.#entries.set(key, { createSnapshot, fingerprint: this.#fingerprints.get(key) });
  }

  remove(connection: Connection): void {
    this.#entries.delete(getConnectionKey(connection));
  }
}
