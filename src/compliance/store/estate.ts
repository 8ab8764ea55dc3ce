import type { List } from '../paging/list.ts';
import { type Connection, connectionKey } from '../source.ts';
import { type ConnectionOptions, ConnectionStore } from './connectionStore.ts';

type EstateOptions = Omit<ConnectionOptions, 'onChange' | 'onSwitch'>;

/** What is known so far, through every connection; tells of changes. */
export class Estate {
  readonly #options: EstateOptions;
  readonly #listeners = new Set<(list?: List<unknown>) => void>();
  readonly #connections = new Map<string, ConnectionStore>();

  /** How often a person has asked for what could not be had: what asks them in turn may then do so once more. */
  promptGeneration = 0;

  constructor(options: EstateOptions) {
    this.#options = options;
  }

  /** What is known through a connection. */
  store(connection: Connection): ConnectionStore {
    const key = connectionKey(connection);
    const known = this.#connections.get(key);
    if (known) return known;
    const store: ConnectionStore = new ConnectionStore(connection, {
      ...this.#options,
      onChange: (list) => {
        // What was forgotten may still be ending.
        if (this.#connections.get(key) === store) this.#notify(list);
      },
      onSwitch: () => this.reset((each) => each === store),
    });
    this.#connections.set(key, store);
    return store;
  }

  /** The same of several. */
  stores(connections: readonly Connection[]): ConnectionStore[] {
    return connections.map((connection) => this.store(connection));
  }

  /** Every connection that has been looked at. */
  openStores(): Iterable<ConnectionStore> {
    return this.#connections.values();
  }

  /** Tells of every list whose load starts, brings rows or ends, and of nothing by name when much was forgotten; returns how to stop listening. */
  onDidChange(listener: (list?: List<unknown>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether anything is under way. */
  get isLoading(): boolean {
    return this.#lists().some(({ state }) => state === 'loading');
  }

  /** Every answer is read anew when it is next looked at. */
  invalidate(): void {
    for (const store of this.#connections.values()) store.invalidate();
  }

  /** Forgets connections, all or those that `which` picks: their credentials may be somebody else's by now. */
  reset(which: (store: ConnectionStore) => boolean = () => true): void {
    const forgotten = [...this.#connections].filter(([, store]) => which(store));
    for (const [key, store] of forgotten) {
      this.#connections.delete(key);
      store.close();
    }
    if (forgotten.length > 0) this.#notify();
  }

  /** Calls off everything under way; nothing is asked or told any more. */
  dispose(): void {
    this.#listeners.clear();
    for (const store of this.#connections.values()) store.close();
  }

  #notify(list?: List<unknown>): void {
    for (const listener of this.#listeners) listener(list);
  }

  #lists(): List<unknown>[] {
    return [...this.#connections.values()].flatMap((store) => [...store.lists()]);
  }
}
