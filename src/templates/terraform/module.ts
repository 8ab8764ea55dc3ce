import { type Environment, evaluate, getElements, type Resolved } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import { memoize } from '../memoize.ts';
import type { DeploymentScope } from '../model.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import {
  type Budget,
  combineAll,
  createMap,
  isList,
  OPEN,
  OpenCollection,
  toUniqueValues,
  type Value,
  type Values,
} from '../values.ts';
import type { Block } from './blocks.ts';
import { evaluateConstant, type Files, type Inputs } from './files.ts';
import { terraformFunctions } from './functions.ts';
import type { FolderBlocks } from './overrides.ts';
import { applyTypeDefaults } from './typeDefaults.ts';

/** A folder's configuration with values for its variables. */
export class Module {
  readonly folder: string;
  readonly #files: Files;
  readonly #blocks: FolderBlocks;
  readonly #inputs: Inputs;
  readonly #deploymentScope: DeploymentScope;
  readonly budget: Budget;

  constructor(files: Files, folder: string, inputs: Inputs, deploymentScope: DeploymentScope, budget: Budget) {
    this.#files = files;
    this.folder = folder;
    this.#blocks = files.getFolderBlocks(folder);
    this.#inputs = inputs;
    this.#deploymentScope = deploymentScope;
    this.budget = budget;
  }

  /** The possible values of an expression in a block, for every instance of the block. */
  evaluateInBlock(block: Block, value: Expression): Values {
    return this.#findInstances(block).flatMap((variables) => evaluate(value, this.#createEnvironment(variables)));
  }

  /** The possible values of a variable. */
  evaluateVariable(name: string): Values {
    return this.#resolveVariable(name, false);
  }

  /** The value of an expression in a block for every instance. Unknown if it may be set to anything else. */
  evaluateFinalInBlock(block: Block, value: Expression): Values {
    return this.#findInstances(block).flatMap((variables) => evaluate(value, this.#createEnvironment(variables, true)));
  }

