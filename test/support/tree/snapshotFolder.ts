import { mkdirSync } from 'node:fs';
import type { Scope } from '../../../src/compliance/model.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import type {
  ConnectionSnapshot,
  RestoredSnapshot,
  SnapshotStorage,
} from '../../../src/compliance/store/snapshotSync.ts';
import { SnapshotFiles } from '../../../src/storage/snapshotFiles.ts';
import { runInReadOnlyFolder } from '../readOnlyFolder.ts';

/** The snapshot files of consecutive windows, in a folder that can become read-only. */
export class SnapshotFolder implements SnapshotStorage {
  readonly #folder: string;
  #files: SnapshotFiles;
  isReadOnly = false;

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = new SnapshotFiles(folder, () => {});
  }

  restore(connection: Connection): Promise<RestoredSnapshot | undefined> {
    return this.#files.restore(connection);
  }

  save(connection: Connection, takeSnapshot: () => ConnectionSnapshot): void {
    this.#files.save(connection, takeSnapshot);
  }

  remove(connection: Connection, scope: Scope): void {
    this.#run(() => this.#files.remove(connection, scope));
  }

  /** Saves what is pending, as the end of a window does. */
  reopen(): void {
    this.#run(() => this.#files.dispose());
    this.#files = new SnapshotFiles(this.#folder, () => {});
  }

  #run(task: () => void): void {
    mkdirSync(this.#folder, { recursive: true });
    if (this.isReadOnly) runInReadOnlyFolder(this.#folder, task);
    else task();
  }
}
