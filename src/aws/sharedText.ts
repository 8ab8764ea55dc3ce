/** Texts that many rows have in common: names, accounts, regions and states. */
const texts = new Map<string, string>();

/** An organization has at most some ten thousand accounts and far fewer packs. */
const maxTexts = 20_000;

/** An equal text that is kept once, however many rows contain it. */
export function shareText(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size === maxTexts) texts.clear();
  texts.set(text, text);
  return text;
}