  /** The values that a module block passes to the module, per instance. */
  evaluateInputs(call: Block, isCondition = false): readonly Inputs[] {
    return this.#findInstances(call).map((variables) => {
      const environment = this.#createEnvironment(variables, isCondition);
      const getValue = memoize((name: string): Values | undefined => {
        const attribute = call.attributes.get(name);
        return attribute && evaluate(attribute.getExpression(), environment);
      });
      // A Terragrunt configuration, which has no label, may include others with more inputs.
      return { getValue, isComplete: call.labels.length > 0 };
    });
  }

  /** `each` or `count` of every instance of a block. Unknown if the number of instances is unknown. */
  #findInstances(block: Block): readonly ReadonlyMap<string, Value>[] {
    const forEach = block.attributes.get('for_each');
    if (forEach !== undefined) {
      const entries = this.#evaluateAttribute(forEach).flatMap(getInstances);
      const each = distinct(
        entries.map(([key, value]) =>
          createMap([
            ['key', key],
            ['value', value],
          ]),
        ),
      );
      return limitInstances(each, 'each');
    }
    const count = block.attributes.get('count');
    if (count === undefined) return [new Map()];
    const counts = this.#evaluateAttribute(count).filter((value) => typeof value === 'number');
    const length = Math.max(0, ...counts);
    const indexes = length <= maxInstances ? Array.from({ length }, (_, index) => createMap([['index', index]])) : [];
    return limitInstances(indexes, 'count');
  }

  #evaluateAttribute({ getExpression }: Attribute, isCondition = false): Values {
    return evaluate(getExpression(), this.#createEnvironment(new Map(), isCondition));
  }

  #createEnvironment(variables: ReadonlyMap<string, Value>, isCondition = false): Environment {
    return {
      variables,
      budget: this.budget,
      language: 'terraform',
      isCondition,
      resolve: (path, environment) => this.#resolve(path, environment.isCondition ?? false),
      call: (call, environment) => callFunction(call, environment),
    };
  }

  #resolve(path: readonly string[], isCondition: boolean): Resolved {
    const [root = '', name = ''] = path;
    if (root === 'var') return { values: this.#resolveVariable(name, isCondition), length: 2 };
    if (root === 'local') return { values: this.#resolveLocal(name, isCondition), length: 2 };
    if (root === 'module') return this.#resolveOutput(path, isCondition);
    if (root === 'data') return { values: this.#resolveData(path), length: path.length };
    return this.#resolveResourceAttribute(path);
  }

  /**
   * Only a known call determines all variables. Elsewhere a variable with a default may be set to anything else: an
   * empty default is unknown, and a condition on any default may be met or not.
   */
  #resolveVariable(name: string, isCondition: boolean): Values {
    const attributes = this.#blocks.find('variable', name)?.attributes;
    const values = this.#getVariable(name, attributes?.get('default'), isCondition);
    const type = attributes?.get('type')?.getExpression();
    return type === undefined ? values : values.map((value) => applyTypeDefaults(type, value, evaluateConstant));
  }

  #getVariable(name: string, defaultValue: Attribute | undefined, isCondition: boolean): Values {
    const input = this.#inputs.getValue(name);
    if (input !== undefined) return input;
    if (defaultValue === undefined) return [OPEN];
    const values = this.#evaluateAttribute(defaultValue);
    if (this.#inputs.isComplete) return values;
    if (isCondition) return toUniqueValues([...values, OPEN]);
    return values.map((value) => (isEmpty(value) ? OPEN : value));
  }

  #resolveLocal(name: string, isCondition: boolean): Values {
    const value = this.#files.findLocal(this.folder, name);
    return value === undefined ? [OPEN] : this.#evaluateAttribute(value, isCondition);
  }

  /** Resolves `module.name.output` if the module's folder is known. */
  #resolveOutput(path: readonly string[], isCondition: boolean): Resolved {
    const open = { values: [OPEN], length: path.length };
    const call = this.#blocks.find('module', path[1] ?? '');
    const folder = call && this.#files.findCalledFolder(this.folder, call);
    const at = call?.attributes.has('for_each') || call?.attributes.has('count') ? 3 : 2;
    if (call === undefined || folder === undefined || path.length <= at || this.budget.left <= 0) return open;
    this.budget.left -= 10;
    const values = this.evaluateInputs(call, isCondition).flatMap((inputs) => {
      const callee = new Module(this.#files, folder, inputs, this.#deploymentScope, this.budget);
      const value = callee.#blocks.find('output', path[at] ?? '')?.attributes.get('value');
      return value === undefined ? [OPEN] : callee.#evaluateAttribute(value, isCondition);
    });
    return { values, length: at + 1 };
  }

  #resolveData([, type = '', , ...attributes]: readonly string[]): Values {
    const attribute = attributes.at(-1) ?? '';
    if (type === 'aws_region' && /^(name|id|region)$/.test(attribute)) return [this.#deploymentScope.region ?? OPEN];
    if (type === 'aws_caller_identity' && /^(account_id|id)$/.test(attribute))
      return [this.#deploymentScope.account ?? OPEN];
    if (type === 'aws_partition' && /^(partition|id)$/.test(attribute))
      return [this.#deploymentScope.partition ?? OPEN];
    return [OPEN];
  }

  /** Resolves `type.name.attribute` if the resource's block sets the attribute. */
  #resolveResourceAttribute(path: readonly string[]): Resolved {
    const [type = '', name = '', ...rest] = path;
    const block = this.#blocks.find('resource', type, name);
    const at = rest.findIndex((part) => block?.attributes.has(part));
    const value = block?.attributes.get(rest[at] ?? '');
    if (block === undefined || value === undefined || at > 1) return { values: [OPEN], length: path.length };
    return { values: this.evaluateInBlock(block, value.getExpression()), length: at + 3 };
  }
}

const maxInstances = 64;

function limitInstances(instances: readonly Value[], name: string): readonly ReadonlyMap<string, Value>[] {
  const isKnown = instances.length > 0 && instances.length <= maxInstances;
  return (isKnown ? instances : [OPEN]).map((instance) => new Map([[name, instance]]));
}

/** The keys and values that `for_each` iterates over. The items of a set are both. */
function getInstances(collection: Value): readonly (readonly [Value, Value])[] {
  const isSet = isList(collection) || (collection instanceof OpenCollection && collection.kind === 'list');
  return (getElements(collection, true) ?? []).map(([key, value]) => [isSet ? value : key, value] as const);
}

/** The branches of a condition may contain the same instances. */
const distinct = (values: readonly Value[]): readonly Value[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** Whether a default may be overridden by a caller or a variable file. */
const isEmpty = (value: Value): boolean =>
  value === null || value === '' || (typeof value === 'object' && getElements(value)?.length === 0);

function callFunction(call: Expression & { kind: 'call' }, environment: Environment): Values | undefined {
  const [name = ''] = getPath(call.callee) ?? [];
  const apply = terraformFunctions.get(name);
  if (apply === undefined) return undefined;
  // Regular expressions take longer than other functions.
  if (name === 'replace' || name.startsWith('regex')) environment.budget.left -= 20;
  const parts = call.arguments.map(({ value }) => evaluate(value, environment));
  return combineAll(parts, (...values) => {
    const spread = values.flatMap((value, index) => spreadArgument(call.arguments[index]?.value, value));
    return spread.includes(unknownArguments) ? [OPEN] : apply(...spread);
  });
}

/** `f(list...)` */
const spreadArgument = (expression: Expression | undefined, value: Value): readonly Value[] =>
  expression?.kind !== 'spread' ? [value] : isList(value) ? value : [unknownArguments];

/** Takes the place of an unknown number of arguments. */
const unknownArguments = new OpenCollection('list', []);
