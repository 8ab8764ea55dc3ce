interface NamedPack {
  readonly pack: { readonly name: string };
}

/**
 * Sorts packs by how likely they were deployed from the template at `path`: an equal number of rules counts as much
 * as a name that has every word of the file name. The sort is stable.
 */
export function rankByTemplate<T extends NamedPack>(
  packs: readonly T[],
  path: string,
  hasSameRuleCount: (pack: T) => boolean,
): readonly T[] {
  const fileWords = splitWords(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''));
  const getSimilarity = (pack: T): number => {
    const packWords = splitWords(pack.pack.name);
    const sharedWords = [...fileWords].filter((word) => packWords.has(word));
    return (fileWords.size > 0 ? sharedWords.length / fileWords.size : 0) + (hasSameRuleCount(pack) ? 1 : 0);
  };
  return packs
    .map((pack) => ({ pack, similarity: getSimilarity(pack) }))
    .sort((a, b) => b.similarity - a.similarity)
    .map(({ pack }) => pack);
}

/** `S3Baseline`, `s3-baseline` and `s3_baseline` have the same words. */
const splitWords = (name: string): Set<string> =>
  new Set(
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g),
  );
