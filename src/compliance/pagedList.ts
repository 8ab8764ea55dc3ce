import { asComplianceError, ComplianceError } from './errors.ts';
import type { Kept, List, ListState } from './list.ts';
import { type Fetch, fetchPage } from './pages.ts';
import type { Cursor } from './source.ts';

/** Pages in a row that bring nothing new before a load stops to ask the person. */
const maxBarrenPages = 10;
/** A refresh reads again as deep as the list was, up to here. */
const maxRefreshRows = 1000;

/** A long load shows what it has this often, in milliseconds: never a copy of all rows per page. */
const publishEvery = 500;

/** How far a load goes. */
interface Goal {
  rows: number;
  /** Pages in a row that may bring nothing new. */
  readonly patience: number;
  readonly onPage?: (loaded: number) => void;
}

/** A load under way. */
interface Load {
  readonly controller: AbortController;
  /** Whether somebody waits for its next page who did not begin it. */
  joined: boolean;
  /** Never rejects. */
  readonly done: Promise<void>;
}

/** The rows of one generation, by identity, in the service's order. */
class Generation<T> {
  readonly rows = new Map<string, T>();
  next: Cursor | undefined;
  readAt: number | undefined;

  get done(): boolean {
    return this.readAt !== undefined && this.next === undefined;
  }
}

/** A list that comes in pages: one load in flight, no row twice, nothing from a generation that has ended. */
export class PagedList<T> implements List<T> {
  readonly #fetch: Fetch<T>;
  readonly #key: (row: T) => string;
  readonly #onChange: () => void;
  readonly #whole: boolean;
  #current = new Generation<T>();
  #rows: readonly T[] = [];
  /** An earlier session's rows, which are shown. */
  #recalled: Kept | undefined;
  #publishedAt = 0;
  /** Whether the next look reads anew. */
  #stale = false;
  /** Whether a refresh has failed: to go on means to refresh. */
  #owed = false;
  #error: ComplianceError | undefined;
  #load: Load | undefined;

  /** A `whole` list goes on to its end by itself: for lists that are of use only when all of them is known. */
  constructor(fetch: Fetch<T>, key: (row: T) => string, onChange: () => void, whole = false) {
    this.#fetch = fetch;
    this.#key = key;
    this.#onChange = onChange;
    this.#whole = whole;
  }

  get rows(): readonly T[] {
    return this.#rows;
  }

