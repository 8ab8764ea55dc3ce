import type { SlicedWork } from '../../timeSlicing.ts';
import { evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { memoize, once } from '../memoize.ts';
import type { TemplateDocument } from '../model.ts';
import { getFolder, joinPath } from '../paths.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import { reserveDocuments } from '../syntax/reparse.ts';
import { OPEN, type Values } from '../values.ts';
import type { Block, Configuration } from './blocks.ts';
import { readConfiguration } from './config.ts';
import { ConfigurationFolders } from './configurationFolders.ts';
import { isModuleManifest, ModuleManifest } from './moduleManifest.ts';
import { FolderBlocks, isOverrideFile, isReplaced } from './overrides.ts';
import { getModuleFolders, isAutomatic, isConfiguration, isLocalSource, isNamedAuto, isVariables } from './paths.ts';
import { combineVariableFiles } from './variableFiles.ts';

/** Values of a module's variables. */
export interface Inputs {
  readonly getValue: (name: string) => Values | undefined;
  /** Whether variables without a value have their default: for a known call, but not for variable files. */
  readonly isComplete: boolean;
}

/** A module block and the folder that contains it. */
interface Call {
  readonly caller: string;
  readonly call: Block;
}

/** Parses a document and the Terraform files that belong to it. */
export function* readFiles({
  path,
  text,
  files,
}: TemplateDocument): SlicedWork<{ configuration: Configuration; files: Files }> {
  reserveDocuments(files?.size ?? 0);
  const configuration = yield* readConfiguration(path, text);
  const read = new Map([[path, configuration]]);
  const manifests: ModuleManifest[] = [];
  for (const [each, fileText] of files ?? []) {
    if (each === path) continue;
    if (isConfiguration(each) || isVariables(each)) read.set(each, yield* readConfiguration(each, fileText));
    else if (isModuleManifest(each)) manifests.push(new ModuleManifest(each, fileText));
  }
  const related = new Files(read, manifests);
  yield;
  yield* related.readCalls();
  return { configuration, files: related };
}

/** Folders that are searched for calls between two yields. */
const foldersPerStep = 200;

/** The Terraform files of a document by folder. */
export class Files {
  readonly #read: ReadonlyMap<string, Configuration>;
  readonly #manifests: readonly ModuleManifest[];
  /** Configuration files by folder, sorted by name. */
  readonly #folders: ReadonlyMap<string, readonly string[]>;
  readonly #configurations: ConfigurationFolders;
  readonly #calls = new Map<string, Call[]>();

  constructor(read: ReadonlyMap<string, Configuration>, manifests: readonly ModuleManifest[]) {
    this.#read = read;
    this.#manifests = manifests;
    const paths = [...read.keys()].filter(
      (path) => isConfiguration(path) && !isReplaced(path, (other) => read.has(other)),
    );
    this.#folders = Map.groupBy(paths.sort(), getFolder);
    this.#configurations = new ConfigurationFolders(getModuleFolders(paths));
  }

  /** The blocks of a folder's files. */
  readonly getFolderBlocks = memoize((folder): FolderBlocks => {
    const paths = this.#folders.get(folder) ?? [];
    return new FolderBlocks(new Map(paths.flatMap((path) => toEntries(path, this.#read.get(path)))));
  });

  /** A block of a file with the attributes of the override files. */
  applyOverrides(path: string, block: Block): Block {
    return this.getFolderBlocks(getFolder(path)).merge(block, isOverrideFile(path));
  }

  /** All `locals` blocks. */
  getLocals(): readonly Block[] {
    return [...this.#read.values()].flatMap((file) => file.getBlocks('locals'));
  }

  findLocal(folder: string, name: string): Attribute | undefined {
    return this.getFolderBlocks(folder).findLocal(name)?.attribute;
  }

  /** Module blocks of other folders that call this folder. */
  findCalls(folder: string): readonly Call[] {
    return this.#calls.get(folder) ?? [];
  }

  /** Finds the calls of all folders. */
  *readCalls(): SlicedWork<void> {
    let count = 0;
    for (const caller of this.#folders.keys()) {
      for (const call of this.getFolderBlocks(caller).getBlocks('module')) {
        const called = this.findCalledFolder(caller, call);
        if (called === undefined || called === caller) continue;
        const calls = this.#calls.get(called) ?? [];
        calls.push({ caller, call });
        this.#calls.set(called, calls);
      }
      if (++count % foldersPerStep === 0) yield;
    }
  }

  /** The folder that a module block calls, if its files are known. */
  findCalledFolder(folder: string, call: Block): string | undefined {
    const expression = call.attributes.get('source')?.getExpression();
    const source = expression?.kind === 'literal' ? String(expression.value) : '';
    const folders = isLocalSource(source)
      ? [joinPath(folder, source)]
      : this.#manifests.map((manifest) => manifest.findFolder(folder, call.labels[0] ?? ''));
    return folders.find((called) => called !== undefined && this.#folders.has(called));
  }

  /** The folder of a file, or for a variable file those of the configurations that it may be for. */
  findConfigurationFolders(path: string): readonly string[] {
    return isVariables(path) ? this.#configurations.findFor(path) : [getFolder(path)];
  }

  /**
   * Variable assignments of a folder: those of the files that Terraform loads automatically, and these combined with
   * the other files that it may be started with.
   */
  readonly getVariableAssignments = memoize((folder): readonly Inputs[] => {
    const variables = this.getFolderBlocks(folder).getBlocks('variable');
    const declared = variables.map(({ labels: [name = ''] }) => name);
    const paths = this.#getVariablePaths(folder);
    const isLoaded = (path: string) => getFolder(path) === folder && isAutomatic(path);
    // The last value wins.
    const loaded = paths.filter(isLoaded).toSorted((a, b) => Number(isNamedAuto(a)) - Number(isNamedAuto(b)));
    const automatic = new Map(loaded.flatMap((path) => [...this.#readVariables(path, declared)]));
    const files = paths
      .filter((path) => !isLoaded(path))
      .map((path) => ({ path, values: this.#readVariables(path, declared) }));
    const named = combineVariableFiles(files.filter(({ values }) => values.size > 0));
    const assignments = [automatic, ...named.map((values) => new Map([...automatic, ...values]))];
    // A variable without a default has to be assigned.
    const required = variables
      .filter(({ attributes }) => !attributes.has('default'))
      .map(({ labels: [name = ''] }) => name)
      .filter((name) => named.some((values) => values.has(name)));
    const possible = assignments.filter((values) => required.every((name) => values.has(name)));
    return (possible.length > 0 ? possible : assignments).map((values) => ({
      getValue: (name) => values.get(name)?.(),
      isComplete: false,
    }));
  });

  /** The variable files of a folder. */
  getVariableFiles(folder: string): readonly Configuration[] {
    return this.#getVariablePaths(folder).flatMap((path) => this.#read.get(path) ?? []);
  }

  #getVariablePaths(folder: string): readonly string[] {
    return this.#variablePaths().get(folder) ?? [];
  }

  readonly #variablePaths = once((): ReadonlyMap<string, readonly string[]> => {
    const paths = [...this.#read.keys()].filter(isVariables).sort();
    const located = paths.flatMap((path) => this.findConfigurationFolders(path).map((folder) => ({ folder, path })));
    return new Map(
      [...Map.groupBy(located, ({ folder }) => folder)].map(([folder, found]) => [
        folder,
        found.map(({ path }) => path),
      ]),
    );
  });

  /** What a variable file assigns to declared variables. */
  #readVariables(path: string, declared: readonly string[]): ReadonlyMap<string, () => Values> {
    const attributes = this.#read.get(path)?.attributes;
    return new Map(
      declared.flatMap((name) => {
        const attribute = attributes?.get(name);
        return attribute === undefined
          ? []
          : [[name, once(() => evaluateConstant(attribute.getExpression()))] as const];
      }),
    );
  }
}

const toEntries = (path: string, configuration: Configuration | undefined): (readonly [string, Configuration])[] =>
  configuration === undefined ? [] : [[path, configuration]];

/** Evaluates a value that cannot contain references. */
export const evaluateConstant = (expression: Expression): Values =>
  evaluate(expression, {
    variables: new Map(),
    budget: { left: 1_000, depth: 0 },
    language: 'terraform',
    resolve: () => ({ values: [OPEN], length: Number.POSITIVE_INFINITY }),
    call: () => undefined,
  });
