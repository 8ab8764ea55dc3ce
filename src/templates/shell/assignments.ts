import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { allElements, getText, getVariable, isText, type Word, type WordAssignment } from '../syntax/shell.ts';
import type { Block } from './blocks.ts';

/** Commands that take assignments as arguments. */
const declarations: ReadonlySet<unknown> = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

export type LiteralExpression = Expression & { kind: 'literal' };

/** An assignment to a variable. */
export interface Assignment extends Range {
  /** One value, those that a loop has in turn, or those of an array. */
  readonly values: readonly Expression[];
  /** `change`: it is unknown whether and how it changes what was assigned before. */
  readonly kind: 'value' | 'loop' | 'array' | 'change';
  /** The keys of an associative array's values. Empty for others. */
  readonly keys: readonly LiteralExpression[];
  readonly around: Block;
  /** Whether it is executed whenever the block around it is. */
  readonly isCertain: boolean;
  /** The only command that the variable is set for: `NAME=value command`. */
  readonly command?: string | undefined;
}

/** What a command assigns, apart from where it does. */
export interface CommandAssignment {
  /** Undefined if it may be any variable. */
  readonly name: string | undefined;
  readonly values: readonly Expression[];
  readonly kind: Assignment['kind'];
  readonly command?: string | undefined;
}

export const toUnknown = (at: number): Expression => ({ start: at, end: at, kind: 'unknown' });

/** What a word names: `NAME`, `NAME=value`, `NAME[key]`, or a variable that is known only when the command is executed. */
function readTarget(text: string, { value }: Word): CommandAssignment | undefined {
  const values = [toUnknown(value.end)];
  const { name, next } = target.exec(text.slice(value.start, value.end))?.groups ?? {};
  if (next === '$') return { name: undefined, values, kind: 'change' };
  return name ? { name, values, kind: next === '[' ? 'change' : 'value' } : undefined;
}

