import { type Environment, evaluate, getElements, type Resolved } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import type { DeploymentScope } from '../model.ts';
import { type Budget, combine, createMap, isList, lookUp, OPEN, type Value, type Values } from '../values.ts';
import type { Attribute, Block, Configuration } from './config.ts';
import type { Files, Inputs } from './files.ts';
import { terraformFunctions } from './functions.ts';

/** A folder's configuration with values for its variables. */
export class Module {
  readonly folder: string;
  readonly #files: Files;
  readonly #configurations: readonly Configuration[];
  readonly #inputs: Inputs;
  readonly #deploymentScope: DeploymentScope;
  readonly #budget: Budget;

  constructor(files: Files, folder: string, inputs: Inputs, deploymentScope: DeploymentScope, budget: Budget) {
    this.#files = files;
    this.folder = folder;
    this.#configurations = files.getConfigurations(folder);
    this.#inputs = inputs;
    this.#deploymentScope = deploymentScope;
    this.#budget = budget;
  }

  /** The possible values of an expression in a block, for every instance of the block. */
  evaluateInBlock(block: Block, value: Expression): Values {
    return this.#findInstances(block).flatMap((variables) => evaluate(value, this.#createEnvironment(variables)));
  }

  /** The values that a module block passes to the module, per instance. */
  evaluateInputs(call: Block): readonly Inputs[] {
    return this.#findInstances(call).map((variables) => {
      const environment = this.#createEnvironment(variables);
      return new Map(
        [...call.attributes].map(
          ([name, { getExpression }]) => [name, evaluate(getExpression(), environment)] as const,
        ),
      );
    });
  }

  /** `each` or `count` of every instance of a block. Unknown if the number of instances is unknown. */
  #findInstances(block: Block): readonly ReadonlyMap<string, Value>[] {
    const forEach = block.attributes.get('for_each');
    if (forEach !== undefined) {
      const pairs = this.#evaluateAttribute(forEach).flatMap(
        (collection) =>
          getElements(collection)?.map(([key, value]) => [isList(collection) ? value : key, value] as const) ?? [],
      );
      return limitInstances(
        pairs.map(
          ([key, value]) =>
            new Map([
              [
                'each',
                createMap([
                  ['key', key],
                  ['value', value],
                ]),
              ],
            ]),
        ),
        'each',
      );
    }
    const count = block.attributes.get('count');
    if (count === undefined) return [new Map()];
    const [maxCount = OPEN] = this.#evaluateAttribute(count).toSorted().reverse();
    const indexes =
      typeof maxCount === 'number' && maxCount <= 64 ? Array.from({ length: maxCount }, (_, index) => index) : [];
    return limitInstances(
      indexes.map((index) => new Map([['count', createMap([['index', index]])]])),
      'count',
    );
  }

  #evaluateAttribute({ getExpression }: Attribute): Values {
    return evaluate(getExpression(), this.#createEnvironment(new Map()));
  }

  #createEnvironment(variables: ReadonlyMap<string, Value>): Environment {
    return {
      variables,
      budget: this.#budget,
      treatsUnknownAsMissing: false,
      resolve: (path) => this.#resolve(path),
      call: (call, environment) => callFunction(call, environment),
    };
  }

  #resolve(path: readonly string[]): Resolved {
    const [root = '', name = ''] = path;
    if (root === 'var') return { values: this.#resolveVariable(name), length: 2 };
    if (root === 'local') return { values: this.#resolveLocal(name), length: 2 };
    if (root === 'module') return this.#resolveOutput(path);
    if (root === 'data') return { values: this.#resolveData(path), length: path.length };
    return this.#resolveResourceAttribute(path);
  }

  #resolveVariable(name: string): Values {
    const input = this.#inputs.get(name);
    if (input !== undefined) return input;
    const value = this.#findBlock('variable', name)?.attributes.get('default');
    return value === undefined ? [OPEN] : this.#evaluateAttribute(value);
  }

  #resolveLocal(name: string): Values {
    for (const { getBlocks } of this.#configurations) {
      for (const block of getBlocks('locals')) {
        const value = block.attributes.get(name);
        if (value !== undefined) return this.#evaluateAttribute(value);
      }
    }
    return [OPEN];
  }

  /** Resolves `module.name.output` if the module's folder is known. */
  #resolveOutput(path: readonly string[]): Resolved {
    const open = { values: [OPEN], length: path.length };
    const call = this.#findBlock('module', path[1] ?? '');
    const folder = call && this.#files.findCalledFolder(this.folder, call);
    if (call === undefined || folder === undefined || this.#budget.left <= 0) return open;
    this.#budget.left -= 10;
    const at = call.attributes.has('for_each') || call.attributes.has('count') ? 3 : 2;
    const values = this.evaluateInputs(call).flatMap((inputs) => {
      const callee = new Module(this.#files, folder, inputs, this.#deploymentScope, this.#budget);
      const value = callee.#findBlock('output', path[at] ?? '')?.attributes.get('value');
      return value === undefined ? [OPEN] : callee.#evaluateAttribute(value);
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
    const block = this.#findBlock('resource', type, name);
    const at = rest.findIndex((part) => block?.attributes.has(part));
    const value = block?.attributes.get(rest[at] ?? '');
    if (block === undefined || value === undefined || at > 1) return { values: [OPEN], length: path.length };
    return { values: this.evaluateInBlock(block, value.getExpression()), length: at + 3 };
  }

  #findBlock(type: string, ...labels: readonly string[]): Block | undefined {
    for (const { getBlocks } of this.#configurations) {
      const block = getBlocks(type).find((block) => labels.every((label, index) => block.labels[index] === label));
      if (block !== undefined) return block;
    }
    return undefined;
  }
}

function limitInstances(
  instances: readonly ReadonlyMap<string, Value>[],
  name: string,
): readonly ReadonlyMap<string, Value>[] {
  if (instances.length > 0 && instances.length <= 64) return instances;
  return [new Map([[name, OPEN]])];
}

function callFunction(call: Expression & { kind: 'call' }, environment: Environment): Values | undefined {
  const [name = ''] = getPath(call.callee) ?? [];
  const parts = call.arguments.map(({ value }) => evaluate(value, environment));
  const [container = [], key = []] = parts;
  if ((name === 'element' || name === 'lookup') && key.includes(OPEN)) {
    return container.flatMap((value) => lookUp(value, OPEN));
  }
  const apply = terraformFunctions.get(name);
  if (apply === undefined) return undefined;
  return combine(parts, (...values) => apply(...values));
}
