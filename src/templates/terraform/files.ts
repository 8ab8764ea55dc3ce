import { evaluate } from '../expressions/evaluate.ts';
import type { TemplateDocument } from '../model.ts';
import { memoize } from '../memoize.ts';
import type { Work } from '../timeSlicing.ts';
import { OPEN, type Values } from '../values.ts';
import { type Attribute, type Block, type Configuration, readConfiguration } from './config.ts';

/** What is passed to a module's variables. */
export type Inputs = ReadonlyMap<string, Values>;

/** A module's block, and the folder it stands in. */
interface Call {
  readonly caller: string;
  readonly call: Block;
}

/** Reads the Terraform files that belong to a document, and its own. */
export function* readFiles({ path, text, files }: TemplateDocument): Work<Files> {
  const read = new Map<string, Configuration>();
  for (const [each, its] of new Map([...(files ?? []), [path, text]])) {
    if (isConfiguration(each) || isVariables(each)) read.set(each, yield* readConfiguration(each, its));
  }
  return new Files(read);
}

/** The Terraform files that are known, by folder. */
export class Files {
  readonly #read: ReadonlyMap<string, Configuration>;
  /** The folders that hold configuration. */
  readonly #folders: ReadonlySet<string>;

  constructor(read: ReadonlyMap<string, Configuration>) {
    this.#read = read;
    this.#folders = new Set([...read.keys()].filter(isConfiguration).map(getFolder));
  }

  readonly configurations = memoize((folder): readonly Configuration[] =>
    [...this.#read].flatMap(([path, file]) => (isConfiguration(path) && getFolder(path) === folder ? [file] : [])),
  );

  /** Every block of locals. */
  locals(): readonly Block[] {
    return [...this.#read.values()].flatMap(({ getBlocks }) => getBlocks('locals'));
  }

  /** The modules' blocks of other folders that call this one. */
  readonly callsOf = memoize((folder): readonly Call[] =>
    [...this.#folders].flatMap((caller) => {
      const blocks = caller === folder ? [] : this.configurations(caller).flatMap(({ getBlocks }) => getBlocks('module'));
      return blocks.filter((call) => this.calledFolder(caller, call) === folder).map((call) => ({ caller, call }));
    }),
  );

  /** The folder a module's block calls, if that is here. */
  calledFolder(folder: string, call: Block): string | undefined {
    const source = call.attributes.get('source')?.getExpression();
    if (source?.kind !== 'literal' || !/^\.\.?(\/|$)/.test(String(source.value))) return undefined;
    const called = joinPath(folder, String(source.value));
    return this.#folders.has(called) ? called : undefined;
  }

  /**
   * What the variable files of a folder say: those that Terraform reads by itself, and over these each
   * that is named on the command line, alone.
   */
  readonly variableFiles = memoize((folder): readonly Inputs[] => {
    const paths = [...this.#read.keys()].filter(isVariables).sort();
    const automatic = paths.filter((path) => getFolder(path) === folder && isAutomatic(path));
    const always = new Map(automatic.flatMap((path) => [...this.#variables(path)]));
    const named = paths.filter((path) => {
      if (!path.startsWith(folder === '' ? '' : `${folder}/`) || automatic.includes(path)) return false;
      return getFolder(path) === folder || !this.#folders.has(getFolder(path));
    });
    return [always, ...named.map((path) => new Map([...always, ...this.#variables(path)]))];
  });

  #variables(path: string): Inputs {
    return new Map(
      [...(this.#read.get(path)?.attributes ?? [])].map(([name, attribute]) => [name, constant(attribute)]),
    );
  }
}

/** A value that can refer to nothing. */
const constant = ({ getExpression }: Attribute) =>
  evaluate(getExpression(), {
    variables: new Map(),
    budget: { left: 1_000, depth: 0 },
    fallsBack: false,
    resolve: () => ({ values: [OPEN], length: Number.POSITIVE_INFINITY }),
    call: () => undefined,
  });

const isConfiguration = (path: string): boolean => /\.(tf|tofu)(\.json)?$/.test(path);
const isVariables = (path: string): boolean => /\.tfvars(\.json)?$/.test(path);
const isAutomatic = (path: string): boolean => /(^|\/)terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(path);

/** The folder of a path, without a slash at its end. */
export const getFolder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function joinPath(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
