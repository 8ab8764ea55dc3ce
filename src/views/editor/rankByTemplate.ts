/** What a deployed pack is told by. */
interface Named {
  readonly pack: { readonly name: string };
}

/**
 * Packs in the order in which they are likely to come from a template: those with as many rules, those that are
 * called like its file, then all others as they stand.
 */
export function rankByTemplate<T extends Named>(
  packs: readonly T[],
  path: string,
  hasAsManyRules: (deployed: T) => boolean,
): readonly T[] {
  const words = wordsIn(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''));
  const likeness = (deployed: T): number => {
    const theirs = wordsIn(deployed.pack.name);
    const shared = [...words].filter((word) => theirs.has(word));
    return (words.size > 0 ? shared.length / words.size : 0) + (hasAsManyRules(deployed) ? 1 : 0);
  };
  return packs
    .map((deployed) => ({ deployed, likeness: likeness(deployed) }))
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ deployed }) => deployed);
}

/** The words of a name: `S3Baseline`, `s3-baseline` and `s3_baseline` have the same. */
const wordsIn = (name: string): Set<string> =>
  new Set(
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g),
  );
