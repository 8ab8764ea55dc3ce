import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { getText, readWords, type Word, type WordAssignment } from '../syntax/shell.ts';
import {
  type Assignment,
  type CommandAssignment,
  findAssignments,
  type LiteralExpression,
  readDeclaration,
  toPrevious,
  toUnknown,
} from './assignments.ts';
import { type Block, BlockTracker } from './blocks.ts';
import { findHereDocuments } from './hereDocuments.ts';
import { PathWords } from './pathWords.ts';
import { readSourcedFiles, type SourcedFiles } from './sourcedScripts.ts';

/** Commands that are searched for assignments. Longer scripts are data. */
const maxCommands = 20_000;

/** Nodes of the tree to visit between two yields. */
const nodesPerStep = 500;

/** Commands that execute other scripts. What more of them do is unknown. */
const maxSources = 100;

/** Assignments of one name, and calls of one function. */
const maxUses = 500;

/** Where a command is executed. */
export type CommandPoint = Pick<Assignment, 'start' | 'end' | 'around' | 'isCertain'>;

/** What a script assigns and calls, by name, in the order of the text. */
export interface ScriptNames {
  readonly assignments: ReadonlyMap<string, readonly Assignment[]>;
  /** What may assign any variable, such as `eval`. */
  readonly changes: readonly Assignment[];
  readonly commands: ReadonlyMap<string, readonly CommandPoint[]>;
  readonly functions: readonly Block[];
  /** The commands that execute known scripts in the same shell. */
  readonly sources: readonly (CommandPoint & SourcedFiles)[];
}

/** Reads the assignments and the functions of the script in a range of a text. */
export function* readScriptNames(text: string, tree: Tree, range: Range): SlicedWork<ScriptNames> {
  const reader = new NameReader(text, range);
  const documents = findHereDocuments(text, range);
  const cursor = tree.cursor();
  let document = documents.next();
  let nodes = 0;
  while (reader.hasRoom && cursor.next()) {
    if (++nodes % nodesPerStep === 0) yield;
    while (!document.done && document.value.end <= cursor.from) document = documents.next();
    // The text of a here-document is no part of the script.
    if (document.done || document.value.start > cursor.from) reader.readNode(cursor);
  }
  return reader.names;
}

class NameReader {
  readonly #text: string;
  readonly #start: number;
  readonly #paths: PathWords;
  readonly #blocks = new BlockTracker();
  readonly #assignments = new Map<string, Assignment[]>();
  readonly #changes: Assignment[] = [];
  readonly #commands = new Map<string, CommandPoint[]>();
  readonly #sources: (CommandPoint & SourcedFiles)[] = [];
  /** Variables of which the values are not those that are assigned. */
  readonly #attributes = new Map<string, 'changed' | 'reference'>();
  /** The last word of the last command. */
  #last: Word | undefined;
  #count = 0;
  #sourceCount = 0;

  constructor(text: string, { start, end }: Range) {
    this.#text = text;
    this.#start = start;
    this.#paths = new PathWords(text.slice(start, end));
  }

  get names(): ScriptNames {
    return {
      assignments: this.#assignments,
      changes: this.#changes,
      commands: this.#commands,
      functions: this.#blocks.functions,
      sources: this.#sources,
    };
  }

  get hasRoom(): boolean {
    return this.#count < maxCommands;
  }

  readNode(node: SyntaxNodeRef): void {
    this.#blocks.leaveSubshells(node.from);
    if (node.name === 'Group' || node.name === 'Substitution') this.#readBrackets(node);
    if (node.name === 'Command') this.#readCommand(node);
  }

