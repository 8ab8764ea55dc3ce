import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asComplianceError } from '../compliance/errors.ts';
import { type Connection, formatConnection, getConnectionKey } from '../compliance/source.ts';
import type { ConnectionSnapshot, RestoredSnapshot, SnapshotStorage } from '../compliance/store/snapshotSync.ts';
import { computeCredentialsFingerprint } from './credentialsFingerprint.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshotFormat.ts';

/** Delay from the first unsaved change to the write, in milliseconds. Changes in between share the write. */
const writeDelay = 1000;
/** Maximum number of files. The files that were written least recently are deleted first. */
const maxSnapshotFiles = 50;

interface PendingSave {
  readonly connection: Connection;
  /** Fingerprint of the credentials that read the rows. */
  readonly credentials: string;
  readonly takeSnapshot: () => ConnectionSnapshot;
}

/** Stores snapshots in a folder, one file per connection. */
export class SnapshotFiles implements SnapshotStorage {
  readonly #folder: string;
  readonly #reportProblem: (message: string) => void;
  /** Credentials fingerprints at the time of each connection's restore, by connection key. */
  readonly #fingerprints = new Map<string, string>();
  /** Saves that have not been written yet, by connection key. */
  readonly #pendingSaves = new Map<string, PendingSave>();
  #timer: NodeJS.Timeout | undefined;

  /** `reportProblem` receives a message if a file cannot be read or written. */
  constructor(folder: string, reportProblem: (message: string) => void) {
    this.#folder = folder;
    this.#reportProblem = reportProblem;
  }

  async restore(connection: Connection): Promise<RestoredSnapshot | undefined> {
    const key = getConnectionKey(connection);
    const fingerprint = await computeCredentialsFingerprint();
    this.#fingerprints.set(key, fingerprint);
    const path = this.#getPath(connection);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const snapshot = decodeSnapshot(text, key);
      return { ...snapshot, sameCredentials: snapshot.credentials === fingerprint };
    } catch (thrown) {
      const { message } = asComplianceError(thrown);
      this.#reportProblem(`Deleting the snapshot of ${formatConnection(connection)}: ${message}`);
      rmSync(path, { force: true });
      return undefined;
    }
  }

  save(connection: Connection, takeSnapshot: () => ConnectionSnapshot): void {
    const key = getConnectionKey(connection);
    // Take the fingerprint now: before the write, a restore with other credentials can replace it.
    this.#pendingSaves.set(key, { connection, credentials: this.#fingerprints.get(key) ?? '', takeSnapshot });
    this.#timer ??= setTimeout(() => this.#write(), writeDelay);
  }

  remove(connection: Connection): void {
    this.#pendingSaves.delete(getConnectionKey(connection));
    rmSync(this.#getPath(connection), { force: true });
  }

  /** Writes all pending saves. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#write();
  }

  #write(): void {
    this.#timer = undefined;
    const saves = [...this.#pendingSaves.values()];
    this.#pendingSaves.clear();
    try {
      if (saves.length > 0) mkdirSync(this.#folder, { recursive: true });
      for (const save of saves) this.#writeFile(save);
      this.#deleteOldFiles();
    } catch (thrown) {
      this.#reportProblem(`Could not save snapshots: ${asComplianceError(thrown).message}`);
    }
  }

  #writeFile({ connection, credentials, takeSnapshot }: PendingSave): void {
    const text = encodeSnapshot({
      ...takeSnapshot(),
      connection: getConnectionKey(connection),
      credentials,
      savedAt: Date.now(),
    });
    // Another window may read the file: renaming replaces it as a whole.
    const path = this.#getPath(connection);
    const temporaryPath = `${path}.${randomUUID()}`;
    writeFileSync(temporaryPath, text, { mode: 0o600 });
    renameSync(temporaryPath, path);
  }

  #deleteOldFiles(): void {
    const files = readdirSync(this.#folder).map((name) => join(this.#folder, name));
    if (files.length <= maxSnapshotFiles) return;
    const getWriteTime = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const oldest = files.sort((a, b) => getWriteTime(a) - getWriteTime(b)).slice(0, files.length - maxSnapshotFiles);
    for (const path of oldest) rmSync(path, { force: true });
  }

  #getPath(connection: Connection): string {
    return join(this.#folder, createHash('sha256').update(getConnectionKey(connection)).digest('hex'));
  }
}
