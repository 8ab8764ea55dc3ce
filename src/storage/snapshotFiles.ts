import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asComplianceError } from '../compliance/errors.ts';
import { isSameScope, type Scope } from '../compliance/model.ts';
import { type Connection, formatConnection, getConnectionKey } from '../compliance/source.ts';
import type { ConnectionSnapshot, RestoredSnapshot, SnapshotStorage } from '../compliance/store/snapshotSync.ts';
import { computeCredentialsFingerprint } from './credentialsFingerprint.ts';
import { decodeSnapshot, encodeSnapshot, maxFileSize, mergeLists, type SnapshotFile } from './snapshotFormat.ts';

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

/**
 * Stores snapshots in a folder, one file per connection. Several windows share it: before a write, the lists that other
 * windows have written since are read and merged.
 */
export class SnapshotFiles implements SnapshotStorage {
  readonly #folder: string;
  readonly #reportProblem: (message: string) => void;
  /** Credentials fingerprints at the time of each connection's restore, by connection key. */
  readonly #fingerprints = new Map<string, string>();
  /** Saves that have not been written yet, by connection key. */
  readonly #pendingSaves = new Map<string, PendingSave>();
  /** Removed snapshots by connection and scope. Their files may still exist, if they cannot be deleted. */
  readonly #removed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `reportProblem` receives a message if a file is damaged or cannot be written or deleted. */
  constructor(folder: string, reportProblem: (message: string) => void) {
    this.#folder = folder;
    this.#reportProblem = reportProblem;
  }

  async restore(connection: Connection): Promise<RestoredSnapshot | undefined> {
    const key = getConnectionKey(connection);
    const fingerprint = await computeCredentialsFingerprint();
    this.#fingerprints.set(key, fingerprint);
    const snapshot = this.#read(connection);
    if (!snapshot || this.#removed.has(getSnapshotKey(connection, snapshot.scope))) return undefined;
    return { ...snapshot, sameCredentials: snapshot.credentials === fingerprint };
  }

  save(connection: Connection, takeSnapshot: () => ConnectionSnapshot): void {
    const key = getConnectionKey(connection);
    // Take the fingerprint now: before the write, a restore with other credentials can replace it.
    this.#pendingSaves.set(key, { connection, credentials: this.#fingerprints.get(key) ?? '', takeSnapshot });
    this.#timer ??= setTimeout(() => this.#write(), writeDelay);
  }

  remove(connection: Connection, scope: Scope): void {
    this.#removed.add(getSnapshotKey(connection, scope));
    this.#pendingSaves.delete(getConnectionKey(connection));
    // Another window may have written the snapshot of the new account meanwhile.
    const stored = this.#read(connection);
    if (!stored || isSameScope(stored.scope, scope)) this.#deleteFile(this.#getPath(connection));
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
    if (saves.length === 0) return;
    this.#attempt('create the folder of snapshots', () => mkdirSync(this.#folder, { recursive: true }));
    for (const save of saves)
      this.#attempt(`save the snapshot of ${formatConnection(save.connection)}`, () => this.#writeFile(save));
    this.#attempt('delete old snapshots', () => this.#deleteOldFiles());
  }

  #writeFile({ connection, credentials, takeSnapshot }: PendingSave): void {
    const { scope, lists } = takeSnapshot();
    const stored = this.#read(connection);
    const text = encodeSnapshot({
      scope,
      lists: stored && isSameScope(stored.scope, scope) ? mergeLists(lists, stored.lists) : lists,
      connection: getConnectionKey(connection),
      credentials,
      savedAt: Date.now(),
    });
    // Another window may read the file: renaming replaces it as a whole.
    const path = this.#getPath(connection);
    const temporaryPath = `${path}.${randomUUID()}`;
    try {
      writeFileSync(temporaryPath, text, { mode: 0o600 });
      renameSync(temporaryPath, path);
    } catch (thrown) {
      this.#deleteFile(temporaryPath);
      throw thrown;
    }
    this.#removed.delete(getSnapshotKey(connection, scope));
  }

  /** Reads what is stored now; undefined if there is nothing valid. Deletes a damaged file. */
  #read(connection: Connection): SnapshotFile | undefined {
    const path = this.#getPath(connection);
    const text = readLimited(path);
    if (text === undefined) return undefined;
    try {
      return decodeSnapshot(text, getConnectionKey(connection));
    } catch (thrown) {
      const { message } = asComplianceError(thrown);
      this.#reportProblem(`Deleting the snapshot of ${formatConnection(connection)}: ${message}`);
      this.#deleteFile(path);
      return undefined;
    }
  }

  #deleteOldFiles(): void {
    const files = readdirSync(this.#folder).map((name) => join(this.#folder, name));
    if (files.length <= maxSnapshotFiles) return;
    const getWriteTime = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const oldest = files.sort((a, b) => getWriteTime(a) - getWriteTime(b)).slice(0, files.length - maxSnapshotFiles);
    for (const path of oldest) this.#deleteFile(path);
  }

  #deleteFile(path: string): void {
    this.#attempt('delete a snapshot', () => rmSync(path, { force: true }));
  }

  /** Reports an error of the file system. Without snapshots, a window only opens with fewer rows. */
  #attempt(task: string, run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.#reportProblem(`Could not ${task}: ${asComplianceError(thrown).message}`);
    }
  }

  #getPath(connection: Connection): string {
    return join(this.#folder, createHash('sha256').update(getConnectionKey(connection)).digest('hex'));
  }
}

const getSnapshotKey = (connection: Connection, { account, region }: Scope): string =>
  JSON.stringify([getConnectionKey(connection), account, region]);

/** Reads a file; undefined if it does not exist, cannot be read, or is too large for a snapshot. */
function readLimited(path: string): string | undefined {
  try {
    return statSync(path).size > maxFileSize ? undefined : readFileSync(path, 'utf8');
  } catch {
    // The window opens without restored rows.
    return undefined;
  }
}
