import { toUniqueValues, OPEN, type Values } from '../values.ts';
import { evaluate, type EvaluationContext } from './intrinsics.ts';
import { packTypes } from './resourceTypes.ts';
import { getChild, getPlainText, type TreeEntry, type TreeNode } from './tree.ts';

/** A resource of a template, and the loop variables of the `Fn::ForEach` around it. */
export interface Resource {
  readonly entry: TreeEntry;
  readonly type: string;
  readonly properties: TreeNode | undefined;
  readonly loops: readonly Loop[];
}

/** `Fn::ForEach`: a variable, and the list it goes through. */
export interface Loop {
  readonly variable: string;
  readonly collection: TreeNode;
}

/** The type of resources that are not read. */
const otherType = 'other';

/** Deeper loops CloudFormation refuses. */
const deepestLoop = 5;

/** A CloudFormation template: its resources, and what names in them may refer to. */
export class Template {
  readonly #root: TreeNode;
  readonly #text: string;

  constructor(root: TreeNode, text: string) {
    this.#root = root;
    this.#text = text;
  }

  /** Every resource, those in loops once. */
  resources(): Iterable<Resource> {
    return this.#resourcesIn(getChild(this.#root, 'Resources'), []);
  }

  mapping(name: string): TreeNode | undefined {
    return getChild(getChild(this.#root, 'Mappings'), name);
  }

  /** What `Ref` gives: a parameter's default, or the name of a pack. */
  reference(name: string, scope: EvaluationContext): Values {
    const parameter = getChild(getChild(this.#root, 'Parameters'), name);
    if (parameter !== undefined) return defaultOf(parameter, scope);
    const resource = getChild(getChild(this.#root, 'Resources'), name);
    const packType = packTypes.get(getPlainText(getChild(resource, 'Type')) ?? '');
    if (packType === undefined) return [OPEN];
    return evaluate(getChild(getChild(resource, 'Properties'), packType.nameProperty), scope);
  }

  *#resourcesIn(section: TreeNode | undefined, loops: readonly Loop[]): Iterable<Resource> {
    if (section?.kind !== 'map') return;
    for (const entry of section.entries) {
      if (entry.key.startsWith('Fn::ForEach::')) yield* this.#resourcesOfLoop(entry.value, loops);
      else if (this.#isOther(entry)) yield { entry, type: otherType, properties: undefined, loops };
      else {
        const resource = entry.read();
        const type = getPlainText(getChild(resource, 'Type'));
        if (type !== undefined) yield { entry, type, properties: getChild(resource, 'Properties'), loops };
      }
    }
  }

  #resourcesOfLoop(node: TreeNode, outer: readonly Loop[]): Iterable<Resource> {
    const [variable, collection, fragment] = node.kind === 'list' ? node.items : [];
    const name = getPlainText(variable);
    if (name === undefined || collection === undefined || outer.length === deepestLoop) return [];
    return this.#resourcesIn(fragment, [...outer, { variable: name, collection }]);
  }

  /** Is a resource none of ours? Its text says so, unless an alias says something else. */
  #isOther({ range }: TreeEntry): boolean {
    const text = this.#text.slice(range.start, range.end);
    return !text.includes('AWS::Config::') && !text.includes('ConformancePack') && !text.includes('*');
  }
}

function defaultOf(parameter: TreeNode, scope: EvaluationContext): Values {
  const type = getPlainText(getChild(parameter, 'Type')) ?? 'String';
  const value = getChild(parameter, 'Default');
  // The default of such a parameter is the key its value is stored under.
  if (value === undefined || type.startsWith('AWS::SSM::Parameter::')) return [OPEN];
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return toUniqueValues(
    evaluate(value, scope).map((text) =>
      isList && typeof text === 'string' ? text.split(',').map((item) => item.trim()) : text,
    ),
  );
}
