import { asRecord } from '../../compliance/unknown.ts';
/** What a person has picked: profiles, and the regions to read with each. */
export interface Picked {
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
}

/**
 * The entries of the setting after a pick. Entries that were not on offer stay as they are: those without a profile,
 * of profiles that the AWS files no longer have, or that are not understood. So do those of picked profiles, unless
 * the person changed the regions.
 */
export function entriesAfter(
  entries: readonly unknown[],
  offered: Picked,
  { profiles, regions }: Picked,
): readonly unknown[] {
  const unchanged =
    offered.regions.length === regions.length && offered.regions.every((each) => regions.includes(each));
  const fresh = (profile: string) => (regions.length > 0 ? { profile, regions } : { profile });
  const kept = entries.flatMap((entry) => {
    const profile = profileOf(entry);
    if (profile === undefined || !offered.profiles.includes(profile)) return [entry];
    if (!profiles.includes(profile)) return [];
    return unchanged ? [entry] : [fresh(profile)];
  });
  const before = entries.map(profileOf);
  return [...kept, ...profiles.filter((profile) => !before.includes(profile)).map(fresh)];
}

/** The profile that an entry names. */
export function profileOf(entry: unknown): string | undefined {
  const { profile } = asRecord(entry);
  return typeof profile === 'string' && profile !== '' ? profile : undefined;
}

/** The regions that entries name, each once. */
export function regionsOf(entries: readonly unknown[]): string[] {
  const named = entries.flatMap((entry) => {
    const { regions } = asRecord(entry);
    return Array.isArray(regions) ? regions.filter((region) => typeof region === 'string' && region !== '') : [];
  });
  return [...new Set<string>(named)];
}
