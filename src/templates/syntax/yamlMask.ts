import type { SlicedWork } from '../../timeSlicing.ts';
import { applyMasks, type Mask } from './masks.ts';
import { isBlank, isBreak } from './yamlCharacters.ts';

/** A tag of a template engine or a pipeline. */
interface Tag {
  readonly open: string;
  readonly close: string;
  /** Matches, after the opening, a tag that has no value and may take whole lines. */
  readonly statement?: RegExp;
}

const tags: readonly Tag[] = [
  { open: '{%', close: '%}', statement: /^/ },
  { open: '{#', close: '#}', statement: /^/ },
  { open: '<%', close: '%>', statement: /^(?!=)/ },
  { open: '{{', close: '}}', statement: /^[-~]?\s*(?:[#/^!>]|(?:if|else|end|range|with|define|template|include)\b)/ },
  { open: '#{', close: '}' },
];

/** Characters of a tag. */
const maxTagLength = 10_000;

/**
 * Hides tags of template engines and pipelines, which are not YAML, and keeps all offsets. A statement or a comment that
 * takes whole lines becomes spaces. Any other tag is part of a value and becomes a word.
 */
export const maskTags = (text: string): SlicedWork<string> => applyMasks(text, findTags(text));

function* findTags(text: string): Iterable<Mask> {
  const finder = new TagFinder(text);
  for (let tag = finder.next(0); tag !== undefined; tag = finder.next(tag.end)) yield tag;
}

class TagFinder {
  readonly #text: string;
  /** The next offset of each search. */
  readonly #found = new Map<string, number>();
  /** The end of the last statement that became spaces. */
  #statementEnd = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next tag at or after an offset. */
  next(from: number): Mask | undefined {
    for (let at = from; ; ) {
      const [start, tag] = this.#findOpening(at);
      if (tag === undefined) return undefined;
      const found = this.#readTag(start, tag);
      if (found !== undefined) return found;
      at = start + 1;
    }
  }

  #findOpening(from: number): [number, Tag | undefined] {
    let first: [number, Tag | undefined] = [Number.POSITIVE_INFINITY, undefined];
    for (const tag of tags) {
      const start = this.#find(tag.open, from);
      if (start < first[0]) first = [start, tag];
    }
    return first;
  }

  #readTag(start: number, { open, close, statement }: Tag): Mask | undefined {
    const text = this.#text;
    let end = this.#find(close, start + open.length) + close.length;
    if (end - start > maxTagLength) {
      // No tag of this kind that starts before is short enough.
      this.#search(open, end - maxTagLength);
      return undefined;
    }
    if (text.startsWith(open === '#{' ? '#' : '}', end) && (open === '#{' || text.startsWith('{{{', start))) end++;
    const isStatement = statement?.test(text.slice(start + open.length, end)) ?? false;
    if (isStatement && this.#isAlone(start, end)) {
      this.#statementEnd = end;
      return { start, end, mask: text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') };
    }
    if (this.#find('\n', start) < end || (open === '#{' && this.#isComment(start))) return undefined;
    return { start, end, mask: text.slice(start, end).replaceAll(/\W/g, '_') };
  }

  /** Whether only space and other statements are before and after a tag on its lines. */
  #isAlone(start: number, end: number): boolean {
    const text = this.#text;
    let from = start;
    while (from > this.#statementEnd && isBlank(text.charCodeAt(from - 1))) from--;
    let to = end;
    while (to < text.length && isBlank(text.charCodeAt(to))) to++;
    return (
      (from === this.#statementEnd || isBreak(text.charCodeAt(from - 1))) &&
      (to === text.length || isBreak(text.charCodeAt(to)) || tags.some(({ open }) => text.startsWith(open, to)))
    );
  }

  /** Whether `#` at an offset starts a comment rather than the value of a key or an item. */
  #isComment(start: number): boolean {
    const text = this.#text;
    let before = start;
    while (before > 0 && isBlank(text.charCodeAt(before - 1))) before--;
    return (
      before === 0 ||
      (before < start && !':-[{,'.includes(text.charAt(before - 1))) ||
      isBreak(text.charCodeAt(before - 1))
    );
  }

  /** The next offset of a text at or after `from`. Infinite if there is none. */
  #find(searched: string, from: number): number {
    const found = this.#found.get(searched) ?? -1;
    return found >= from ? found : this.#search(searched, from);
  }

  #search(searched: string, from: number): number {
    const index = this.#text.indexOf(searched, from);
    const next = index < 0 ? Number.POSITIVE_INFINITY : index;
    this.#found.set(searched, next);
    return next;
  }
}
