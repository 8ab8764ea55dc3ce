import type { SyntaxNode, Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import {
  allElements,
  getText,
  getVariable,
  isText,
  readWords,
  type Word,
  type WordAssignment,
} from '../syntax/shell.ts';
import { type Block, BlockTracker } from './blocks.ts';
import { findHereDocuments } from './hereDocuments.ts';

/** Commands that are searched for assignments. Longer scripts are data. */
const maxCommands = 20_000;

/** Nodes of the tree to visit between two yields. */
const nodesPerStep = 500;

/** Assignments of one name, and calls of one function. */
const maxUses = 500;

/** Commands that take assignments as arguments. */
const declarations: ReadonlySet<unknown> = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

type LiteralExpression = Expression & { kind: 'literal' };

/** An assignment to a variable. */
export interface Assignment extends Range {
  /** One value, those that a loop has in turn, or those of an array. */
  readonly values: readonly Expression[];
  readonly kind: 'value' | 'loop' | 'array';
  /** The keys of an associative array's values. Empty for others. */
  readonly keys: readonly LiteralExpression[];
  readonly around: Block;
  /** Whether it is executed whenever the block around it is. */
  readonly isCertain: boolean;
}

/** What a script assigns and calls, by name, in the order of the text. */
export interface ScriptNames {
  readonly assignments: ReadonlyMap<string, readonly Assignment[]>;
  /** The offsets of commands. */
  readonly commands: ReadonlyMap<string, readonly number[]>;
  readonly functions: readonly Block[];
  /** The commands that execute another script in the same shell. */
  readonly sources: readonly SourcePoint[];
}

/** Where a script executes another one. */
export type SourcePoint = Pick<Assignment, 'start' | 'end' | 'around' | 'isCertain'>;

/** Reads the assignments and the functions of the script in a range of a text. */
export function* readScriptNames(text: string, tree: Tree, range: Range): SlicedWork<ScriptNames> {
  const assignments = new Map<string, Assignment[]>();
  const commands = new Map<string, number[]>();
  const sources: SourcePoint[] = [];
  const blocks = new BlockTracker();
  const documents = findHereDocuments(text, range);
  const cursor = tree.cursor();
  let document = documents.next();
  let last: Word | undefined;
  let [nodes, count] = [0, 0];
  while (count < maxCommands && cursor.next()) {
    if (++nodes % nodesPerStep === 0) yield;
    while (!document.done && document.value.end <= cursor.from) document = documents.next();
    // The text of a here-document is no part of the script.
    if (!document.done && document.value.start <= cursor.from) continue;
    blocks.leaveSubshells(cursor.from);
    if (cursor.name === 'Group' || cursor.name === 'Substitution') {
      const written = text.slice(cursor.from, Math.min(cursor.to, cursor.from + maxArithmeticLength));
      // `NAME=(a b)` is an array, `name()` starts a function, `((name++))` computes.
      const array = last?.assignment?.value.end === cursor.from ? last.assignment : undefined;
      if (array !== undefined) {
        // `NAME=` alone assigns nothing.
        assignments.get(array.name)?.pop();
        add(assignments, array.name, readArray(array, cursor.node, text, blocks.current));
      } else if (written.startsWith('((')) {
        for (const [, name = ''] of written.matchAll(arithmeticAssignment))
          add(assignments, name, createAssignment([toUnknown(cursor.from)], blocks.current, false));
      } else if (cursor.to - cursor.from > 2) blocks.enterSubshell(cursor);
      // The name of a function is no call.
      else if (last) commands.get(getText(last) ?? '')?.pop();
      blocks.expectFunction(last, cursor);
    }
    if (cursor.name !== 'Command') continue;
    count++;
    const words = readWords(cursor.node, text);
    last = words.at(-1);
    const rest = blocks.enterCommand(words, cursor);
    const name = getText(rest[0]);
    if (name !== undefined) add(commands, name, cursor.from);
    const isConditional = conditional.test(text.slice(Math.max(0, cursor.from - 10), cursor.from));
    const isCertain = !isConditional && !blocks.current.isCase;
    const start = rest[0]?.value.start ?? cursor.from;
    if (name === 'source' || name === '.') sources.push({ start, end: start, around: blocks.current, isCertain });
    for (const [variable, values] of findAssignments(rest, blocks.current.loop !== undefined)) {
      const kind = name === 'for' || name === 'select' ? 'loop' : 'value';
      add(assignments, variable, { ...createAssignment(values, blocks.current, isCertain), kind });
    }
  }
  return { assignments, commands, functions: blocks.functions, sources };
}

const maxArithmeticLength = 200;

/** Matches the names that `((i = 1; i++))` assigns to. */
const arithmeticAssignment = /([A-Za-z_]\w*)\s*(?:\+\+|--|[-+*/%]?=(?!=))/g;

const createAssignment = (values: readonly Expression[], around: Block, isCertain: boolean): Assignment => ({
  start: values[0]?.start ?? around.start,
  end: values.at(-1)?.end ?? around.start,
  values,
  kind: 'value',
  keys: [],
  around,
  isCertain,
});

/** Matches the end of the text before a command that is executed only if another one succeeds or fails. */
const conditional = /(?:&&|\|\|)\s*$/;

function add<T>(map: Map<string, T[]>, name: string, use: T): void {
  const uses = map.get(name) ?? [];
  if (uses.length < maxUses) uses.push(use);
  map.set(name, uses);
}

function readArray(array: WordAssignment, group: SyntaxNode, text: string, around: Block): Assignment {
  const values: Expression[] = array.isAppended ? [toPrevious(array)] : [];
  const keys: LiteralExpression[] = [];
  for (let child = group.firstChild; child !== null && values.length < maxUses; child = child.nextSibling) {
    if (child.name !== 'Command') continue;
    for (const { value } of readWords(child, text)) {
      const { start, end } = value;
      const [, key, written] = entry.exec(text.slice(start, end)) ?? [];
      if (key === undefined || written === undefined) values.push(value);
      else {
        keys.push({ start, end, kind: 'literal', value: key });
        values.push({ start, end, kind: 'literal', value: written });
      }
    }
  }
  const isAssociative = keys.length === values.length;
  const { from: start, to: end } = group;
  return { start, end, values, kind: 'array', keys: isAssociative ? keys : [], around, isCertain: true };
}

/** Matches `[key]=value` in an array, where both are plain texts. */
const entry = /^\[["']?([^\]"'$`]*)["']?\]=["']?([^"'$`]*)["']?$/;

/** The elements of an array before some are appended. */
function toPrevious({ name, value }: WordAssignment): Expression {
  const range = { start: value.start - 1, end: value.start - 1 };
  const array: Expression = { ...range, kind: 'name', name };
  const key: Expression = { ...range, kind: 'literal', value: allElements };
  return { ...range, kind: 'template', parts: [{ ...range, kind: 'member', of: array, key }], inner: range };
}

/** The value of `NAME=value` or `NAME+=value`. In a loop, it is unknown how often the value is appended. */
function toAssigned({ name, value, isAppended }: WordAssignment, isInLoop: boolean): Expression {
  if (!isAppended) return value;
  const range = { start: value.start - 1, end: value.start - 1 };
  const previous: Expression = isInLoop ? { ...range, kind: 'unknown' } : { ...range, kind: 'name', name };
  const { start, end } = value;
  return { start, end, kind: 'template', parts: [previous, value], inner: { start, end } };
}

/** Commands that set variables to something unknown, and which of their words name them. */
const setters: ReadonlyMap<string | undefined, (words: readonly Word[]) => readonly Word[]> = new Map([
  ['read', (words) => words.slice(1)],
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

/** The variables that a command assigns. */
function* findAssignments(
  words: readonly Word[],
  isInLoop: boolean,
): Iterable<readonly [string, readonly Expression[]]> {
  const [first, variable, keyword, ...items] = words;
  if (first === undefined) return;
  const command = getText(first);
  const name = getText(variable);
  if (command === 'for' && name !== undefined) {
    yield [name, isText(keyword, 'in') ? items.map(({ value }) => value) : [toUnknown(first.value.start)]];
  } else if (command === ':') {
    // `: "${NAME:=default}"`
    for (const { value } of words) {
      const part = value.kind === 'template' ? value.parts.find((each) => typeof each !== 'string') : undefined;
      const parameter = part && getVariable(part);
      if (parameter?.kind === 'binary' && parameter.left.kind === 'name') yield [parameter.left.name, [parameter]];
    }
  }
  for (const { value, assignment } of setters.get(command)?.(words) ?? [])
    yield [assignment?.name ?? (value.kind === 'literal' ? String(value.value) : ''), [toUnknown(value.end)]];
  const part = isText(variable, '=') && first.value.kind === 'template' ? first.value.parts[0] : undefined;
  const powerShell = typeof part === 'object' ? getVariable(part) : undefined;
  // `$Name = "value"`
  if (powerShell?.kind === 'name' && keyword) yield [powerShell.name, [keyword.value]];
  const isDeclaration = declarations.has(command);
  // `NAME=value command` sets the variable for the command only.
  if (!isDeclaration && !words.every(({ assignment }) => assignment)) return;
  // Attributes such as `-i` or `-u` change what is assigned.
  const isChanged = isDeclaration && words.some((word) => /^-[A-Za-z]*[ilu]/.test(getText(word) ?? ''));
  for (const { assignment } of words) {
    if (assignment && !assignment.name.startsWith('-'))
      yield [assignment.name, [isChanged ? toUnknown(assignment.value.end) : toAssigned(assignment, isInLoop)]];
  }
}

const toUnknown = (at: number): Expression => ({ start: at, end: at, kind: 'unknown' });