/** Matches the name at the start of a word and what follows it. */
const target = /^["']?(?<name>\w*)(?<next>\[|\+?=|\$|["']?$)/;

/** Whether a word names a variable without a value. */
const isPlainName = (word: Word): boolean => /^\w+$/.test(getText(word) ?? '');

/** Commands that set variables to something unknown, and which of their words name them. */
const setters: ReadonlyMap<string | undefined, (words: readonly Word[]) => readonly Word[]> = new Map([
  // Its prompt may be any text.
  ['read', (words) => words.slice(1).filter(({ value }) => value.kind === 'literal')],
  ['unset', (words) => words.slice(1)],
  ['let', (words) => words.slice(1)],
  ['mapfile', findOperand],
  ['readarray', findOperand],
  ['printf', (words) => (isText(words[1], '-v') ? words.slice(2, 3) : [])],
] satisfies [string, (words: readonly Word[]) => readonly Word[]][]);

/** The first word after the options. */
function findOperand(words: readonly Word[]): readonly Word[] {
  const operand = words.slice(1).find((word) => !getText(word)?.startsWith('-'));
  return operand ? [operand] : [];
}

/** The variables that a declaration names and how it changes what is assigned to them. Undefined for other commands. */
export interface Declaration {
  readonly names: readonly string[];
  /** `-i`, `-l` and `-u` change values, `-n` means another variable. */
  readonly attribute: 'changed' | 'reference' | undefined;
  /** Whether the variables belong to the function around. */
  readonly isLocal: boolean;
}

export function readDeclaration(words: readonly Word[]): Declaration | undefined {
  const command = getText(words[0]);
  if (!declarations.has(command)) return undefined;
  const hasOption = (option: RegExp) => words.some((word) => option.test(getText(word) ?? ''));
  const isReference = command !== 'export' && hasOption(/^-[A-Za-z]*n/);
  const names = words
    .slice(1)
    .flatMap((word) => word.assignment?.name ?? (isPlainName(word) ? (getText(word) ?? []) : []));
  return {
    names,
    attribute: isReference ? 'reference' : hasOption(/^-[A-Za-z]*[ilu]/) ? 'changed' : undefined,
    isLocal: command === 'local' || (command !== 'export' && command !== 'readonly' && !hasOption(/^-[A-Za-z]*g/)),
  };
}

/** The variables that a command assigns. */
export function* findAssignments(text: string, words: readonly Word[], isInLoop: boolean): Iterable<CommandAssignment> {
  const [first, variable, keyword, ...items] = words;
  if (first === undefined) return;
  const command = getText(first);
  const name = getText(variable);
  if ((command === 'for' || command === 'select') && name !== undefined) {
    const values = isText(keyword, 'in') ? items.map(({ value }) => value) : [toUnknown(first.value.start)];
    yield { name, values, kind: 'loop' };
  } else if (command === ':') {
    // `: "${NAME:=default}"`
    for (const { value } of words) {
      const part = value.kind === 'template' ? value.parts.find((each) => typeof each !== 'string') : undefined;
      const parameter = part && getVariable(part);
      if (parameter?.kind === 'binary' && parameter.left.kind === 'name')
        yield { name: parameter.left.name, values: [parameter], kind: 'value' };
    }
  } else if (command === 'eval') yield { name: undefined, values: [toUnknown(first.value.end)], kind: 'change' };
  for (const word of setters.get(command)?.(words) ?? []) {
    const assigned = readTarget(text, word);
    if (assigned) yield assigned;
  }
  const part = isText(variable, '=') && first.value.kind === 'template' ? first.value.parts[0] : undefined;
  const powerShell = typeof part === 'object' ? getVariable(part) : undefined;
  // `$Name = "value"`
  if (powerShell?.kind === 'name' && keyword) yield { name: powerShell.name, values: [keyword.value], kind: 'value' };
  const declaration = readDeclaration(words);
  if (declaration) yield* findDeclared(text, words, declaration, isInLoop);
  else yield* findSet(words, isInLoop);
}

/** `export NAME=value`. Functions are no variables, and `-p` prints. */
function* findDeclared(
  text: string,
  words: readonly Word[],
  { attribute }: Declaration,
  isInLoop: boolean,
): Iterable<CommandAssignment> {
  if (words.some((word) => /^-[A-Za-z]*[fFp]/.test(getText(word) ?? ''))) return;
  for (const word of words.slice(1)) {
    const { assignment } = word;
    if (assignment && !assignment.name.startsWith('-')) {
      const assigned = toAssigned(assignment, isInLoop);
      yield attribute ? { ...assigned, values: [toUnknown(assignment.value.end)] } : assigned;
    } else if (!assignment && !isPlainName(word)) {
      const assigned = readTarget(text, word);
      if (assigned) yield assigned;
    }
  }
}

/** `NAME=value`, also before a command that alone gets it. */
function* findSet(words: readonly Word[], isInLoop: boolean): Iterable<CommandAssignment> {
  const end = words.findIndex((word) => !word.assignment);
  const command = end < 0 ? undefined : (getText(words[end]) ?? '');
  for (const { assignment } of end < 0 ? words : words.slice(0, end)) {
    if (assignment && !assignment.name.startsWith('-')) yield { ...toAssigned(assignment, isInLoop), command };
  }
}

/** The value of `NAME=value` or `NAME+=value`. In a loop, it is unknown how often the value is appended. */
function toAssigned({ name, value, isAppended, isElement }: WordAssignment, isInLoop: boolean): CommandAssignment {
  const range = { start: value.start - 1, end: value.start - 1 };
  const previous: Expression = isInLoop ? { ...range, kind: 'unknown' } : { ...range, kind: 'name', name };
  const { start, end } = value;
  const appended: Expression = { start, end, kind: 'template', parts: [previous, value], inner: { start, end } };
  return { name, values: [isAppended ? appended : value], kind: isElement ? 'change' : 'value' };
}

/** The elements of an array before some are appended. */
export function toPrevious({ name, value }: WordAssignment): Expression {
  const range = { start: value.start - 1, end: value.start - 1 };
  const array: Expression = { ...range, kind: 'name', name };
  const key: Expression = { ...range, kind: 'literal', value: allElements };
  return { ...range, kind: 'template', parts: [{ ...range, kind: 'member', of: array, key }], inner: range };
}
