import type { Kept, List } from './list.ts';

/** Lists of one kind, one per question. */
export class Shelf<L extends List<unknown>> {
  readonly #lists = new Map<string, L>();
  readonly #kind: string;
  readonly #onChange: (list: List<unknown>) => void;
  #earlier: Answers = {};

  constructor(kind: string, onChange: (list: List<unknown>) => void) {
    this.#kind = kind;
    this.#onChange = onChange;
  }

  /** The list that answers the question, made on first use. */
  list(question: readonly unknown[], make: (changed: () => void) => L): L {
    const key = `${this.#kind} ${JSON.stringify(question)}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const made: L = make(() => this.#onChange(made));
    made.recall(this.#earlier[key] ?? []);
    this.#lists.set(key, made);
    return made;
  }

  all(): Iterable<L> {
    return this.#lists.values();
  }

  /** What its lists show, by question. */
  keep(): Answers {
    return Object.fromEntries([...this.#lists].map(([key, list]) => [key, list.keep()]));
  }

  /** Lists show what an earlier session kept, those that are to come as well. */
  recall(earlier: Answers): void {
    this.#earlier = earlier;
    for (const [key, list] of this.#lists) list.recall(earlier[key] ?? []);
  }
}

/** What lists show, by question. */
export type Answers = Readonly<Record<string, readonly (Kept | null)[]>>;
