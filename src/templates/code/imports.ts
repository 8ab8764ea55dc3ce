import type { SyntaxNode, Tree } from '@lezer/common';

/** A name that a program takes from another file. */
export interface Import {
  /** The file as the program writes it: `./names`, `.names`. */
  readonly source: string;
  /** The name in the other file. Undefined for the whole file. */
  readonly name: string | undefined;
}

/** What a program takes from other files and passes on to others. */
export interface Imports {
  /** By the names that this program gives them. */
  readonly names: ReadonlyMap<string, readonly Import[]>;
  /** The files that all names are taken from: `from .names import *`, `export * from './names'`. */
  readonly sources: readonly string[];
  /** Names of this program by what it exports them as: `export default Names`. */
  readonly exported: ReadonlyMap<string, string>;
}

class Reader implements Imports {
  readonly names = new Map<string, Import[]>();
  readonly sources: string[] = [];
  readonly exported = new Map<string, string>();

  /** In Python, several imports may give a name: in the branches of a condition, or after `except ImportError:`. */
  add(name: string, imported: Import): void {
    this.names.set(name, [...(this.names.get(name) ?? []), imported].slice(-maxImportsOfName));
  }
}

const maxImportsOfName = 4;

/** Statements that are searched for imports. They come first. */
const maxStatements = 2_000;

/** Reads the imports and exports of a program. */
export function readImports(tree: Tree, text: string): Imports {
  const imports = new Reader();
  let count = 0;
  for (const node of findStatements(tree.topNode)) {
    readStatements[node.name]?.(node, text, imports);
    if (++count === maxStatements) break;
  }
  return imports;
}

const readStatements: Readonly<Record<string, (statement: SyntaxNode, text: string, imports: Reader) => void>> = {
  ImportDeclaration: readImport,
  ExportDeclaration: readExport,
  VariableDeclaration: readRequire,
  ImportStatement: readPython,
};

/** Statements of Python that may contain imports: `try:`, `if TYPE_CHECKING:`, and functions that import what they need. */
const blocks: ReadonlySet<string> = new Set([
  'TryStatement',
  'IfStatement',
  'WithStatement',
  'FunctionDefinition',
  'ClassDefinition',
  'Body',
]);

function* findStatements(parent: SyntaxNode): Generator<SyntaxNode> {
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    yield node;
    if (blocks.has(node.name)) yield* findStatements(node);
  }
}

/** Names in one statement that are read. */
const maxNames = 1_000;

function* readNames(group: SyntaxNode | null, type: string): Generator<SyntaxNode> {
  let left = maxNames;
  for (let node = group?.firstChild ?? null; node !== null && left > 0; node = node.nextSibling) {
    if (node.name !== type) continue;
    left--;
    yield node;
  }
}

const read = ({ from, to }: SyntaxNode, text: string): string => text.slice(from, to);

/** The source of `import … from './names'`, `export … from './names'` or `require('./names')`. */
function readSource(parent: SyntaxNode, text: string): string | undefined {
  const literal = parent.getChild('String');
  return literal === null ? undefined : read(literal, text).slice(1, -1);
}

/** `import Names, { name, other as alias } from './names'`, `import * as names from './names'` */
function readImport(statement: SyntaxNode, text: string, imports: Reader): void {
  const source = readSource(statement, text);
  if (source === undefined) return;
  const [definition] = statement.getChildren('VariableDefinition');
  const name = statement.getChild('Star') ? undefined : 'default';
  if (definition) imports.add(read(definition, text), { source, name });
  for (const node of readNames(statement.getChild('ImportGroup'), 'VariableDefinition')) {
    imports.add(read(node, text), { source, name: read(findOriginal(node), text) });
  }
}

/** `export { name, other as alias } from './names'`, `export * from './names'`, `export default Names` */
function readExport(statement: SyntaxNode, text: string, imports: Reader): void {
  const source = readSource(statement, text);
  if (source !== undefined && statement.getChild('Star') && !statement.getChild('as')) imports.sources.push(source);
  for (const node of readNames(statement.getChild('ExportGroup'), 'VariableName')) {
    if (node.nextSibling?.name === 'as') continue;
    const original = read(findOriginal(node), text);
    if (source === undefined) imports.exported.set(read(node, text), original);
    else imports.add(read(node, text), { source, name: original });
  }
  const value = statement.getChild('default')?.nextSibling;
  const name = value?.name === 'VariableName' ? value : value?.getChild('VariableDefinition');
  if (name) imports.exported.set('default', read(name, text));
}

/** `const { name, other: alias } = require('./names')` */
function readRequire(statement: SyntaxNode, text: string, imports: Reader): void {
  const call = statement.getChild('CallExpression');
  const list = call?.getChild('ArgList');
  const source = call?.firstChild && list && read(call.firstChild, text) === 'require' && readSource(list, text);
  if (!source) return;
  for (const property of statement.getChild('ObjectPattern')?.getChildren('PatternProperty') ?? []) {
    const { firstChild, lastChild } = property;
    if (firstChild && lastChild) imports.add(read(lastChild, text), { source, name: read(firstChild, text) });
  }
  const whole = statement.getChild('VariableDefinition');
  if (whole) imports.add(read(whole, text), { source, name: undefined });
}

/** Words and signs of one statement that are read. */
const maxTokens = 4_000;

/** `from .names import name, other as alias`, `from .names import *`, `import names`, `import package.names as alias` */
function readPython(statement: SyntaxNode, text: string, imports: Reader): void {
  const keyword = statement.getChild('import');
  if (keyword === null) return;
  const isFrom = statement.firstChild?.name === 'from';
  const source = isFrom ? text.slice((statement.firstChild?.to ?? 0) + 1, keyword.from).trim() : '';
  let first: SyntaxNode | undefined;
  let last: SyntaxNode | undefined;
  let alias: SyntaxNode | undefined;
  let left = maxTokens;
  for (let node = keyword.nextSibling; node !== null && left > 0; node = node.nextSibling, left--) {
    if (node.name === '*') imports.sources.push(source);
    if (node.name === 'as') alias = node.nextSibling ?? undefined;
    if (node.name === 'VariableName' && alias === undefined) {
      first ??= node;
      last = node;
    }
    const isEnd = node.name === ',' || node.nextSibling === null;
    if (!isEnd || first === undefined || last === undefined) continue;
    const name = text.slice(first.from, last.to);
    imports.add(alias ? read(alias, text) : name, isFrom ? { source, name } : { source: name, name: undefined });
    first = last = alias = undefined;
  }
}

/** The name before `as`, or the name itself. */
const findOriginal = (node: SyntaxNode): SyntaxNode =>
  (node.prevSibling?.name === 'as' ? node.prevSibling.prevSibling : null) ?? node;
