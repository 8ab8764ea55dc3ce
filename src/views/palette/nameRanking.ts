import { splitPackName } from '../../compliance/packName.ts';

/**
 * How well something matches typed text: 0 for the exact name, then the beginning of the name, the beginning of a word in
 * it, and any other match. Undefined if it does not match.
 */
export type NameRanker = (name: string, getDetails: () => string) => number | undefined;

const otherMatch = 3;

/**
 * Creates a ranking for typed text. Each of its words must occur in the name or in the details, ignoring case; the word
 * that matches the name best decides.
 */
export function createNameRanker(text: string): NameRanker {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  /** Ranks of the words by name: many rows share a name. */
  const ranksByName = new Map<string, readonly (number | undefined)[]>();
  return (name, getDetails) => {
    const ranks = ranksByName.get(name) ?? words.map((word) => rankName(name, word));
    ranksByName.set(name, ranks);
    const details = ranks.includes(undefined) ? getDetails().toLowerCase() : '';
    const isMatch = words.every((word, index) => ranks[index] !== undefined || details.includes(word));
    return isMatch
      ? Math.min(words.length > 0 ? otherMatch : 0, ...ranks.map((rank) => rank ?? otherMatch))
      : undefined;
  };
}

/** The items of a picker that match typed text, best matches first. Equal matches keep their order. */
export function rankByText<
  Item extends { readonly label: string; readonly description?: string; readonly detail?: string },
>(items: readonly Item[], text: string): readonly Item[] {
  const rank = createNameRanker(text);
  const ranked = items.flatMap((item) => {
    const order = rank(item.label, () => [item.description, item.detail].join(' '));
    return order === undefined ? [] : { item, order };
  });
  return ranked.sort((a, b) => a.order - b.order).map(({ item }) => item);
}

/** An organization's pack also matches by its base name. */
function rankName(name: string, word: string): number | undefined {
  const deployedName = name.toLowerCase();
  const { baseName } = splitPackName(name);
  const names = [deployedName, baseName.toLowerCase()];
  if (names.includes(word)) return 0;
  if (names.some((each) => each.startsWith(word))) return 1;
  if (!deployedName.includes(word)) return undefined;
  return deployedName.includes(`-${word}`) ? 2 : otherMatch;
}