  #readBrackets(node: SyntaxNodeRef): void {
    const { from, to } = node;
    const written = this.#text.slice(from, Math.min(to, from + maxArithmeticLength));
    // `NAME=(a b)` is an array, `name()` starts a function, `((name++))` computes.
    const array = this.#last?.assignment?.value.end === from ? this.#last.assignment : undefined;
    if (array !== undefined) {
      // `NAME=` alone assigns nothing.
      this.#assignments.get(array.name)?.pop();
      this.#assign(array.name, readArray(array, node.node, this.#text, this.#blocks.current));
    } else if (written.startsWith('((')) {
      const point = { start: from, end: from, around: this.#blocks.current, isCertain: false };
      for (const [, name = ''] of written.matchAll(arithmeticAssignment))
        this.#assign(name, { ...point, values: [toUnknown(from)], kind: 'value', keys: [] });
    } else if (to - from > 2) this.#blocks.enterSubshell(node);
    // The name of a function is no call.
    else if (this.#last) this.#commands.get(getText(this.#last) ?? '')?.pop();
    this.#blocks.expectFunction(this.#last, node);
  }

  #readCommand(node: SyntaxNodeRef): void {
    this.#count++;
    const words = readWords(node.node, this.#text);
    this.#last = words.at(-1);
    const rest = this.#blocks.enterCommand(words, node);
    const { current } = this.#blocks;
    const around = this.#isDetached(node.to) ? this.#blocks.createSubshell(node) : current;
    const isConditional = conditional.test(this.#text.slice(Math.max(0, node.from - 10), node.from));
    const isCertain = !isConditional && !current.isCase;
    const command = rest.find((word) => !word.assignment);
    const name = getText(command);
    if (command !== undefined && name !== undefined) {
      const { start, end } = command.value;
      const point = { start, end: start, around, isCertain };
      add(this.#commands, name, point);
      if (name === 'source' || name === '.') this.#readSource(point, end);
    }
    for (const assigned of findAssignments(this.#text, rest, current.loop !== undefined))
      this.#assign(assigned.name, toAssignment(assigned, around, isCertain));
    this.#declare(rest, current);
  }

  /** Whether the command that ends at an offset is executed in another shell: `command | …` or `command &`. */
  #isDetached(end: number): boolean {
    detached.lastIndex = end;
    return detached.test(this.#text);
  }

  #readSource(point: CommandPoint, end: number): void {
    const isRead = this.#sourceCount++ < maxSources;
    const files = isRead ? readSourcedFiles(this.#paths, end - this.#start) : undefined;
    if (files === undefined || files.isUnknown)
      this.#change({ ...point, values: [toUnknown(end)], kind: 'change', keys: [] });
    else this.#sources.push({ ...point, ...files });
  }

  #declare(words: readonly Word[], around: Block): void {
    const declaration = readDeclaration(words);
    for (const name of declaration?.names ?? []) {
      if (declaration?.attribute) this.#attributes.set(name, declaration.attribute);
      if (declaration?.isLocal) around.function?.locals.add(name);
    }
  }

  #assign(name: string | undefined, assignment: Assignment): void {
    const attribute = name === undefined ? undefined : this.#attributes.get(name);
    // A reference assigns another variable.
    if (name === undefined || attribute === 'reference') this.#change(assignment);
    else if (attribute === undefined) add(this.#assignments, name, assignment);
    else add(this.#assignments, name, { ...assignment, values: [toUnknown(assignment.end)], kind: 'value', keys: [] });
  }

  #change({ start, end, around }: Assignment): void {
    if (this.#changes.length < maxUses)
      this.#changes.push({ start, end, around, values: [toUnknown(end)], kind: 'change', keys: [], isCertain: false });
  }
}

const maxArithmeticLength = 200;

/** Matches the names that `((i = 1; i++))` assigns to. */
const arithmeticAssignment = /([A-Za-z_]\w*)\s*(?:\+\+|--|[-+*/%]?=(?!=))/g;

/** Matches the end of the text before a command that is executed only if another one succeeds or fails. */
const conditional = /(?:&&|\|\|)\s*$/;

/** Matches the rest of a redirection, such as `2>&1` or `&> file`, and then the mark of a pipe or of the background. */
const detached = /[ \t]*(?:(?:(?<=[<>])&[\d-]+|&>>?[ \t]*[^\s;&|]+)[ \t]*){0,5}(?:\|(?!\|)|(?<![<>])&(?![&>]))/y;

const toAssignment = ({ values, kind, command }: CommandAssignment, around: Block, isCertain: boolean): Assignment => ({
  start: values[0]?.start ?? around.start,
  end: values.at(-1)?.end ?? around.start,
  values,
  kind,
  keys: [],
  around,
  isCertain: isCertain && kind !== 'change' && command === undefined,
  command,
});

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
