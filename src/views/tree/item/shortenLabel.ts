import { formatPackGroup } from '../../../compliance/organization/packGroups.ts';
import { splitPackName } from '../../../compliance/packName.ts';
import { shortenNames } from '../../../compliance/text/shortNames.ts';
import type { Label } from './label.ts';

/** Siblings share one array, so their names are shortened once. */
const shortNames = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/**
 * Labels a pack with the part of its name that tells it apart from the names of its siblings. That of an organization's
 * pack is its base name.
 */
export function shortenLabel(name: string, siblings: readonly string[]): Pick<Label, 'label' | 'exactName'> {
  const known = shortNames.get(siblings) ?? shortenNames(siblings.map(getBaseName));
  shortNames.set(siblings, known);
  const { baseName, isOrganization } = splitPackName(name);
  const label = formatPackGroup({ name: known.get(baseName) ?? baseName, isOrganization });
  return label === name ? { label } : { label, exactName: name };
}

const getBaseName = (name: string): string => splitPackName(name).baseName;