  get state(): ListState {
    if (this.#load) return 'loading';
    if (this.#error) return 'failed';
    return this.#current.done ? 'done' : 'idle';
  }

  get complete(): boolean {
    return this.#recalled?.complete ?? this.#current.done;
  }

  get errors(): readonly ComplianceError[] {
    return this.#error ? [this.#error] : [];
  }

  get readAt(): number | undefined {
    return this.#recalled?.readAt ?? this.#current.readAt;
  }

  get recalled(): boolean {
    return this.#recalled !== undefined;
  }

  ensure(): void {
    if (this.#stale) void this.refresh();
    // A failed list waits for a person: to ask again here would ask for ever.
    else if (!this.#error && !this.#load && this.#current.readAt === undefined) void this.more();
  }

  more(): Promise<void> {
    if (this.#load) {
      this.#load.joined = true;
      return this.#load.done;
    }
    if (this.#stale || this.#owed) return this.refresh();
    if (this.state === 'done') return Promise.resolve();
    return this.#start((signal) =>
      this.#extend(this.#goal(this.#recalled ? this.#depth : this.#current.rows.size + 1), signal),
    ).done;
  }

  retry(): Promise<void> {
    return this.state === 'failed' ? this.more() : Promise.resolve();
  }

  all(signal?: AbortSignal, onPage?: (loaded: number) => void): Promise<void> {
    const goal = { rows: Number.POSITIVE_INFINITY, patience: Number.POSITIVE_INFINITY };
    return this.#until({ ...goal, ...(onPage && { onPage }) }, signal);
  }

  /** Loads until so many rows are there, to the end, or to where nothing comes any more. Never rejects. */
  upTo(rows: number, signal?: AbortSignal): Promise<void> {
    return this.#until(this.#goal(this.#recalled ? Math.max(rows, this.#depth) : rows), signal);
  }

  refresh(): Promise<void> {
    this.#load?.controller.abort();
    this.#stale = false;
    const goal = this.#goal(this.#depth);
    return this.#start(async (signal) => {
      try {
        await this.#rebuild(goal, signal);
        this.#owed = false;
      } catch (thrown) {
        if (!signal.aborted) this.#owed = true;
        throw thrown;
      }
    }).done;
  }

  invalidate(): void {
    this.#stale = true;
  }

  cancel(): void {
    this.#load?.controller.abort();
  }

  keep(): readonly (Kept | null)[] {
    const { readAt, done } = this.#current;
    return [this.#recalled ?? (readAt === undefined ? null : { rows: this.#rows, complete: done, readAt })];
  }

  recall([kept]: readonly (Kept | null)[]): void {
    if (!kept || this.#current.readAt !== undefined) return;
    this.#recalled = kept;
    // Kept under the question that this list answers: the rows are of its kind.
    this.#rows = kept.rows as readonly T[];
  }

  /** How many rows show again what stands. */
  get #depth(): number {
    return Math.min(Math.max(1, this.#recalled?.rows.length ?? this.#current.rows.size), maxRefreshRows);
  }

  #goal(rows: number): Goal {
    return { rows: this.#whole ? Number.POSITIVE_INFINITY : rows, patience: maxBarrenPages };
  }

  async #until(goal: Goal, signal = new AbortController().signal): Promise<void> {
    // What is only remembered does not count.
    const reached = () => !this.#recalled && this.#rows.length >= goal.rows;
    while (this.#load && !reached() && !signal.aborted) {
      await this.#load.done;
      // What has just failed would fail again: each who waits would ask once more.
      if (this.#error) return;
    }
    // A refresh is owed to everybody: who calls off waits no longer, but does not end it.
    if (!signal.aborted && (this.#stale || this.#owed)) await this.refresh();
    if (signal.aborted || this.#load || this.#owed || this.state === 'done' || reached()) return;
    const load = this.#start((own) => this.#extend(goal, own));
    const stop = () => {
      // Who has joined still gets the page that is on its way.
      if (load.joined) goal.rows = this.#current.rows.size + 1;
      else load.controller.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    await load.done;
    signal.removeEventListener('abort', stop);
  }

  /** Runs one load. Only the load that is still the list's own may report its end; until then an earlier error stands. */
  #start(run: (signal: AbortSignal) => Promise<void>): Load {
    const controller = new AbortController();
    const done = run(controller.signal)
      .then(
        () => ({ hasCome: true, error: undefined }),
        (thrown: unknown) => ({
          hasCome: false,
          error: controller.signal.aborted ? this.#error : asComplianceError(thrown),
        }),
      )
      .then(({ hasCome, error }) => {
        if (this.#load?.controller !== controller) return;
        this.#load = undefined;
        this.#error = error;
        if (hasCome) this.#recalled = undefined;
        this.#publish();
      });
    const load = { controller, done, joined: false };
    this.#load = load;
    this.#onChange();
    return load;
  }

  #publish(): void {
    this.#publishedAt = Date.now();
    if (this.#recalled && this.#current.rows.size >= this.#recalled.rows.length) this.#recalled = undefined;
    if (!this.#recalled) this.#rows = [...this.#current.rows.values()];
    this.#onChange();
  }

  /** Goes on to the goal; where the service has forgotten its own token, once from the beginning. */
  async #extend(goal: Goal, signal: AbortSignal): Promise<void> {
    try {
      await this.#fill(this.#current, goal, signal);
    } catch (thrown) {
      if (!(thrown instanceof ComplianceError && thrown.kind === 'staleCursor')) throw thrown;
      await this.#rebuild({ ...goal, rows: Math.max(goal.rows, this.#current.rows.size + 1) }, signal);
    }
  }

  async #rebuild(goal: Goal, signal: AbortSignal): Promise<void> {
    const fresh = new Generation<T>();
    await this.#fill(fresh, goal, signal);
    this.#current = fresh;
  }

  async #fill(pages: Generation<T>, goal: Goal, signal: AbortSignal): Promise<void> {
    for (let barren = 0; !pages.done && pages.rows.size < goal.rows && barren < goal.patience; ) {
      const before = pages.rows.size;
      const page = await fetchPage(this.#fetch, { cursor: pages.next, signal });
      for (const row of page.items) pages.rows.set(this.#key(row), row);
      pages.next = page.next;
      pages.readAt ??= Date.now();
      barren = pages.rows.size > before ? 0 : barren + 1;
      goal.onPage?.(pages.rows.size);
      const pause = Date.now() - this.#publishedAt;
      if (pages === this.#current && !pages.done && pause >= publishEvery) this.#publish();
    }
  }
}
