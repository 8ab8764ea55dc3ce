import type { ComplianceError } from '../errors.ts';
import type { List, ListState, Snapshot } from './list.ts';

/** One list made of several of the service's, which are loaded side by side. */
export abstract class CompositeList<T> implements List<T> {
  readonly #parts: readonly List<unknown>[];

  constructor(parts: readonly List<unknown>[]) {
    this.#parts = parts;
  }

  abstract get rows(): readonly T[];

  get state(): ListState {
    const states = this.#parts.map(({ state }) => state);
    return (['loading', 'idle', 'failed'] as const).find((state) => states.includes(state)) ?? 'done';
  }

  get complete(): boolean {
    return this.#parts.every(({ complete }) => complete);
  }

  get errors(): readonly ComplianceError[] {
    return this.#parts.flatMap(({ errors }) => errors);
  }

  get readAt(): number | undefined {
    const times = this.#parts.flatMap(({ readAt }) => readAt ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
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

  async loadAll(signal?: AbortSignal, onPage?: (loaded: number) => void): Promise<void> {
    const loaded = this.#parts.map(({ rows }) => rows.length);
    const onPartPage = (index: number) => (count: number) => {
      loaded[index] = count;
      onPage?.(Math.max(...loaded));
    };
    await Promise.all(this.#parts.map((part, index) => part.loadAll(signal, onPartPage(index))));
  }

  async refresh(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.refresh()));
  }

  invalidate(): void {
    for (const part of this.#parts) part.invalidate();
  }

  cancel(): void {
    for (const part of this.#parts) part.cancel();
  }

  get isRestored(): boolean {
    return this.#parts.some(({ isRestored }) => isRestored);
  }

  snapshot(): readonly (Snapshot | null)[] {
    return this.#parts.flatMap((part) => part.snapshot());
  }

  restore(kept: readonly (Snapshot | null)[]): void {
    for (const [index, part] of this.#parts.entries()) part.restore(kept.slice(index, index + 1));
  }
}
