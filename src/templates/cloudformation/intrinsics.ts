import type { DeploymentScope } from '../model.ts';
import {
  toUniqueValues,
  type Budget,
  combine,
  concatenate,
  isList,
  lookUp,
  OPEN,
  runStep,
  toText,
  type Value,
  type Values,
} from '../values.ts';
import { getChild, parseIntrinsicCall, type TreeNode } from './tree.ts';

/** What names in a template may refer to. */
export interface Definitions {
  mapping(name: string): TreeNode | undefined;
  /** What `Ref` gives. */
  reference(name: string, scope: EvaluationContext): Values;
}

/** What a value may refer to. */
export interface EvaluationContext {
  readonly template: Definitions;
  readonly place: DeploymentScope;
  /** Loop variables of `Fn::ForEach`, each with one element. */
  readonly loop: ReadonlyMap<string, string>;
  /** What an outer `Fn::Sub` puts into the text this template is embedded in. */
  readonly substitute: ((text: string) => Values) | undefined;
  /** Shared by a whole evaluation. */
  readonly budget: Budget;
}

const none: Values = [];
const open: Values = [OPEN];

/** What a value may come to. `AWS::NoValue` comes to nothing at all. */
export function evaluate(node: TreeNode | undefined, scope: EvaluationContext): Values {
  return node === undefined ? open : runStep(scope.budget, () => evaluateStep(node, scope));
}

function evaluateStep(node: TreeNode, scope: EvaluationContext): Values {
  const call = parseIntrinsicCall(node);
  if (call !== undefined) return functions[call.name]?.(call.argument, scope) ?? open;
  if (node.kind === 'scalar') return literal(node.text, scope);
  if (node.kind === 'map') return open;
  return combine(
    node.items.map((item) => evaluate(item, scope)).filter((values) => values.length > 0),
    (...items) => items,
  );
}

/** Beyond this a text is no name, nor a list of names. */
const longestText = 10_000;

/** A text as it stands, but for what others fill in: dynamic references, template engines, loops, an outer `Fn::Sub`. */
function literal(text: string, { loop, substitute }: EvaluationContext): Values {
  if (text.length > longestText) return open;
  const looped = text.replaceAll(/[$&]\{([^{}]*)\}/g, (whole, name: string) => loop.get(name) ?? whole);
  const plain = looped.replaceAll(/\{\{[^{}]*\}\}|\{%[^{%]*%\}/g, OPEN);
  return substitute?.(plain) ?? [plain];
}

const functions: Readonly<Record<string, (argument: TreeNode, scope: EvaluationContext) => Values>> = {
  Ref: (argument, scope) => (argument.kind === 'scalar' ? reference(argument.text, scope) : open),
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::FindInMap': findInMap,
  'Fn::If': (argument, scope) =>
    toUniqueValues(
      items(argument)
        .slice(1)
        .flatMap((branch) => evaluate(branch, scope)),
    ),
  'Fn::Select': select,
  'Fn::Split': split,
};

/** The arguments of a function. */
const items = (argument: TreeNode): readonly TreeNode[] => (argument.kind === 'list' ? argument.items : []);

function reference(name: string, scope: EvaluationContext): Values {
  if (name === 'AWS::NoValue') return none;
  if (name === 'AWS::AccountId') return [scope.place.account ?? OPEN];
  if (name === 'AWS::Region') return [scope.place.region ?? OPEN];
  if (name === 'AWS::Partition') return [scope.place.partition ?? OPEN];
  const looped = scope.loop.get(name);
  return looped === undefined ? scope.template.reference(name, scope) : [looped];
}

function sub(argument: TreeNode, scope: EvaluationContext): Values {
  const [template, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return open;
  return combine([literal(template.text, scope)], (text) => text).flatMap((text) =>
    substitute(toText(text), scope, variables),
  );
}

/** Fills in `${Name}`; `${!Name}` stands for itself without the exclamation mark. */
export function substitute(text: string, scope: EvaluationContext, variables?: TreeNode): Values {
  const parts = text.split(/(\$\{[^}]*(?:\}|$))/);
  return concatenate(
    parts.map((part, index): Values => {
      if (index % 2 === 0) return [part];
      if (!part.endsWith('}')) return open;
      const name = part.slice(2, -1).trim();
      if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
      const variable = getChild(variables, name);
      return variable === undefined ? reference(name, scope) : evaluate(variable, scope);
    }),
  );
}

function join(argument: TreeNode, scope: EvaluationContext): Values {
  const [separator, list] = items(argument);
  return combine([evaluate(separator, scope), evaluate(list, scope)], (between, parts) =>
    isList(parts) ? parts.map(toText).join(toText(between)) : OPEN,
  );
}

function findInMap(argument: TreeNode, scope: EvaluationContext): Values {
  const [map, first, second, options] = items(argument);
  const tables = evaluate(map, scope).map((name) => scope.template.mapping(toText(name)));
  const keys = [evaluate(first, scope), evaluate(second, scope)] as const;
  const found = tables.flatMap((table) =>
    rows(table, keys[0]).flatMap((row) => rows(row, keys[1]).flatMap((value) => evaluate(value, scope))),
  );
  const otherwise = getChild(options, 'DefaultValue');
  if (found.length > 0) return toUniqueValues(found);
  return otherwise === undefined ? open : evaluate(otherwise, scope);
}

/** The values under a key; all of them, where the key stays open. */
function rows(table: TreeNode | undefined, keys: Values): readonly TreeNode[] {
  if (table?.kind !== 'map') return [];
  return keys.flatMap((key) =>
    table.entries.filter((entry) => key === OPEN || entry.key === toText(key)).map((entry) => entry.value),
  );
}

function select(argument: TreeNode, scope: EvaluationContext): Values {
  const [index, list] = items(argument);
  const lists = evaluate(list, scope);
  return toUniqueValues(lists.flatMap((value) => evaluate(index, scope).flatMap((at) => lookUp(value, at))));
}

function split(argument: TreeNode, scope: EvaluationContext): Values {
  const [separator, text] = items(argument);
  return combine([evaluate(separator, scope), evaluate(text, scope)], (at, whole): Value => {
    // What stays open may hold separators of its own.
    return toText(whole).includes(OPEN) || toText(at) === '' ? OPEN : toText(whole).split(toText(at));
  });
}
