import type { Choices } from '../choices.ts';
import { concatenate, isOpen, toText, toUniqueValues, unknown, type Value, type Values } from '../values.ts';
import { findMember, isNull, isRewrittenNumber, type Service } from './service.ts';
import { defaultStage, findParameter, getStages, otherStage, type Stage } from './serviceStages.ts';
import type { DocumentNode } from './tree.ts';

/** An evaluation of a service's variables. */
export interface ServiceContext {
  readonly service: Service;
  /** Which stage is deployed. */
  readonly choices: Choices;
  readonly evaluate: (node: DocumentNode, choices: Choices) => Values;
}

/**
 * Matches a variable that the files of a service may decide. It may have others in it: `${self:custom.name}`,
 * `${opt:stage, ${self:provider.stage}}`.
 */
const variable = /(\$\{(?:env|file|opt|param|self|sls)[:(](?:[^{}]|\$\{[^{}]*\})*\})/;

const maxVariableLength = 500;

/** Variables of a text and what is between them. Names have a few. */
const maxParts = 20;

/** A comma between the alternatives of a variable. */
const comma = /,(?![^{]*\})/;

/** Among the values of an alternative: it may have no value, and then the next alternative counts. */
const missing: Value = null;

/** Replaces the variables of a Serverless file by what the service's files say. */
export function replaceServerlessVariables(text: string, context: ServiceContext): Values {
  const parts = text.split(variable);
  if (parts.length > maxParts) return unknown;
  return concatenate(parts.map((part, index) => (index % 2 === 0 ? [part] : replaceVariable(part, context))));
}

function replaceVariable(written: string, context: ServiceContext): Values {
  const values = evaluateVariable(written.slice(2, -1), context);
  const present = values.filter((value) => value !== missing);
  return present.length === 0 && values.length > 0 ? unknown : present;
}

/** The values of the first alternative, and of the next ones as long as one may be missing. */
function evaluateVariable(content: string, context: ServiceContext): Values {
  if (content.length > maxVariableLength) return unknown;
  const present: Value[] = [];
  for (const alternative of content.split(comma)) {
    const values = evaluateAlternative(alternative.trim(), context);
    present.push(...values.filter((value) => value !== missing));
    if (!values.includes(missing)) return toUniqueValues(present);
  }
  return toUniqueValues([...present, missing]);
}

function evaluateAlternative(written: string, context: ServiceContext): Values {
  const [, , text] = /^(["'])(.*)\1$/.exec(written) ?? [];
  if (text !== undefined) return [text];
  if (written === 'null') return [missing];
  const [, whole] = /^\$\{([^{}]*)\}$/.exec(written) ?? [];
  if (whole !== undefined) return evaluateVariable(whole, context);
  // `self:stages.${self:provider.stage}.name` refers to something else for each stage.
  const references = written.includes('${') ? replaceServerlessVariables(written, context) : [written];
  return references.flatMap((value) => evaluateReference(toText(value), context));
}

/** Evaluates a reference. What only the deployment knows is unknown. */
function evaluateReference(written: string, context: ServiceContext): Values {
  if (written === 'sls:stage') return evaluateStages(context, evaluateStage);
  if (written === 'opt:stage') return evaluateStages(context, evaluateStageOption);
  // Options and environment variables are often not set.
  if (/^(?:env|opt):/.test(written)) return [missing];
  if (isOpen(written)) return unknown;
  if (written.startsWith('param:')) {
    const name = written.slice('param:'.length);
    return evaluateStages(context, (stage, inner) => evaluateParameter(name, stage, inner));
  }
  return evaluatePath(written, context);
}

/** Matches `self:path`, `file(path)` and `file(path):path`. */
const reference = /^(?:self|file\(([^()]*)\)):?([\w.-]*)$/;

function evaluatePath(written: string, context: ServiceContext): Values {
  const [match, file, path = ''] = reference.exec(written) ?? [];
  if (match === undefined) return unknown;
  const { service } = context;
  const start = file === undefined ? service.root : service.findFile(file.trim());
  const keys = path === '' ? [] : path.split('.');
  return evaluateNode(
    keys.reduce<DocumentNode | undefined>((parent, key) => findMember(parent, key, service), start),
    context,
  );
}

function evaluateNode(node: DocumentNode | undefined, { choices, evaluate }: ServiceContext): Values {
  if (node === undefined || isNull(node)) return [missing];
  return isRewrittenNumber(node) ? unknown : evaluate(node, choices);
}

/** Evaluates in each stage that may be deployed, so that what is in it refers to the same stage. */
function evaluateStages(context: ServiceContext, evaluate: (stage: Stage, context: ServiceContext) => Values): Values {
  const { stages } = getStages(context.service);
  const selected = context.choices.select(stages, stages);
  if (selected.length === 1) return selected.flatMap((stage) => evaluate(stage, context));
  const choose = (stage: Stage) => context.choices.with(stages, stages.indexOf(stage));
  return toUniqueValues(selected.flatMap((stage) => evaluate(stage, { ...context, choices: choose(stage) })));
}

/** The name of a stage. Stages that the service does not mention have none, so that only parameters differ there. */
function evaluateStage(stage: Stage, context: ServiceContext): Values {
  if (stage === otherStage) return [];
  if (stage !== defaultStage) return [stage];
  return evaluateVariable("self:provider.stage, 'dev'", context);
}

/** The option `--stage`, which the default stage does not need. */
function evaluateStageOption(stage: Stage): Values {
  if (stage === otherStage) return [];
  return [stage === defaultStage ? missing : stage];
}

function evaluateParameter(name: string, stage: Stage, context: ServiceContext): Values {
  const stageNames = stage === otherStage ? unknown : evaluateStage(stage, context);
  return stageNames.flatMap((stageName) =>
    evaluateNode(findParameter(context.service, name, toText(stageName)), context),
  );
}
