import { splitPackName } from '../packName.ts';

/** A pack across accounts and regions. */
export interface PackGroup {
  /** The pack's name; for a pack of the organization the name in its template. */
  readonly name: string;
  readonly isOrganization: boolean;
  /** The names under which it is deployed. */
  readonly deployedNames: readonly string[];
}

/** The name of a pack over accounts. An account can have a pack with the name of one of the organization's. */
export const formatPackGroup = ({ name, isOrganization }: Pick<PackGroup, 'name' | 'isOrganization'>): string =>
  isOrganization ? `${name} (org)` : name;

/** Groups the deployed names of packs. All names of an organization's pack form one group; any other name is its own group. */
export class PackGrouping {
  readonly #numbers = new Map<string, number>();
  readonly #groups: (PackGroup & { readonly deployedNames: string[] })[] = [];

  /** The groups by number. */
  get groups(): readonly PackGroup[] {
    return this.#groups;
  }

  /** Adds a deployed name, each only once. Returns the number of its group. */
  add(deployedName: string): number {
    const { baseName: name, isOrganization } = splitPackName(deployedName);
    // An account may have a pack of the same name.
    const key = `${isOrganization} ${name}`;
    const number = this.#numbers.get(key) ?? this.#groups.length;
    this.#numbers.set(key, number);
    this.#groups[number] ??= { name, isOrganization, deployedNames: [] };
    this.#groups[number].deployedNames.push(deployedName);
    return number;
  }
}

/**
 * Groups distinct pack names. `ranks` has the index of each name's group. Groups are in ascending order of their names,
 * the organization's last.
 */
export function groupPacks(names: readonly string[]): {
  readonly groups: readonly PackGroup[];
  readonly ranks: Uint32Array;
} {
  const grouping = new PackGrouping();
  const numbers = names.map((name) => grouping.add(name));
  const sorted = [...grouping.groups.entries()].sort(([, a], [, b]) => comparePacks(a, b));
  const rankByNumber = new Uint32Array(sorted.length);
  for (const [rank, [number]] of sorted.entries()) rankByNumber[number] = rank;
  return {
    groups: sorted.map(([, group]) => group),
    ranks: Uint32Array.from(numbers, (number) => rankByNumber[number] ?? 0),
  };
}

export function comparePacks(a: PackGroup, b: PackGroup): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return Number(a.isOrganization) - Number(b.isOrganization);
}
