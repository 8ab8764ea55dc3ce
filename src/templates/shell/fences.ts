import type { Range } from '../model.ts';

/** The languages of fences that contain commands. A fence without a language may as well. */
const shellLanguages: ReadonlySet<string> = new Set([
  '',
  'sh',
  'bash',
  'zsh',
  'shell',
  'console',
  'shellsession',
  'terminal',
]);

/** Matches a line that starts or ends a fence: its marks, and the language. */
const fenceLine = /^[ \t>]*(`{3,}|~{3,})[ \t]*([\w-]*)/;

/** The contents of a Markdown text's fenced code blocks that may be shell scripts. An open one ends with the text. */
export function* findShellFences(text: string): Iterable<Range> {
  let open: { readonly marks: string; readonly isShell: boolean; readonly start: number } | undefined;
  for (const { start, end, line } of findLines(text)) {
    const [, marks = '', language = ''] = fenceLine.exec(line) ?? [];
    if (open === undefined) {
      if (marks !== '') open = { marks, isShell: shellLanguages.has(language.toLowerCase()), start: end };
    } else if (marks.startsWith(open.marks)) {
      if (open.isShell) yield { start: open.start, end: start };
      open = undefined;
    }
  }
  if (open?.isShell) yield { start: open.start, end: text.length };
}

/** Characters of a line that are looked at. */
const maxLineStart = 200;

/** The lines of a text: the offsets of each with its line end, and its first characters. */
function* findLines(text: string): Iterable<Range & { readonly line: string }> {
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd + 1;
    yield { start, end, line: text.slice(start, Math.min(end, start + maxLineStart)) };
    start = end;
  }
}
