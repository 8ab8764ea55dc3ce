import { asComplianceError, ComplianceError } from '../errors.ts';
import type { Cursor } from '../source.ts';
import type { List, ListState, Snapshot } from './list.ts';
import { type Fetch, fetchPage } from './pages.ts';

/** Pages in a row that bring nothing new before a load stops to ask the person. */
const defaultMaxEmptyPages = 10;
/** A refresh reads again as deep as the list was, up to here. */
const maxRefreshRows = 1000;

/** A long load shows what it has this often, in milliseconds: never a copy of all rows per page. */
const publishEvery = 500;

/** How far a load goes. */
interface LoadTarget {
  rows: number;
  /** Pages in a row that may bring nothing new. */
  readonly maxEmptyPages: number;
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
  #restored: Snapshot | undefined;
  #publishedAt = 0;
  /** Whether the next look reads anew. */
  #stale = false;
  /** Whether a refresh has failed: to go on means to refresh. */
  #refreshFailed = false;
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
    return this.#restored?.complete ?? this.#current.done;
  }

  get errors(): readonly ComplianceError[] {
    return this.#error ? [this.#error] : [];
  }

  get readAt(): number | undefined {
    return this.#restored?.readAt ?? this.#current.readAt;
  }

  get isRestored(): boolean {
    return this.#restored !== undefined;
  }

  ensureLoaded(): void {
    if (this.#stale) void this.refresh();
    // A failed list waits for a person: to ask again here would ask for ever.
    else if (!this.#error && !this.#load && this.#current.readAt === undefined) void this.loadMore();
  }

  loadMore(): Promise<void> {
    if (this.#load) {
      this.#load.joined = true;
      return this.#load.done;
    }
    if (this.#stale || this.#refreshFailed) return this.refresh();
    if (this.state === 'done') return Promise.resolve();
    return this.#start((signal) =>
      this.#extend(this.#target(this.#restored ? this.#depth : this.#current.rows.size + 1), signal),
    ).done;
  }

  retry(): Promise<void> {
    return this.state === 'failed' ? this.loadMore() : Promise.resolve();
  }

  loadAll(signal?: AbortSignal, onPage?: (loaded: number) => void): Promise<void> {
    const target = { rows: Number.POSITIVE_INFINITY, maxEmptyPages: Number.POSITIVE_INFINITY };
    return this.#loadTo({ ...target, ...(onPage && { onPage }) }, signal);
  }

  /** Loads until so many rows are there, to the end, or to where nothing comes any more. Never rejects. */
  loadUpTo(rows: number, signal?: AbortSignal): Promise<void> {
    return this.#loadTo(this.#target(this.#restored ? Math.max(rows, this.#depth) : rows), signal);
  }

  refresh(): Promise<void> {
    this.#load?.controller.abort();
    this.#stale = false;
    const target = this.#target(this.#depth);
    return this.#start(async (signal) => {
      try {
        await this.#rebuild(target, signal);
        this.#refreshFailed = false;
      } catch (thrown) {
        if (!signal.aborted) this.#refreshFailed = true;
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

  snapshot(): readonly (Snapshot | null)[] {
    const { readAt, done } = this.#current;
    return [this.#restored ?? (readAt === undefined ? null : { rows: this.#rows, complete: done, readAt })];
  }

  restore([kept]: readonly (Snapshot | null)[]): void {
    if (!kept || this.#current.readAt !== undefined) return;
    this.#restored = kept;
    // Kept under the question that this list answers: the rows are of its kind.
    this.#rows = kept.rows as readonly T[];
  }

  /** How many rows show again what stands. */
  get #depth(): number {
    return Math.min(Math.max(1, this.#restored?.rows.length ?? this.#current.rows.size), maxRefreshRows);
  }

  #target(rows: number): LoadTarget {
    return { rows: this.#whole ? Number.POSITIVE_INFINITY : rows, maxEmptyPages: defaultMaxEmptyPages };
  }

  async #loadTo(target: LoadTarget, signal = new AbortController().signal): Promise<void> {
    // What is only remembered does not count.
    const reached = () => !this.#restored && this.#rows.length >= target.rows;
    while (this.#load && !reached() && !signal.aborted) {
      await this.#load.done;
      // What has just failed would fail again: each who waits would ask once more.
      if (this.#error) return;
    }
    // A refresh is owed to everybody: who calls off waits no longer, but does not end it.
    if (!signal.aborted && (this.#stale || this.#refreshFailed)) await this.refresh();
    if (signal.aborted || this.#load || this.#refreshFailed || this.state === 'done' || reached()) return;
    const load = this.#start((own) => this.#extend(target, own));
    const stop = () => {
      // Who has joined still gets the page that is on its way.
      if (load.joined) target.rows = this.#current.rows.size + 1;
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
        if (hasCome) this.#restored = undefined;
        this.#publish();
      });
    const load = { controller, done, joined: false };
    this.#load = load;
    this.#onChange();
    return load;
  }

  #publish(): void {
    this.#publishedAt = Date.now();
    if (this.#restored && this.#current.rows.size >= this.#restored.rows.length) this.#restored = undefined;
    if (!this.#restored) this.#rows = [...this.#current.rows.values()];
    this.#onChange();
  }

  /** Goes on to the target; where the service has forgotten its own token, once from the beginning. */
  async #extend(target: LoadTarget, signal: AbortSignal): Promise<void> {
    try {
      await this.#fill(this.#current, target, signal);
    } catch (thrown) {
      if (!(thrown instanceof ComplianceError && thrown.kind === 'staleCursor')) throw thrown;
      await this.#rebuild({ ...target, rows: Math.max(target.rows, this.#current.rows.size + 1) }, signal);
    }
  }

  async #rebuild(target: LoadTarget, signal: AbortSignal): Promise<void> {
    const fresh = new Generation<T>();
    await this.#fill(fresh, target, signal);
    this.#current = fresh;
  }

  async #fill(pages: Generation<T>, target: LoadTarget, signal: AbortSignal): Promise<void> {
    for (let emptyPages = 0; !pages.done && pages.rows.size < target.rows && emptyPages < target.maxEmptyPages; ) {
      const before = pages.rows.size;
      const page = await fetchPage(this.#fetch, { cursor: pages.next, signal });
      for (const row of page.items) pages.rows.set(this.#key(row), row);
      pages.next = page.next;
      pages.readAt ??= Date.now();
      emptyPages = pages.rows.size > before ? 0 : emptyPages + 1;
      target.onPage?.(pages.rows.size);
      const pause = Date.now() - this.#publishedAt;
      if (pages === this.#current && !pages.done && pause >= publishEvery) this.#publish();
    }
  }
}
