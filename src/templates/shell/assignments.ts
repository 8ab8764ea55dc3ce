import type { SyntaxNode, Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { allElements, getText, isText, readWords, type Word, type WordAssignment } from '../syntax/shell.ts';
import { type Block, BlockTracker } from './blocks.ts';

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
  readonly isArray: boolean;
  /** The keys of an associative array's values. Empty for others. */
  readonly keys: readonly LiteralExpression[];
  /** The block that it is always executed in. Undefined if it depends on a condition. */
  readonly block: Block | undefined;
}

/** What a script assigns and calls, by name, in the order of the text. */
export interface ScriptNames {
  readonly assignments: ReadonlyMap<string, readonly Assignment[]>;
  /** The offsets of commands. */
  readonly commands: ReadonlyMap<string, readonly number[]>;
  readonly functions: readonly Block[];
}

/** Reads the assignments and the functions of a script. */
export function* readScriptNames(text: string, tree: Tree): SlicedWork<ScriptNames> {
  const assignments = new Map<string, Assignment[]>();
  const commands = new Map<string, number[]>();
  const blocks = new BlockTracker();
  const cursor = tree.cursor();
  let last: Word | undefined;
  let [nodes, count] = [0, 0];
  while (count < maxCommands && cursor.next()) {
    if (++nodes % nodesPerStep === 0) yield;
    if (cursor.name === 'Group') {
      // `NAME=(a b)` is an array, `name()` starts a function.
      const array = last?.assignment?.value.end === cursor.from ? last.assignment : undefined;
      if (array !== undefined) {
        // `NAME=` alone assigns nothing.
        assignments.get(array.name)?.pop();
        add(assignments, array.name, readArray(array, cursor.node, text, blocks.current));
      }
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
    const block = isConditional || blocks.current.isCase ? undefined : blocks.current;
    for (const [variable, values] of findAssignments(rest, blocks.current.isInLoop)) {
      const [start, end] = [values[0]?.start ?? cursor.from, values.at(-1)?.end ?? cursor.to];
      add(assignments, variable, { start, end, values, isArray: false, keys: [], block });
    }
  }
  return { assignments, commands, functions: blocks.functions };
}

/** Matches the end of the text before a command that is executed only if another one succeeds or fails. */
const conditional = /(?:&&|\|\|)\s*$/;

function add<T>(map: Map<string, T[]>, name: string, use: T): void {
  const uses = map.get(name) ?? [];
  if (uses.length < maxUses) uses.push(use);
  map.set(name, uses);
}

function readArray(array: WordAssignment, group: SyntaxNode, text: string, block: Block | undefined): Assignment {
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
  return { start: group.from, end: group.to, values, isArray: true, keys: isAssociative ? keys : [], block };
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

/** The variables that a command assigns. */
function* findAssignments(
  words: readonly Word[],
  isInLoop: boolean,
): Iterable<readonly [string, readonly Expression[]]> {
  const [first, variable, keyword, ...items] = words;
  if (first === undefined) return;
  const name = getText(variable);
  if (isText(first, 'for') && name !== undefined) {
    yield [name, isText(keyword, 'in') ? items.map(({ value }) => value) : [toUnknown(first)]];
  } else if (isText(first, 'read')) {
    for (const word of words.slice(1)) yield [getText(word) ?? '', [toUnknown(word)]];
  } else if (isText(first, ':')) {
    // `: "${NAME:=default}"`
    for (const { value } of words) {
      const part = value.kind === 'template' ? value.parts.find((each) => typeof each !== 'string') : undefined;
      if (part?.kind === 'binary' && part.left.kind === 'name') yield [part.left.name, [part]];
    }
  }
  const powerShell = isText(variable, '=') && first.value.kind === 'template' ? first.value.parts[0] : undefined;
  // `$Name = "value"`
  if (typeof powerShell === 'object' && powerShell.kind === 'name' && keyword) yield [powerShell.name, [keyword.value]];
  const isDeclaration = declarations.has(getText(first));
  for (const { assignment } of words) {
    if (assignment !== undefined) yield [assignment.name, [toAssigned(assignment, isInLoop)]];
    else if (!isDeclaration) break;
  }
}

const toUnknown = ({ value: { start, end } }: Word): Expression => ({ start, end, kind: 'unknown' });
