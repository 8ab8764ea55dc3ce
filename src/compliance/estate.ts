import { ConnectionLists, type ConnectionOptions } from './connectionLists.ts';
import type { List } from './list.ts';
import { type Connection, connectionKey } from './source.ts';

type EstateOptions = Omit<ConnectionOptions, 'onChange' | 'onSwitch'>;

/** What is known so far, through every connection; tells of changes. */
export class Estate {
  readonly #options: EstateOptions;
  readonly #listeners = new Set<(list?: List<unknown>) => void>();
  readonly #connections = new Map<string, ConnectionLists>();

  /** How often a person has asked for what could not be had: what asks them in turn may then do so once more. */
  round = 0;

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

  /** The same of several. */
  ofEach(connections: readonly Connection[]): ConnectionLists[] {
    return connections.map((connection) => this.of(connection));
  }

  /** Every connection that has been looked at. */
  known(): Iterable<ConnectionLists> {
    return this.#connections.values();
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
    const forgotten = [...this.#connections].filter(([, lists]) => which(lists));
    for (const [key, lists] of forgotten) {
      this.#connections.delete(key);
      lists.end();
    }
    if (forgotten.length > 0) this.#tell();
  }

  /** Calls off everything under way; nothing is asked or told any more. */
  dispose(): void {
    this.#listeners.clear();
    for (const lists of this.#connections.values()) lists.end();
  }

  #tell(list?: List<unknown>): void {
    for (const listener of this.#listeners) listener(list);
  }

  #lists(): List<unknown>[] {
    return [...this.#connections.values()].flatMap((connection) => [...connection.all()]);
  }
}
