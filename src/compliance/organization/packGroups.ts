/** A pack across accounts and regions. */
export interface PackGroup {
  /** The pack's name; for a pack of the organization the name in its template. */
  readonly name: string;
  readonly isOrganization: boolean;
  /** The names under which it is deployed, ascending. */
  readonly deployedNames: readonly string[];
}

const organizationPrefix = 'OrgConformsPack-';
/** A hyphen and the 8 characters that a deployment adds. */
const suffix = /^-[A-Za-z0-9]{8}$/;

/**
 * Groups pack names: `OrgConformsPack-<name>-<8 characters>` of all accounts under `<name>`, others by themselves.
 * `ranks` has the index of each name's group. Groups are in ascending order of their names, the organization's last.
 */
export function groupPacks(names: readonly string[]): {
  readonly groups: readonly PackGroup[];
  readonly ranks: Uint32Array;
} {
  const numbers = names.map((_, number) => number);
  const byKey = Map.groupBy(numbers, (number) => getGroupKey(names[number] ?? ''));
  const ranks = new Uint32Array(names.length);
  const keys = [...byKey.keys()].sort();
  const groups = keys.map((key, rank): PackGroup => {
    const members = byKey.get(key) ?? [];
    for (const number of members) ranks[number] = rank;
    const deployedNames = members.map((number) => names[number] ?? '').sort();
    return { name: key.slice(0, -1), isOrganization: key.endsWith('1'), deployedNames };
  });
  return { groups, ranks };
}

/** The group's name, and whether it is the organization's. An account may have a pack of the same name. */
function getGroupKey(name: string): string {
  const end = name.length - 9;
  const isOrganization =
    name.startsWith(organizationPrefix) && end > organizationPrefix.length && suffix.test(name.slice(end));
  return isOrganization ? `${name.slice(organizationPrefix.length, end)}1` : `${name}0`;
}
