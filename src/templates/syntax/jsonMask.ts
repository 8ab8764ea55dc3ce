import type { SlicedWork } from '../../timeSlicing.ts';
import { applyMasks, type Mask } from './masks.ts';

/** Replaces the comments of a JSON text by spaces, which keeps all offsets. */
export const maskComments = (text: string): SlicedWork<string> => applyMasks(text, findComments(text));

/** Finds comments. Only lines with slashes are read, of which most belong to URLs in strings. */
function* findComments(text: string): Iterable<Mask> {
  let read = 0;
  let line = text.indexOf('//');
  let block = text.indexOf('/*');
  while (line >= 0 || block >= 0) {
    const slash = line < 0 || (block >= 0 && block < line) ? block : line;
    const start = Math.max(read, text.lastIndexOf('\n', slash) + 1);
    const lineEnd = text.indexOf('\n', slash);
    read = lineEnd < 0 ? text.length : lineEnd;
    stringOrComment.lastIndex = start;
    for (let match = stringOrComment.exec(text); match !== null; match = stringOrComment.exec(text)) {
      if (match.index >= read) break;
      const end = match.index + match[0].length;
      if (match[0].startsWith('/')) yield { start: match.index, end, mask: ' '.repeat(match[0].length) };
      read = Math.max(read, end);
    }
    if (line >= 0 && line < read) line = text.indexOf('//', read);
    if (block >= 0 && block < read) block = text.indexOf('/*', read);
  }
}

/** A string up to its quote or the end of its line, or a comment. */
const stringOrComment = /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
