import { evaluate } from '../expressions/evaluate.ts';
import { memoize } from '../memoize.ts';
import type { TemplateDocument } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { OPEN, type Values } from '../values.ts';
import { type Attribute, type Block, type Configuration, readConfiguration } from './config.ts';

/** Values of a module's variables. */
export interface Inputs {
  readonly values: ReadonlyMap<string, Values>;
  /** Whether variables without a value have their default: for a known call, but not for variable files. */
  readonly isComplete: boolean;
}

/** A module block and the folder that contains it. */
interface Call {
  readonly caller: string;
  readonly call: Block;
}

/** Parses a document and the Terraform files that belong to it. */
export function* readFiles({ path, text, files }: TemplateDocument): Work<Files> {
  const read = new Map<string, Configuration>();
  for (const [each, fileText] of new Map([...(files ?? []), [path, text]])) {
    if (isConfiguration(each) || isVariables(each)) read.set(each, yield* readConfiguration(each, fileText));
  }
  return new Files(read);
}

/** The Terraform files of a document by folder. */
export class Files {
  readonly #read: ReadonlyMap<string, Configuration>;
  /** Folders that contain configuration files. */
  readonly #folders: ReadonlySet<string>;

  constructor(read: ReadonlyMap<string, Configuration>) {
    this.#read = read;
    this.#folders = new Set([...read.keys()].filter(isConfiguration).map(getFolder));
  }

  readonly getConfigurations = memoize((folder): readonly Configuration[] =>
    [...this.#read].flatMap(([path, file]) => (isConfiguration(path) && getFolder(path) === folder ? [file] : [])),
  );

  /** All `locals` blocks. */
  getLocals(): readonly Block[] {
    return [...this.#read.values()].flatMap(({ getBlocks }) => getBlocks('locals'));
  }

  /** Module blocks of other folders that call this folder. */
  readonly findCalls = memoize((folder): readonly Call[] =>
    [...this.#folders].flatMap((caller) => {
      const blocks =
        caller === folder ? [] : this.getConfigurations(caller).flatMap(({ getBlocks }) => getBlocks('module'));
      return blocks.filter((call) => this.findCalledFolder(caller, call) === folder).map((call) => ({ caller, call }));
    }),
  );

  /** The folder that a module block calls, if its files are known. */
  findCalledFolder(folder: string, call: Block): string | undefined {
    const source = call.attributes.get('source')?.getExpression();
    if (source?.kind !== 'literal' || !/^\.\.?(\/|$)/.test(String(source.value))) return undefined;
    const called = joinPath(folder, String(source.value));
    return this.#folders.has(called) ? called : undefined;
  }

  /**
   * Variable assignments of a folder: those of the files that Terraform loads automatically, and these combined with
   * each of the other files.
   */
  readonly getVariableAssignments = memoize((folder): readonly Inputs[] => {
    const paths = [...this.#read.keys()].filter(isVariables).sort();
    const automatic = paths.filter((path) => getFolder(path) === folder && isAutomatic(path));
    const automaticValues = new Map(automatic.flatMap((path) => [...this.#readVariables(path)]));
    const named = paths.filter((path) => {
      if (!path.startsWith(folder === '' ? '' : `${folder}/`) || automatic.includes(path)) return false;
      return getFolder(path) === folder || !this.#folders.has(getFolder(path));
    });
    const assignments = [
      automaticValues,
      ...named.map((path) => new Map([...automaticValues, ...this.#readVariables(path)])),
    ];
    return assignments.map((values) => ({ values, isComplete: false }));
  });

  #readVariables(path: string): ReadonlyMap<string, Values> {
    return new Map(
      [...(this.#read.get(path)?.attributes ?? [])].map(([name, attribute]) => [name, evaluateConstant(attribute)]),
    );
  }
}

/** Evaluates a value that cannot contain references. */
const evaluateConstant = ({ getExpression }: Attribute) =>
  evaluate(getExpression(), {
    variables: new Map(),
    budget: { left: 1_000, depth: 0 },
    treatsUnknownAsMissing: false,
    resolve: () => ({ values: [OPEN], length: Number.POSITIVE_INFINITY }),
    call: () => undefined,
  });

const isConfiguration = (path: string): boolean => /\.(tf|tofu)(\.json)?$/.test(path);
const isVariables = (path: string): boolean => /\.tfvars(\.json)?$/.test(path);
const isAutomatic = (path: string): boolean => /(^|\/)terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(path);

/** The folder of a path without a trailing slash. */
export const getFolder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function joinPath(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
