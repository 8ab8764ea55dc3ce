import type { SyntaxNode, Tree } from '@lezer/common';

/** A name that a program takes from another file. */
export interface Import {
  /** The file as the program writes it: `./names`, `.names`. */
  readonly source: string;
  /** The name in the other file, `*` for any. Undefined for an import of the whole file. */
  readonly name: string | undefined;
}

/** Statements that are searched for imports. They come first. */
const maxStatements = 2_000;

/** The imports of a program by the names that it gives them. */
export function readImports(tree: Tree, text: string): ReadonlyMap<string, Import> {
  const imports = new Map<string, Import>();
  let count = 0;
  for (let node = tree.topNode.firstChild; node !== null && count < maxStatements; node = node.nextSibling) {
    count++;
    if (node.name === 'ImportDeclaration') readJavaScript(node, text, imports);
    else if (node.name === 'ImportStatement') readPython(node, text, imports);
  }
  return imports;
}

const read = ({ from, to }: SyntaxNode, text: string): string => text.slice(from, to);

/** `import { name, other as alias } from './names'`, `import * as names from './names'` */
function readJavaScript(statement: SyntaxNode, text: string, imports: Map<string, Import>): void {
  const from = statement.getChild('String');
  if (from === null) return;
  const source = read(from, text).slice(1, -1);
  const group = statement.getChild('ImportGroup');
  for (const node of group?.getChildren('VariableDefinition') ?? []) {
    imports.set(read(node, text), { source, name: read(findOriginal(node), text) });
  }
  const module = statement.getChild('Star') && statement.getChild('VariableDefinition');
  if (module) imports.set(read(module, text), { source, name: undefined });
}

/** `from .names import name, other as alias`, `from .names import *`, `import names` */
function readPython(statement: SyntaxNode, text: string, imports: Map<string, Import>): void {
  const keyword = statement.getChild('import');
  if (keyword === null) return;
  const isFrom = statement.firstChild?.name === 'from';
  const source = isFrom ? text.slice((statement.firstChild?.to ?? 0) + 1, keyword.from).trim() : '';
  for (let node = keyword.nextSibling; node !== null; node = node.nextSibling) {
    if (node.name === '*') imports.set('*', { source, name: '*' });
    if (node.name !== 'VariableName' || node.nextSibling?.name === 'as') continue;
    const original = read(findOriginal(node), text);
    imports.set(read(node, text), isFrom ? { source, name: original } : { source: original, name: undefined });
  }
}

/** The name before `as`, or the name itself. */
const findOriginal = (node: SyntaxNode): SyntaxNode =>
  (node.prevSibling?.name === 'as' ? node.prevSibling.prevSibling : null) ?? node;
