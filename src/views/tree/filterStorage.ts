import type { Memento } from 'vscode';
import { type Filter, filterOrNone } from '../../compliance/filter.ts';

const storageKey = 'packscope.filters';
const maxFilters = 50;

/** Filters by the names that the person gave them, in every workspace. */
export class SavedFilters {
  readonly #storage: Memento;

  constructor(storage: Memento) {
    this.#storage = storage;
  }

  /** Names and filters, by name; what is kept and no filter is left out. */
  get all(): readonly (readonly [string, Filter])[] {
    const kept = Object.entries(Object(this.#storage.get(storageKey)) as Record<string, unknown>);
    return kept
      .flatMap(([name, value]) => {
        const filter = filterOrNone(value);
        return filter && !nameProblem(name) ? [[name, filter] as const] : [];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, maxFilters);
  }

  /** Throws where there is none of that name. */
  get(name: string): Filter {
    const [, filter] = this.all.find(([each]) => each === name) ?? [];
    const names = this.all.map(([each]) => `“${each}”`).join(', ');
    if (!filter) throw new Error(`No filter is saved as “${name}”. ${names ? `There is ${names}.` : 'None is saved.'}`);
    return filter;
  }

  /** Saves a filter; one of the same name is replaced. */
  async save(name: string, filter: Filter): Promise<void> {
    const others = this.all.filter(([each]) => each !== name);
    if (others.length >= maxFilters) throw new Error(`There are ${maxFilters} saved filters: remove one first.`);
    await this.#keep([...others, [name, filter]]);
  }

  async remove(name: string): Promise<void> {
    await this.#keep(this.all.filter(([each]) => each !== name));
  }

  async #keep(filters: readonly (readonly [string, Filter])[]): Promise<void> {
    await this.#storage.update(storageKey, Object.fromEntries(filters));
  }
}

/** Why a filter cannot be saved under this name, as a sentence; undefined where it can. */
export const nameProblem = (name: string): string | undefined =>
  /^\S(.{0,62}\S)?$/.test(name) ? undefined : 'Give a name of at most 64 characters.';

const currentFilterKey = 'packscope.filter';

/** The workspace's last filter; empty where none or an invalid one is stored. */
export const restoreFilter = (storage: Memento): Filter => filterOrNone(storage.get(currentFilterKey)) ?? {};

export function saveFilter(storage: Memento, filter: Filter): void {
  void storage.update(currentFilterKey, filter);
}
