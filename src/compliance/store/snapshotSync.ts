import { isSameScope, type Scope } from '../model.ts';
import type { List } from '../paging/list.ts';
import type { PagedList } from '../paging/pagedList.ts';
import type { Connection } from '../source.ts';
import type { AccountGuard } from './accountGuard.ts';
import type { ListCache, ListSnapshots } from './listCache.ts';

/** What the lists of a connection show. */
export interface ConnectionSnapshot {
  readonly scope: Scope;
  readonly lists: ListSnapshots;
}

/** The snapshot of an earlier session. */
export interface RestoredSnapshot extends ConnectionSnapshot {
  /** Epoch milliseconds. */
  readonly savedAt: number;
  /** Whether the credentials come from the same source as when it was saved. If not, they may belong to another account. */
  readonly sameCredentials: boolean;
}

/** Persists one snapshot per connection. */
export interface SnapshotStorage {
  /** Resolves with the snapshot of the last session, or undefined if there is none. Never rejects. */
  restore(connection: Connection): Promise<RestoredSnapshot | undefined>;
  /** Schedules a save. Many calls in a row take and write one snapshot. */
  save(connection: Connection, takeSnapshot: () => ConnectionSnapshot): void;
  /**
   * Deletes the snapshot of a scope that the connection no longer belongs to. From now on it is not restored, even if its
   * file cannot be deleted. Never throws.
   */
  remove(connection: Connection, scope: Scope): void;
}

/** Restores the lists of a connection from its snapshot, and saves them after changes. */
export class SnapshotSync {
  readonly #connection: Connection;
  readonly #guard: AccountGuard;
  readonly #identity: PagedList<Scope>;
  readonly #caches: readonly ListCache<List<unknown>>[];
  /** Set once the snapshot has been read, so that no save overwrites an unread snapshot. */
  #storage: SnapshotStorage | undefined;
  /** The snapshot, unless it belongs to another account. */
  #restored: RestoredSnapshot | undefined;
  /** The scope that AWS has confirmed in this session. Nothing is saved without it. */
  #confirmedScope: Scope | undefined;
  #isClosed = false;

  constructor(
    connection: Connection,
    guard: AccountGuard,
    identity: PagedList<Scope>,
    caches: readonly ListCache<List<unknown>>[],
  ) {
    this.#connection = connection;
    this.#guard = guard;
    this.#identity = identity;
    this.#caches = caches;
  }

  /**
   * Reads the snapshot and restores the lists, unless the credentials have changed: `confirm` restores them then.
   * Resolves with whether there is a snapshot.
   */
  async restore(storage: SnapshotStorage): Promise<boolean> {
    const restored = await storage.restore(this.#connection);
    this.#storage = storage;
    this.#restored = restored;
    if (this.#confirmedScope) this.confirm(this.#confirmedScope);
    else if (restored?.sameCredentials && this.#isUnread() && this.#guard.bindScope(restored.scope)) {
      this.#identity.restore([{ rows: [restored.scope], complete: true, readAt: restored.savedAt }]);
      this.#restoreLists(restored);
    }
    return restored !== undefined;
  }

  /** Restores the lists if the snapshot belongs to the confirmed scope, and deletes the snapshot if it does not. */
  confirm(scope: Scope): void {
    this.#confirmedScope = scope;
    if (!this.#restored) return;
    if (isSameScope(this.#restored.scope, scope)) this.#restoreLists(this.#restored);
    else this.discard();
  }

  /** Deletes the snapshot: the connection belongs to another account. */
  discard(): void {
    const scope = this.#restored?.scope ?? this.#confirmedScope;
    this.#restored = undefined;
    if (scope) this.#storage?.remove(this.#connection, scope);
  }

  save(): void {
    const scope = this.#confirmedScope;
    if (!scope || this.#isClosed) return;
    this.#storage?.save(this.#connection, () => ({
      scope,
      lists: Object.assign({}, this.#restored?.lists, ...this.#caches.map((cache) => cache.snapshot())),
    }));
  }

  /** Prevents further saves. */
  close(): void {
    this.#isClosed = true;
  }

  #restoreLists({ lists }: ConnectionSnapshot): void {
    for (const cache of this.#caches) cache.restore(lists);
  }

  #isUnread(): boolean {
    const lists = this.#caches.flatMap((cache) => [...cache.lists()]);
    return [this.#identity, ...lists].every(({ readAt }) => readAt === undefined);
  }
}
