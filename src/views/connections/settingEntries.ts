import { asRecord } from '../../compliance/unknownValues.ts';

/** Represents the default credentials among profiles. The name of a profile is never empty. */
export const defaultCredentials = '';

/** Profiles or the default credentials, and the regions to read with each of them. */
export interface ConnectionChoice {
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
}

/**
 * The entries of the setting `packscope.connections` after the user has picked `picked` from `offered`. Keeps entries
 * that were not offered: those with an unknown profile or of an unknown shape. Keeps the regions of picked profiles
 * unless the user has changed the regions. The default credentials alone, without regions, need no entry.
 */
export function updateEntries(
  entries: readonly unknown[],
  offered: ConnectionChoice,
  picked: ConnectionChoice,
): readonly unknown[] {
  const { profiles, regions } = picked;
  const areRegionsUnchanged =
    offered.regions.length === regions.length && offered.regions.every((region) => regions.includes(region));
  const createEntry = (profile: string) => ({
    ...(profile !== defaultCredentials && { profile }),
    ...(regions.length > 0 && { regions }),
  });
  const existing = entries.flatMap((entry) => {
    const profile = getProfile(entry);
    if (profile === undefined || !offered.profiles.includes(profile)) return [entry];
    if (!profiles.includes(profile)) return [];
    return areRegionsUnchanged ? [entry] : [createEntry(profile)];
  });
  const configured = entries.map(getProfile);
  const added = profiles.filter((profile) => !configured.includes(profile));
  const updated = [...existing, ...added.map(createEntry)];
  const isDefault = updated.length === 1 && Object.keys(asRecord(updated[0])).length === 0;
  return isDefault && getProfile(updated[0]) === defaultCredentials ? [] : updated;
}

/** The profile of an entry, or `defaultCredentials`; undefined for an entry of an unknown shape. */
export function getProfile(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined;
  const { profile, ...others } = asRecord(entry);
  if (profile === undefined)
    return Object.keys(others).every((key) => key === 'regions') ? defaultCredentials : undefined;
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
