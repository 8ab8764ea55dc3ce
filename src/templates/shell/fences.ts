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
  'shell-session',
  'terminal',
]);

const powerShells: ReadonlySet<string> = new Set(['powershell', 'pwsh']);

/** Matches a line that starts or ends a fence: its marks, and the language. */
const fenceLine = /^[ \t>]*(`{3,}|~{3,})[ \t]*([\w-]*)[^\n]*\n?/gm;

/** A fenced code block. */
export interface Fence extends Range {
  /** Whether each of its lines has the mark of a block quote. */
  readonly isQuoted: boolean;
  readonly isPowerShell: boolean;
}

/** The contents of a Markdown text's fenced code blocks that may be shell scripts. An open one ends with the text. */
export function* findShellFences(text: string): Iterable<Fence> {
  let open: (Omit<Fence, 'end'> & { readonly marks: string; readonly isShell: boolean }) | undefined;
  for (const { 0: line, 1: marks = '', 2: language = '', index } of text.matchAll(fenceLine)) {
    if (open === undefined) {
      const isQuoted = line.slice(0, line.indexOf(marks)).includes('>');
      const name = language.toLowerCase();
      const isPowerShell = powerShells.has(name);
      const isShell = isPowerShell || shellLanguages.has(name);
      open = { marks, isQuoted, isPowerShell, isShell, start: index + line.length };
    } else if (marks.startsWith(open.marks)) {
      if (open.isShell) yield { ...open, end: index };
      open = undefined;
    }
  }
  if (open?.isShell) yield { ...open, end: text.length };
}
