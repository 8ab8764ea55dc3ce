import type { Range } from '../model.ts';

/** Matches what starts a here-document in the next line: `<<EOF`, `<<-'EOF'`. A here-string has three marks. */
const opening = /(?<!<)<<(?!<)(-?)[ \t]*(["']?)([A-Za-z_]\w*)\2/g;

/** The search ends after this many here-documents without an end. */
const maxUnclosed = 20;

/** The here-documents in a range of a text, one after the other. */
export function* findHereDocuments(text: string, range: Range): Generator<Range, undefined> {
  const script = text.slice(range.start, range.end);
  let unclosed = 0;
  let end = 0;
  let lineEnd = 0;
  for (const match of script.matchAll(opening)) {
    const isSameLine = match.index < lineEnd;
    if (match.index < end && !isSameLine) continue;
    if (!isSameLine) lineEnd = script.indexOf('\n', match.index);
    if (lineEnd < 0) return undefined;
    // Those of one line follow each other.
    const before = Math.max(lineEnd, end);
    const bodyEnd = findEnd(script, before, match[3] ?? '');
    if (bodyEnd < 0 && ++unclosed > maxUnclosed) return undefined;
    if (bodyEnd < 0) continue;
    end = bodyEnd;
    yield { start: range.start + before + 1, end: range.start + end };
  }
  return undefined;
}

/** The end of the line that consists of a word, perhaps after tabs. Negative if there is none. */
function findEnd(text: string, from: number, word: string): number {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + word.length)) {
    let before = at - 1;
    while (text[before] === '\t') before--;
    const next = text[at + word.length];
    if (text[before] === '\n' && (next === undefined || next === '\n' || next === '\r')) return at + word.length;
  }
  return -1;
}
