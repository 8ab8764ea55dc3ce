import type { List, Snapshot } from '../paging/list.ts';

/** Lists of one kind, one per question. */
export class ListCache<L extends List<unknown>> {
  readonly #lists = new Map<string, L>();
  readonly #kind: string;
  readonly #onChange: (list: List<unknown>) => void;
  #earlier: ListSnapshots = {};

  constructor(kind: string, onChange: (list: List<unknown>) => void) {
    this.#kind = kind;
    this.#onChange = onChange;
  }

  /** The list that answers the question, made on first use. */
  get(question: readonly unknown[], make: (changed: () => void) => L): L {
    const key = `${this.#kind} ${JSON.stringify(question)}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const made: L = make(() => this.#onChange(made));
    made.restore(this.#earlier[key] ?? []);
    this.#lists.set(key, made);
    return made;
  }

  lists(): Iterable<L> {
    return this.#lists.values();
  }

  /** What its lists show, by question. */
  snapshot(): ListSnapshots {
    return Object.fromEntries([...this.#lists].map(([key, list]) => [key, list.snapshot()]));
  }

  /** Lists show what an earlier session kept, those that are to come as well. */
  restore(earlier: ListSnapshots): void {
    this.#earlier = earlier;
    for (const [key, list] of this.#lists) list.restore(earlier[key] ?? []);
  }
}

/** What lists show, by question. */
export type ListSnapshots = Readonly<Record<string, readonly (Snapshot | null)[]>>;
