import type { Memento } from 'vscode';
import type { Filter } from '../../compliance/filter.ts';
import { tryParseFilter } from '../../compliance/parseFilter.ts';
import { asRecord } from '../../compliance/unknownValues.ts';

const storageKey = 'packscope.filters';
const maxFilters = 50;

/** Filters saved by name, shared by all workspaces. */
export class SavedFilters {
  readonly #storage: Memento;

  constructor(storage: Memento) {
    this.#storage = storage;
  }

  /** Names and filters, sorted by name. Invalid entries are left out. */
  list(): readonly (readonly [string, Filter])[] {
    return Object.entries(asRecord(this.#storage.get(storageKey)))
      .flatMap(([name, value]) => {
        const filter = tryParseFilter(value);
        return filter && !validateFilterName(name) ? [[name, filter] as const] : [];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, maxFilters);
  }

  /** Throws if there is no filter of that name. */
  get(name: string): Filter {
    const filters = this.list();
    const [, filter] = filters.find(([each]) => each === name) ?? [];
    if (filter) return filter;
    const names = filters.map(([each]) => `“${each}”`).join(', ');
    throw new Error(`No filter is saved as “${name}”. ${names ? `Saved filters: ${names}.` : 'There are none.'}`);
  }

  /** Saves a filter, or replaces the one of the same name. */
  async save(name: string, filter: Filter): Promise<void> {
    const others = this.list().filter(([each]) => each !== name);
    if (others.length >= maxFilters) throw new Error(`There are ${maxFilters} saved filters. Remove one first.`);
    await this.#store([...others, [name, filter]]);
  }

  async remove(name: string): Promise<void> {
    await this.#store(this.list().filter(([each]) => each !== name));
  }

  async #store(filters: readonly (readonly [string, Filter])[]): Promise<void> {
    await this.#storage.update(storageKey, Object.fromEntries(filters));
  }
}

/** Why a filter cannot be saved under this name, as a sentence; undefined if it can. */
export const validateFilterName = (name: string): string | undefined =>
  /^\S(.{0,62}\S)?$/.test(name) ? undefined : 'Enter a name of at most 64 characters.';
