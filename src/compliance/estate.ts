import { ConnectionLists, type ConnectionOptions } from './connectionLists.ts';
import type { List } from './pagedList.ts';
import { type Connection, connectionKey } from './source.ts';

type EstateOptions = Omit<ConnectionOptions, 'onChange' | 'onSwitch'>;

/** What is known so far, through every connection; tells of changes. */
export class Estate {
  readonly #options: EstateOptions;
  readonly #listeners = new Set<(list?: List<unknown>) => void>();
  readonly #connections = new Map<string, ConnectionLists>();

  constructor(options: EstateOptions) {
    this.#options = options;
  }

  /** What is known through a connection. */
  of(connection: Connection): ConnectionLists {
    const key = connectionKey(connection);
    const known = this.#connections.get(key);
    if (known) return known;
    const lists: ConnectionLists = new ConnectionLists(connection, {
      ...this.#options,
      onChange: (list) => {
        // What was forgotten may still be ending.
        if (this.#connections.get(key) === lists) this.#tell(list);
      },
      onSwitch: () => this.reset((each) => each === lists),
    });
    this.#connections.set(key, lists);
    return lists;
  }

  /** Tells of every list whose load starts, brings rows or ends, and of nothing by name when much was forgotten; returns how to stop listening. */
  onDidChange(listener: (list?: List<unknown>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether anything is under way. */
  get loading(): boolean {
    return this.#lists().some(({ state }) => state === 'loading');
  }

  /** Every answer is read anew when it is next looked at. */
  invalidate(): void {
    for (const connection of this.#connections.values()) connection.invalidate();
  }

  /** Forgets connections, all or those that `which` picks: their credentials may be somebody else's by now. */
  reset(which: (lists: ConnectionLists) => boolean = () => true): void {
    for (const [key, lists] of this.#connections) {
      if (!which(lists)) continue;
      this.#connections.delete(key);
      for (const list of lists.all()) list.cancel();
    }
    this.#tell();
  }

  /** Calls off everything under way; nothing is told any more. */
  dispose(): void {
    this.#listeners.clear();
    for (const list of this.#lists()) list.cancel();
  }

  #tell(list?: List<unknown>): void {
    for (const listener of this.#listeners) listener(list);
  }

  #lists(): List<unknown>[] {
    return [...this.#connections.values()].flatMap((connection) => [...connection.all()]);
  }
}
