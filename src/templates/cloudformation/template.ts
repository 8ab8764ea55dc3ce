import { memoize, once } from '../memoize.ts';
import { EntryCache } from '../syntax/entryCache.ts';
import { OPEN, toUniqueValues, type Values } from '../values.ts';
import { type EvaluationContext, evaluate } from './intrinsics.ts';
import { noResource, type Resource, readResource, resources } from './resources.ts';
import { packTypes } from './resourceTypes.ts';
import { copyText, getChild, getPlainText, type TreeNode } from './tree.ts';

/** A resource in a template and the `Fn::ForEach` loops around it. */
export interface LocatedResource {
  readonly start: number;
  readonly resource: Resource;
  readonly loops: readonly Loop[];
}

/** `Fn::ForEach`: a variable and the collection that it iterates over. */
export interface Loop {
  readonly variable: string;
  readonly collection: TreeNode;
}

/** CloudFormation rejects deeper nested loops. */
const maxLoopDepth = 5;

/** Logical names by subtree. */
const keys = new EntryCache((entry) => copyText(entry.key));

/** A CloudFormation template: its resources and the definitions that their names may refer to. */
export class Template {
  readonly #root: TreeNode;
  readonly #getResources = once(() => getChild(this.#root, 'Resources'));
  readonly #getParameter = memoize((name) => getChild(getChild(this.#root, 'Parameters'), name));
  readonly #getResource = memoize((name) => findResource(this.#getResources(), name));

  constructor(root: TreeNode) {
    this.#root = root;
  }

  /** All resources. A resource in a loop appears once. */
  resources(): Iterable<LocatedResource> {
    return findResources(this.#getResources(), []);
  }

  mapping(name: string): TreeNode | undefined {
    return getChild(getChild(this.#root, 'Mappings'), name);
  }

  /** The values of `Ref`: a parameter's default or a pack's name. */
  reference(name: string, context: EvaluationContext): Values {
    const parameter = this.#getParameter(name);
    if (parameter !== undefined) return evaluateDefault(parameter, context);
    const resource = this.#getResource(name);
    const packType = packTypes.get(getPlainText(getChild(resource, 'Type')) ?? '');
    if (packType === undefined) return [OPEN];
    return evaluate(getChild(getChild(resource, 'Properties'), packType.nameProperty), context);
  }
}

/** The resource with a logical name. */
function findResource(section: TreeNode | undefined, name: string): TreeNode | undefined {
  if (section?.kind !== 'map') return undefined;
  let hasMerges = false;
  for (const { value, getEntry } of keys.read(section)) {
    const key = value ?? getEntry()?.key;
    if (key === name) return getEntry()?.value;
    hasMerges ||= key === '<<';
  }
  return hasMerges ? getChild(section, name) : undefined;
}

function* findResources(section: TreeNode | undefined, loops: readonly Loop[]): Iterable<LocatedResource> {
  if (section?.kind !== 'map') return;
  for (const { start, value, getEntry } of resources.read(section)) {
    const entry = value === undefined ? getEntry() : undefined;
    if (entry?.key.startsWith('Fn::ForEach::')) yield* findLoopResources(entry.value, loops);
    else {
      const resource = value ?? (entry && readResource(entry));
      if (resource !== undefined && resource !== noResource) yield { start, resource, loops };
    }
  }
}

function findLoopResources(node: TreeNode, outer: readonly Loop[]): Iterable<LocatedResource> {
  const [variable, collection, fragment] = node.kind === 'list' ? node.items : [];
  const name = getPlainText(variable);
  if (name === undefined || collection === undefined || outer.length === maxLoopDepth) return [];
  return findResources(fragment, [...outer, { variable: name, collection }]);
}

function evaluateDefault(parameter: TreeNode, context: EvaluationContext): Values {
  const type = getPlainText(getChild(parameter, 'Type')) ?? 'String';
  const value = getChild(parameter, 'Default');
  // The default of such a parameter is the key of a stored value.
  if (value === undefined || type.startsWith('AWS::SSM::Parameter::')) return [OPEN];
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return toUniqueValues(
    evaluate(value, context).map((text) => {
      // An empty default leaves the value to the deployment.
      if (text === '') return OPEN;
      return isList && typeof text === 'string' ? text.split(',').map((item) => item.trim()) : text;
    }),
  );
}
