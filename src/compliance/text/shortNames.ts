/** How many names must share a prefix before it is left out. */
const minNames = 3;
/** The shortest prefix that is left out, in characters. */
const minLength = 12;

/** The names that begin with the same words. */
interface Prefix {
  count: number;
  /** In characters, with the hyphens that end it. */
  readonly length: number;
  /** The prefixes that are one word longer. */
  readonly longer: Map<string, Prefix>;
}

/**
 * Shortens each name to `…` and the part that tells it apart from the others: without a prefix of whole words that at
 * least three names share, where it has 12 characters or more. Of several such prefixes, the one that shortens all names
 * most. Contains only names that become shorter, each with a text of its own.
 */
export function shortenNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const distinct = new Set(names);
  const root: Prefix = { count: distinct.size, length: 0, longer: new Map() };
  if (root.count < minNames) return new Map();
  for (const name of distinct) countPrefixes(root, name);
  const shortened = [...distinct].flatMap((name) => {
    const length = findPrefixLength(root, name);
    return length === undefined ? [] : ([[name, `…${name.slice(length)}`]] as const);
  });
  const counts = new Map<string, number>();
  for (const [, text] of shortened) counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Map(shortened.filter(([, text]) => counts.get(text) === 1 && !distinct.has(text)));
}

function countPrefixes(root: Prefix, name: string): void {
  let prefix = root;
  for (const word of getPrefixWords(name)) {
    const longer = prefix.longer.get(word) ?? {
      count: 0,
      length: prefix.length + word.length,
      longer: new Map(),
    };
    longer.count += 1;
    prefix.longer.set(word, longer);
    prefix = longer;
  }
}

/** The length of the prefix to leave out; undefined if none is shared by enough names or long enough. */
function findPrefixLength(root: Prefix, name: string): number | undefined {
  let best: Prefix | undefined;
  let prefix: Prefix | undefined = root;
  for (const word of getPrefixWords(name)) {
    prefix = prefix.longer.get(word);
    if (!prefix || prefix.count < minNames) break;
    const isBetter = !best || prefix.count * prefix.length > best.count * best.length;
    if (prefix.length >= minLength && isBetter) best = prefix;
  }
  return best?.length;
}

/** The words that can be left out, each with the hyphens after it: all but the last. */
const getPrefixWords = (name: string): readonly string[] => name.split(/(?<=-)(?=[^-])/).slice(0, -1);

/** Shortens the name of a sample template of AWS where it has no siblings. Their names share this prefix. */
export const dropSamplePrefix = (name: string): string => name.replace(/^operational-best-practices-for-(?=.)/i, '…');
