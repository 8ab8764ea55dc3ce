import { asRecord } from '../../compliance/unknownValues.ts';

/** Profiles, and the regions to read with each of them. */
export interface ConnectionChoice {
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
}

/**
 * The entries of the setting `packscope.connections` after the user has picked `picked` from `offered`. Keeps entries
 * that were not offered: those without a profile, with an unknown profile or of an unknown shape. Keeps the regions of
 * picked profiles unless the user has changed the regions.
 */
export function updateEntries(
  entries: readonly unknown[],
  offered: ConnectionChoice,
  picked: ConnectionChoice,
): readonly unknown[] {
  const { profiles, regions } = picked;
  const areRegionsUnchanged =
    offered.regions.length === regions.length && offered.regions.every((region) => regions.includes(region));
  const createEntry = (profile: string) => (regions.length > 0 ? { profile, regions } : { profile });
  const existing = entries.flatMap((entry) => {
    const profile = getProfile(entry);
    if (profile === undefined || !offered.profiles.includes(profile)) return [entry];
    if (!profiles.includes(profile)) return [];
    return areRegionsUnchanged ? [entry] : [createEntry(profile)];
  });
  const configured = entries.map(getProfile);
  const added = profiles.filter((profile) => !configured.includes(profile));
  return [...existing, ...added.map(createEntry)];
}

/** The profile of an entry. */
export function getProfile(entry: unknown): string | undefined {
  const { profile } = asRecord(entry);
  return typeof profile === 'string' && profile !== '' ? profile : undefined;
}

/** The distinct regions of all entries. */
export function getRegions(entries: readonly unknown[]): string[] {
  const regions = entries.flatMap((entry) => {
    const { regions: value } = asRecord(entry);
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.filter((region) => typeof region === 'string').filter((region) => region !== '');
  });
  return [...new Set(regions)];
}
