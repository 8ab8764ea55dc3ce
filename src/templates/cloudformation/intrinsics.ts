import type { Choices } from '../choices.ts';
import type { DeploymentScope } from '../model.ts';
import { replacePlaceholders, replaceVariables } from '../placeholders.ts';
import {
  type Budget,
  combine,
  concatenate,
  isList,
  lookUp,
  OPEN,
  runStep,
  toText,
  toUniqueValues,
  unknown,
  type Value,
  type Values,
} from '../values.ts';
import { replaceServerlessVariables } from './serverless.ts';
import type { Service } from './service.ts';
import { type DocumentNode, getChild, parseIntrinsicCall } from './tree.ts';

/** Definitions that names in a template may refer to. */
export interface Definitions {
  /** The text that a parameter has unless the deployment gives another, or that a variable of Pulumi has. */
  findText(name: string): DocumentNode | undefined;
  mapping(name: string): DocumentNode | undefined;
  /** The service, if the file is one of Serverless. */
  readonly service: Service | undefined;
  /** The values of `Ref`. */
  reference(name: string, context: EvaluationContext): Values;
}

/** The context of an evaluation. */
export interface EvaluationContext {
  readonly template: Definitions;
  readonly deploymentScope: DeploymentScope;
  /** The current elements of `Fn::ForEach` loops by variable. */
  readonly loopVariables: ReadonlyMap<string, string>;
  /** Replaces the variables of an `Fn::Sub` around an embedded template. */
  readonly substitute: ((text: string) => Values) | undefined;
  /** Shared by the whole evaluation. */
  readonly budget: Budget;
  /** Which of its allowed values a parameter has. */
  readonly choices: Choices;
}

const noValues: Values = [];

/** The possible values of a node. `AWS::NoValue` has none. */
export function evaluate(node: DocumentNode | undefined, context: EvaluationContext): Values {
  return node === undefined ? unknown : runStep(context.budget, () => evaluateStep(node, context));
}

function evaluateStep(node: DocumentNode, context: EvaluationContext): Values {
  const call = parseIntrinsicCall(node);
  if (call !== undefined) return functions[call.name]?.(call.argument, context) ?? unknown;
  if (node.kind === 'scalar') return evaluatePlainText(node.text, context);
  if (node.kind === 'map') return unknown;
  return combine(
    node.items.map((item) => evaluate(item, context)).filter((values) => values.length > 0),
    (...getArguments) => getArguments,
  );
}

/** Longer texts are neither names nor lists of names. */
const maxTextLength = 10_000;

/**
 * Evaluates a text. Dynamic references and template engines are unknown; loops and an outer `Fn::Sub` are filled in.
 */
function evaluateText(text: string, context: EvaluationContext): Values {
  if (text.length > maxTextLength) return unknown;
  const { service } = context.template;
  if (service === undefined || !text.includes('${')) return fillIn(text, context);
  const values = replaceServerlessVariables(text, {
    service,
    choices: context.choices,
    evaluate: (node, choices) => evaluate(node, choices === context.choices ? context : { ...context, choices }),
  });
  return toUniqueValues(values.flatMap((value) => fillIn(toText(value), context)));
}

function fillIn(text: string, { loopVariables, substitute }: EvaluationContext): Values {
  const looped = text.replaceAll(/[$&]\{([^{}]*)\}/g, (whole, name: string) => loopVariables.get(name) ?? whole);
  const plain = replacePlaceholders(looped);
  return substitute?.(plain) ?? [plain];
}

/** Evaluates a text outside of `Fn::Sub`, where no references are left. */
function evaluatePlainText(text: string, context: EvaluationContext): Values {
  const values = evaluateText(text, context);
  return context.substitute === undefined ? values.map((value) => replaceVariables(toText(value))) : values;
}

