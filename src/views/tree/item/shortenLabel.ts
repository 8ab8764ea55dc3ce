import { shortenNames } from '../../../compliance/text/shortNames.ts';
import type { Label } from './label.ts';

/** Siblings share one array, so their names are shortened once. */
const shortNames = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** Labels a pack with the part of its name that tells it apart from the names of its siblings. */
export function shortenLabel(name: string, siblings: readonly string[]): Pick<Label, 'label' | 'exactName'> {
  const known = shortNames.get(siblings) ?? shortenNames(siblings);
  shortNames.set(siblings, known);
  const label = known.get(name);
  return label === undefined ? { label: name } : { label, exactName: name };
}
