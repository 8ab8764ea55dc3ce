import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asComplianceError } from '../compliance/errors.ts';
import { type Connection, connectionKey, connectionLabel } from '../compliance/source.ts';
import type { ConnectionSnapshot, RestoredSnapshot, SnapshotStorage } from '../compliance/store/snapshots.ts';
import { credentialsFingerprint } from './credentialsFingerprint.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshotFormat.ts';

/** Changes are written when they have paused this long, in milliseconds. */
const settling = 1000;
/** So many connections are kept, those last written. */
const maxFiles = 50;

/** What is to be written, and where the credentials came from that it was read with. */
interface Waiting {
  readonly connection: Connection;
  readonly credentials: string;
  readonly known: () => ConnectionSnapshot;
}

/** The last answers, one file per connection, in a folder that is the extension's own. */
export class SnapshotFiles implements SnapshotStorage {
  readonly #folder: string;
  readonly #report: (message: string) => void;
  /** Where each connection's credentials came from when it was first looked at. */
  readonly #fingerprints = new Map<string, string>();
  readonly #waiting = new Map<string, Waiting>();
  #timer: NodeJS.Timeout | undefined;

  /** `tell` is told of what could not be read or written. */
  constructor(folder: string, tell: (message: string) => void) {
    this.#folder = folder;
    this.#report = tell;
  }

  async restore(connection: Connection): Promise<RestoredSnapshot | undefined> {
    const key = connectionKey(connection);
    const mark = await credentialsFingerprint();
    this.#fingerprints.set(key, mark);
    const path = this.#path(connection);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const entry = decodeSnapshot(text, key);
      return { ...entry, sameCredentials: entry.credentials === mark };
    } catch (thrown) {
      this.#report(
        `What was kept of ${connectionLabel(connection)} is thrown away: ${asComplianceError(thrown).message}`,
      );
      rmSync(path, { force: true });
      return undefined;
    }
  }

  save(connection: Connection, known: () => ConnectionSnapshot): void {
    const key = connectionKey(connection);
    // By the time it is written the connection may have been looked at anew, as somebody else's.
    this.#waiting.set(key, { connection, credentials: this.#fingerprints.get(key) ?? '', known });
    this.#timer ??= setTimeout(() => this.#write(), settling);
  }

  remove(connection: Connection): void {
    this.#waiting.delete(connectionKey(connection));
    rmSync(this.#path(connection), { force: true });
  }

  /** Writes what is still waiting. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#write();
  }

  #write(): void {
    this.#timer = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    try {
      if (waiting.length > 0) mkdirSync(this.#folder, { recursive: true });
      for (const each of waiting) this.#writeOne(each);
      this.#makeRoom();
    } catch (thrown) {
      this.#report(`What is known could not be kept: ${asComplianceError(thrown).message}`);
    }
  }

  #writeOne({ connection, credentials, known }: Waiting): void {
    const entry = { ...known(), connection: connectionKey(connection), credentials, savedAt: Date.now() };
    // Another window may be reading: it sees the old file or the new one, never a part.
    const path = this.#path(connection);
    const draft = `${path}.${randomUUID()}`;
    writeFileSync(draft, encodeSnapshot(entry), { mode: 0o600 });
    renameSync(draft, path);
  }

  #makeRoom(): void {
    const files = readdirSync(this.#folder).map((name) => join(this.#folder, name));
    if (files.length <= maxFiles) return;
    const written = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const oldest = files.sort((a, b) => written(a) - written(b)).slice(0, files.length - maxFiles);
    for (const path of oldest) rmSync(path, { force: true });
  }

  #path(connection: Connection): string {
    return join(this.#folder, createHash('sha256').update(connectionKey(connection)).digest('hex'));
  }
}
