import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asComplianceError } from '../compliance/errors.ts';
import type { HistoryStorage, StoredVisit } from '../compliance/history/historyStorage.ts';
import { getScopeKey, isGap, type Visit } from '../compliance/history/reading.ts';
import { selectVisitsToKeep } from '../compliance/history/retention.ts';
import type { AccountAndRegion } from '../compliance/model.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { decodeVisit, encodeVisit, getListHash, getScopeHash, maxHistoryFileSize } from './historyFormat.ts';

/** Maximum bytes of all files after a write. While two windows write, their largest files are still below 20 MB. */
const maxTotalSize = 15_900_000;
/** Maximum number of files, because each write lists them. */
const maxFiles = 2000;
/** A temporary file that is older than this was left behind by a window that ended, in milliseconds. */
const maxTemporaryAge = 3_600_000;

interface HistoryFile extends StoredVisit {
  readonly scopeId: string;
}

/**
 * Stores visits in a folder, one file each. A file is never changed, so that several windows can share the folder. After
 * each write, files are deleted that are not to be kept, and then the oldest ones until the others fit.
 */
export class HistoryFiles implements HistoryStorage {
  readonly #folder: string;
  readonly #reportProblem: (message: string) => void;
  readonly #now: () => number;

  /** `reportProblem` receives a message if a file is damaged or cannot be read, written or deleted. */
  constructor(folder: string, reportProblem: (message: string) => void, now: () => number = Date.now) {
    this.#folder = folder;
    this.#reportProblem = reportProblem;
    this.#now = now;
  }

  async list(scope: AccountAndRegion): Promise<readonly StoredVisit[]> {
    const scopeId = getScopeHash(scope);
    return (await this.#listFiles()).filter((file) => file.scopeId === scopeId);
  }

  async read(scope: AccountAndRegion, { id }: StoredVisit): Promise<Visit | undefined> {
    const file = await this.#readLimited(id);
    if (!file) return undefined;
    try {
      const visit = await decodeVisit(file);
      if (getScopeKey(visit.scope) !== getScopeKey(scope)) throw new Error('it belongs to another account or region');
      if (getFileName(visit) !== id) throw new Error('it has the name of another visit');
      return visit;
    } catch (thrown) {
      this.#reportProblem(`Deleting a visit from the history: ${asComplianceError(thrown).message}`);
      await this.#delete([id]);
      return undefined;
    }
  }

  async write(visit: Visit): Promise<void> {
    await this.#attempt('save a visit to the history', async () => {
      await mkdir(this.#folder, { recursive: true });
      const { stored, file } = await encodeVisit(visit);
      // Another window may read the file: renaming makes it appear as a whole.
      const path = join(this.#folder, getFileName(stored));
      const temporaryPath = `${path}.${randomUUID()}`;
      try {
        await writeFile(temporaryPath, file, { mode: 0o600 });
        await rename(temporaryPath, path);
      } catch (thrown) {
        await rm(temporaryPath, { force: true });
        throw thrown;
      }
    });
    await this.#attempt('delete old visits from the history', () => this.#prune());
  }

  async #prune(): Promise<void> {
    const names = await this.#readFolder();
    const kept = this.#findKeptFiles(names.flatMap((name) => parseFileName(name) ?? []));
    const files = (await Promise.all(names.map((name) => this.#describe(name)))).flatMap((file) => file ?? []);
    // A file that is too large to be read must not displace the others.
    const expired = files.filter(({ name, isVisit, age, size }) =>
      isVisit ? !kept.has(name) || size > maxHistoryFileSize : age > maxTemporaryAge,
    );
    const isExpired = new Set(expired);
    const remaining = files.filter((file) => file.isVisit && !isExpired.has(file)).sort((a, b) => b.readAt - a.readAt);
    let size = 0;
    const excess = remaining.filter((file, index) => {
      size += file.size;
      return size > maxTotalSize || index >= maxFiles;
    });
    await this.#delete([...expired, ...excess].map(({ name }) => name));
  }

  /** The names of the files to keep, before their sizes are considered. Gaps do not displace readings. */
  #findKeptFiles(files: readonly HistoryFile[]): ReadonlySet<string> {
    const now = this.#now();
    const byList = Map.groupBy(files, (file) => `${file.scopeId} ${file.listHash} ${file.isGap}`);
    const kept = [...byList.values()].flatMap((visits) => {
      const times = selectVisitsToKeep(
        visits.map(({ readAt }) => readAt),
        now,
      );
      return visits.filter(({ readAt }) => times.has(readAt)).map(({ id }) => id);
    });
    return new Set(kept);
  }

  async #describe(name: string) {
    const found = await stat(join(this.#folder, name)).catch(() => undefined);
    const visit = parseFileName(name);
    const size = found?.size ?? 0;
    return (
      found && {
        name,
        isVisit: visit !== undefined,
        readAt: visit?.readAt ?? 0,
        size,
        age: this.#now() - found.mtimeMs,
      }
    );
  }

  async #listFiles(): Promise<readonly HistoryFile[]> {
    return (await this.#readFolder()).flatMap((name) => parseFileName(name) ?? []);
  }

  /** The names in the folder; none before the first write, or if it cannot be read. */
  async #readFolder(): Promise<readonly string[]> {
    return (await this.#tryRead(() => readdir(this.#folder))) ?? [];
  }

  /** Reads a file; undefined if it does not exist, cannot be read, or is too large for a visit. */
  #readLimited(name: string): Promise<Buffer | undefined> {
    const path = join(this.#folder, name);
    return this.#tryRead(async () => ((await stat(path)).size > maxHistoryFileSize ? undefined : await readFile(path)));
  }

  /** Reads from the file system. Reports an error, unless there is nothing to read: another window may have deleted it. */
  async #tryRead<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (thrown) {
      if (asRecord(thrown).code !== 'ENOENT')
        this.#reportProblem(`Could not read the history: ${asComplianceError(thrown).message}`);
      return undefined;
    }
  }

  async #delete(names: readonly string[]): Promise<void> {
    await this.#attempt('delete visits from the history', async () => {
      await Promise.all(names.map((name) => rm(join(this.#folder, name), { force: true })));
    });
  }

  /** Reports an error of the file system. Without a history, there is only less to compare with. */
  async #attempt(task: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (thrown) {
      this.#reportProblem(`Could not ${task}: ${asComplianceError(thrown).message}`);
    }
  }
}

const getFileName = (visit: Visit): string =>
  [getScopeHash(visit.scope), getListHash(visit), visit.readAt, isGap(visit) ? 'gap' : 'reading'].join('-');

function parseFileName(name: string): HistoryFile | undefined {
  const [, scopeId, listHash, readAt, kind] =
    /^([0-9a-f]{16})-([0-9a-f]{16})-(\d{1,16})-(gap|reading)$/.exec(name) ?? [];
  if (scopeId === undefined || listHash === undefined) return undefined;
  return { id: name, scopeId, listHash, readAt: Number(readAt), isGap: kind === 'gap' };
}
