import type { List } from '../paging/list.ts';
import { type Connection, getConnectionKey } from '../source.ts';
import { ConnectionStore, type ConnectionStoreOptions } from './connectionStore.ts';

type EstateOptions = Omit<ConnectionStoreOptions, 'onChange' | 'onAccountChange'>;

/** Receives the list that changed, or nothing when stores were dropped. */
export type ChangeListener = (list?: List<unknown>) => void;

/** The stores of all connections, each created on first use. */
export class Estate {
  readonly #options: EstateOptions;
  readonly #listeners = new Set<ChangeListener>();
  readonly #stores = new Map<string, ConnectionStore>();
  #promptGeneration = 0;

  constructor(options: EstateOptions) {
    this.#options = options;
  }

  getStore(connection: Connection): ConnectionStore {
    const key = getConnectionKey(connection);
    const existing = this.#stores.get(key);
    if (existing) return existing;
    const store: ConnectionStore = new ConnectionStore(connection, {
      ...this.#options,
      onChange: (list) => {
        // Aborted loads of a dropped store may still end.
        if (this.#stores.get(key) === store) this.#notify(list);
      },
      onAccountChange: () => this.reset((each) => each === store),
    });
    this.#stores.set(key, store);
    return store;
  }

  getStores(connections: readonly Connection[]): ConnectionStore[] {
    return connections.map((connection) => this.getStore(connection));
  }

  /** The stores created so far. */
  stores(): Iterable<ConnectionStore> {
    return this.#stores.values();
  }

  /**
   * Calls `listener` when a load of a list starts, publishes rows or ends, and when stores are dropped. Returns the
   * unsubscribe function.
   */
  onDidChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether any list is loading. */
  isLoading(): boolean {
    return [...this.#stores.values()].some((store) => [...store.lists()].some(({ state }) => state === 'loading'));
  }

  /** Increases on every manual retry. An interactive prompt (MFA) appears at most once per generation. */
  get promptGeneration(): number {
    return this.#promptGeneration;
  }

  /** Lets interactive prompts appear once more. */
  allowPrompts(): void {
    this.#promptGeneration += 1;
  }

  /** Marks all lists as stale: each is read again when it is next shown. */
  invalidate(): void {
    for (const store of this.#stores.values()) store.invalidate();
  }

  /** Drops all stores, or those that match `shouldDrop`. Call it when their credentials may belong to another account. */
  reset(shouldDrop: (store: ConnectionStore) => boolean = () => true): void {
    const dropped = [...this.#stores].filter(([, store]) => shouldDrop(store));
    for (const [key, store] of dropped) {
      this.#stores.delete(key);
      store.close();
    }
    if (dropped.length > 0) this.#notify();
  }

  /** Aborts all loads and stops notifications. */
  dispose(): void {
    this.#listeners.clear();
    for (const store of this.#stores.values()) store.close();
  }

  #notify(list?: List<unknown>): void {
    for (const listener of this.#listeners) listener(list);
  }
}
