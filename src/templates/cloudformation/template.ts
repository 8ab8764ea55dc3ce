import { OPEN, toUniqueValues, type Values } from '../values.ts';
import { type EvaluationContext, evaluate } from './intrinsics.ts';
import { packTypes } from './resourceTypes.ts';
import { getChild, getPlainText, type TreeEntry, type TreeNode } from './tree.ts';

/** A resource of a template and the `Fn::ForEach` loops around it. */
export interface Resource {
  readonly entry: TreeEntry;
  readonly type: string;
  readonly properties: TreeNode | undefined;
  /** The name of the condition under which the resource is created. */
  readonly condition: string | undefined;
  readonly loops: readonly Loop[];
}

/** `Fn::ForEach`: a variable and the collection that it iterates over. */
export interface Loop {
  readonly variable: string;
  readonly collection: TreeNode;
}

/** The type of resources that are not parsed. */
const irrelevantType = 'other';

/** CloudFormation rejects deeper nested loops. */
const maxLoopDepth = 5;

/** A CloudFormation template: its resources and the definitions that their names may refer to. */
export class Template {
  readonly #root: TreeNode;
  readonly #text: string;

  constructor(root: TreeNode, text: string) {
    this.#root = root;
    this.#text = text;
  }

  /** All resources. A resource in a loop appears once. */
  resources(): Iterable<Resource> {
    return this.#findResources(getChild(this.#root, 'Resources'), []);
  }

  mapping(name: string): TreeNode | undefined {
    return getChild(getChild(this.#root, 'Mappings'), name);
  }

  /** The values of `Ref`: a parameter's default or a pack's name. */
  reference(name: string, context: EvaluationContext): Values {
    const parameter = getChild(getChild(this.#root, 'Parameters'), name);
    if (parameter !== undefined) return evaluateDefault(parameter, context);
    const resource = getChild(getChild(this.#root, 'Resources'), name);
    const packType = packTypes.get(getPlainText(getChild(resource, 'Type')) ?? '');
    if (packType === undefined) return [OPEN];
    return evaluate(getChild(getChild(resource, 'Properties'), packType.nameProperty), context);
  }

  *#findResources(section: TreeNode | undefined, loops: readonly Loop[]): Iterable<Resource> {
    if (section?.kind !== 'map') return;
    for (const entry of section.entries) {
      if (entry.key.startsWith('Fn::ForEach::')) yield* this.#findLoopResources(entry.value, loops);
      else if (this.#isIrrelevant(entry))
        yield { entry, type: irrelevantType, properties: undefined, condition: undefined, loops };
      else {
        const resource = entry.read();
        const type = getPlainText(getChild(resource, 'Type'));
        const condition = getPlainText(getChild(resource, 'Condition'));
        if (type !== undefined) yield { entry, type, properties: getChild(resource, 'Properties'), condition, loops };
      }
    }
  }

  #findLoopResources(node: TreeNode, outer: readonly Loop[]): Iterable<Resource> {
    const [variable, collection, fragment] = node.kind === 'list' ? node.items : [];
    const name = getPlainText(variable);
    if (name === undefined || collection === undefined || outer.length === maxLoopDepth) return [];
    return this.#findResources(fragment, [...outer, { variable: name, collection }]);
  }

  /** Whether a resource is irrelevant. Its text decides, unless it contains an alias. */
  #isIrrelevant({ range }: TreeEntry): boolean {
    const text = this.#text.slice(range.start, range.end);
    return !text.includes('AWS::Config::') && !text.includes('ConformancePack') && !text.includes('*');
  }
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
