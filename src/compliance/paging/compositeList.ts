import type { ComplianceError } from '../errors.ts';
import { getOldestReadAt, type List, type ListState, type Snapshot } from './list.ts';

/** A list that joins the rows of several lists, its parts, which load side by side. */
export abstract class CompositeList<T> implements List<T> {
  readonly #onChange: () => void;
  readonly #parts: List<unknown>[] = [];
  /** The joined rows, until a part changes. */
  #rows: readonly T[] | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Adds a part. Call it from constructors only. */
  protected addPart<L extends List<unknown>>(create: (onChange: () => void) => L): L {
    const part = create(() => {
      this.#rows = undefined;
      this.#onChange();
    });
    this.#parts.push(part);
    return part;
  }

  /** Computes the rows from those of the parts. Called at most once per change. */
  protected abstract joinRows(): readonly T[];

  get rows(): readonly T[] {
    this.#rows ??= this.joinRows();
    return this.#rows;
  }

  get state(): ListState {
    const states = this.#parts.map(({ state }) => state);
    return (['loading', 'idle', 'failed'] as const).find((state) => states.includes(state)) ?? 'done';
  }

  get isComplete(): boolean {
    return this.#parts.every(({ isComplete }) => isComplete);
  }

  get errors(): readonly ComplianceError[] {
    return this.#parts.flatMap(({ errors }) => errors);
  }

  get readAt(): number | undefined {
    return getOldestReadAt(this.#parts);
  }

  get isRestored(): boolean {
    return this.#parts.some(({ isRestored }) => isRestored);
  }

  ensureLoaded(): void {
    for (const part of this.#parts) part.ensureLoaded();
  }

  async loadMore(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.loadMore()));
  }

  async retry(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.retry()));
  }

  /** Reports the row count of the longest part as progress. */
  async loadAll(signal?: AbortSignal, onPage?: (rowCount: number) => void): Promise<void> {
    const counts = this.#parts.map(({ rows }) => rows.length);
    const onPartPage = (index: number) => (rowCount: number) => {
      counts[index] = rowCount;
      onPage?.(Math.max(...counts));
    };
    await Promise.all(this.#parts.map((part, index) => part.loadAll(signal, onPartPage(index))));
  }

  async refresh(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.refresh()));
  }

  invalidate(): void {
    for (const part of this.#parts) part.invalidate();
  }

  cancel(reason?: ComplianceError): void {
    for (const part of this.#parts) part.cancel(reason);
  }

  snapshot(): readonly (Snapshot | null)[] {
    return this.#parts.flatMap((part) => part.snapshot());
  }

  restore(snapshots: readonly (Snapshot | null)[]): void {
    for (const [index, part] of this.#parts.entries()) part.restore(snapshots.slice(index, index + 1));
    this.#rows = undefined;
  }
}
