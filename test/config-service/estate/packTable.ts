import type { Pack, Rule, Scope } from './estate.ts';

/** A pack with all of its rules. */
export interface PackWithRules {
  readonly pack: Pack;
  readonly rules: readonly Rule[];
}

/** Packs in memory, by account, region and name. */
export class PackTable {
  readonly #scopes = new Map<string, Map<string, PackWithRules>>();

  /** Adds a pack, or replaces the one of that name. */
  put(entry: PackWithRules): void {
    const key = getKey(entry.pack);
    const packs = this.#scopes.get(key) ?? new Map<string, PackWithRules>();
    this.#scopes.set(key, packs.set(entry.pack.name, entry));
  }

  get(scope: Scope, name: string): PackWithRules | undefined {
    return this.#scopes.get(getKey(scope))?.get(name);
  }

  /** Returns the names of a scope's packs in ascending order. */
  names(scope: Scope): readonly string[] {
    return [...(this.#scopes.get(getKey(scope))?.keys() ?? [])].sort();
  }
}

function getKey({ account, region }: Scope): string {
  return `${account}/${region}`;
}
