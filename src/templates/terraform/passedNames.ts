import { type Expression, getPath } from '../expressions/expression.ts';
import type { PackReference } from '../model.ts';
import type { Files } from './files.ts';
import { maxCallDepth } from './paths.ts';
import { getPackType } from './resourceTypes.ts';

type NameVariables = ReadonlyMap<string, PackReference['kind']>;

/** Finds the variables of modules that are used as a pack's name without changes. */
export class PassedNames {
  readonly #files: Files;
  readonly #found = new Map<string, NameVariables>();

  constructor(files: Files) {
    this.#files = files;
  }

  findVariables(folder: string, depth = 0): NameVariables {
    const key = `${depth} ${folder}`;
    const found = this.#found.get(key) ?? this.#findNew(folder, depth);
    this.#found.set(key, found);
    return found;
  }

  #findNew(folder: string, depth: number): NameVariables {
    const variables = new Map<string, PackReference['kind']>();
    if (depth === maxCallDepth) return variables;
    const add = (name: Expression | undefined, kind: PackReference['kind']) => {
      const variable = this.#findVariable(folder, name, depth);
      if (variable !== undefined && !variables.has(variable)) variables.set(variable, kind);
    };
    const blocks = this.#files.getFolderBlocks(folder);
    for (const block of blocks.getPacks()) {
      const packType = getPackType(block);
      if (packType !== undefined) add(block.attributes.get(packType.nameAttribute)?.getExpression(), packType.kind);
    }
    for (const call of blocks.getBlocks('module')) {
      const called = this.#files.findCalledFolder(folder, call);
      if (called === undefined) continue;
      for (const [inner, kind] of this.findVariables(called, depth + 1)) {
        add(call.attributes.get(inner)?.getExpression(), kind);
      }
    }
    return variables;
  }

  /** The variable that an expression is, perhaps by way of locals and of outputs of modules. */
  #findVariable(folder: string, expression: Expression | undefined, depth: number): string | undefined {
    if (depth > maxCallDepth) return undefined;
    const [root, name = '', output = '', ...rest] = getReferencePath(expression);
    if (root === 'var' && output === '') return name;
    if (root === 'local' && output === '')
      return this.#findVariable(folder, this.#files.findLocal(folder, name)?.getExpression(), depth + 1);
    if (root !== 'module' || rest.length > 0) return undefined;
    const call = this.#files.getFolderBlocks(folder).find('module', name);
    const called = call && this.#files.findCalledFolder(folder, call);
    if (called === undefined) return undefined;
    const value = this.#files.getFolderBlocks(called).find('output', output)?.attributes.get('value');
    const passed = this.#findVariable(called, value?.getExpression(), depth + 1);
    const argument = call?.attributes.get(passed ?? '')?.getExpression();
    return argument === undefined ? undefined : this.#findVariable(folder, argument, depth + 1);
  }
}

/** The path of an expression that is just `var.name` or `"${var.name}"`. */
function getReferencePath(expression: Expression | undefined): readonly string[] {
  const [part] = expression?.kind === 'template' && expression.parts.length === 1 ? expression.parts : [expression];
  return (typeof part === 'object' && getPath(part)) || [];
}