const functions: Readonly<Record<string, (argument: DocumentNode, context: EvaluationContext) => Values>> = {
  Ref: (argument, context) => (argument.kind === 'scalar' ? reference(argument.text, context) : unknown),
  'Fn::Sub': evaluateSub,
  'Fn::Join': evaluateJoin,
  'Fn::FindInMap': evaluateFindInMap,
  'Fn::If': (argument, context) =>
    toUniqueValues(
      getArguments(argument)
        .slice(1)
        .flatMap((branch) => evaluate(branch, context)),
    ),
  'Fn::Select': evaluateSelect,
  'Fn::Split': evaluateSplit,
};

/** The arguments of a function. */
export const getArguments = (argument: DocumentNode): readonly DocumentNode[] =>
  argument.kind === 'list' ? argument.items : [];

function reference(name: string, context: EvaluationContext): Values {
  if (name === 'AWS::NoValue') return noValues;
  if (name === 'AWS::AccountId') return [context.deploymentScope.account ?? OPEN];
  if (name === 'AWS::Region') return [context.deploymentScope.region ?? OPEN];
  if (name === 'AWS::Partition') return [context.deploymentScope.partition ?? OPEN];
  const looped = context.loopVariables.get(name);
  return looped === undefined ? context.template.reference(name, context) : [looped];
}

function evaluateSub(argument: DocumentNode, context: EvaluationContext): Values {
  const [template, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return unknown;
  return combine([evaluateText(template.text, context)], (text) => text).flatMap((text) =>
    substituteVariables(toText(text), context, variables),
  );
}

/** Replaces `${Name}` by its value and `${!Name}` by `${Name}`. */
export function substituteVariables(text: string, context: EvaluationContext, variables?: DocumentNode): Values {
  const parts = text.split(/(\$\{[^}]*(?:\}|$))/);
  return concatenate(
    parts.map((part, index): Values => {
      if (index % 2 === 0) return [part];
      if (!part.endsWith('}')) return unknown;
      const name = part.slice(2, -1).trim();
      if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
      const variable = getChild(variables, name);
      return variable === undefined ? reference(name, context) : evaluate(variable, context);
    }),
  );
}

function evaluateJoin(argument: DocumentNode, context: EvaluationContext): Values {
  const [separator, list] = getArguments(argument);
  return combine([evaluate(separator, context), evaluate(list, context)], (between, parts) =>
    isList(parts) ? parts.map(toText).join(toText(between)) : OPEN,
  );
}

function evaluateFindInMap(argument: DocumentNode, context: EvaluationContext): Values {
  const values = findMappingValues(argument, context).flatMap((value) => evaluate(value, context));
  if (values.length > 0) return toUniqueValues(values);
  const defaultValue = getChild(getArguments(argument)[3], 'DefaultValue');
  return defaultValue === undefined ? unknown : evaluate(defaultValue, context);
}

/** The values in a mapping that the arguments of `Fn::FindInMap` may select. */
export function findMappingValues(argument: DocumentNode, context: EvaluationContext): readonly DocumentNode[] {
  const [map, first, second] = getArguments(argument);
  const keys = [evaluate(first, context), evaluate(second, context)] as const;
  return evaluate(map, context)
    .map((name) => context.template.mapping(toText(name)))
    .flatMap((table) => getValues(table, keys[0]).flatMap((row) => getValues(row, keys[1])));
}

/** The values of a key, or all values if the key is unknown. */
function getValues(table: DocumentNode | undefined, keys: Values): readonly DocumentNode[] {
  if (table?.kind !== 'map') return [];
  return keys.flatMap((key) =>
    table.entries.filter((entry) => key === OPEN || entry.key === toText(key)).map((entry) => entry.value),
  );
}

function evaluateSelect(argument: DocumentNode, context: EvaluationContext): Values {
  const [index, list] = getArguments(argument);
  const lists = evaluate(list, context);
  return toUniqueValues(lists.flatMap((value) => evaluate(index, context).flatMap((at) => lookUp(value, at))));
}

function evaluateSplit(argument: DocumentNode, context: EvaluationContext): Values {
  const [separator, text] = getArguments(argument);
  return combine([evaluate(separator, context), evaluate(text, context)], (at, whole): Value => {
    // Unknown parts may contain separators.
    return toText(whole).includes(OPEN) || toText(at) === '' ? OPEN : toText(whole).split(toText(at));
  });
}
