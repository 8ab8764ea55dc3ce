import { concatenate, isOpen, OPEN, toText, toUniqueValues, unknown, type Values } from '../values.ts';
import { type DocumentNode, getChild } from './tree.ts';

/** What the variables of a Serverless file refer to. */
export interface Service {
  /** The main file, which is `self`. */
  readonly root: DocumentNode;
  /** Finds a file by its path from the main file. */
  readonly findFile: (path: string) => DocumentNode | undefined;
}

type Evaluate = (node: DocumentNode) => Values;

/** Matches a variable, which may have others in it: `${self:custom.name}`, `${opt:stage, ${self:provider.stage}}`. */
const variable = /(\$\{(?:env|file|opt|param|self|sls|ssm)[:(](?:[^{}]|\$\{[^{}]*\})*\})/;

const maxVariableLength = 500;

/** Variables of a text and what is between them. Names have a few. */
const maxParts = 20;

/** A comma between the alternatives of a variable. */
const comma = /,(?![^{]*\})/;

/** Replaces the variables of a Serverless file by what the service's files say. */
export function replaceServerlessVariables(text: string, service: Service, evaluate: Evaluate): Values {
  const parts = text.split(variable);
  if (parts.length > maxParts) return unknown;
  return concatenate(
    parts.map((part, index) => (index % 2 === 0 ? [part] : evaluateVariable(part.slice(2, -1), service, evaluate))),
  );
}

/** The first alternative that is known. Options and environment variables are often not set. */
function evaluateVariable(content: string, service: Service, evaluate: Evaluate): Values {
  for (const alternative of content.length > maxVariableLength ? [] : content.split(comma)) {
    const values = evaluateAlternative(alternative.trim(), service, evaluate);
    if (values.some((value) => value !== OPEN)) return values;
  }
  return unknown;
}

function evaluateAlternative(written: string, service: Service, evaluate: Evaluate): Values {
  const [, , text] = /^(["'])(.*)\1$/.exec(written) ?? [];
  if (text !== undefined) return [text];
  const [, whole] = /^\$\{([^{}]*)\}$/.exec(written) ?? [];
  if (whole !== undefined) return evaluateVariable(whole, service, evaluate);
  // `self:stages.${self:provider.stage}.name` refers to something else for each stage.
  const references = written.includes('${') ? replaceServerlessVariables(written, service, evaluate) : [written];
  return references.flatMap((value) => evaluateReference(toText(value), service, evaluate));
}

/** Matches `self:path`, `file(path)` and `file(path):path`. */
const reference = /^(?:self|file\(([^()]*)\)):?([\w.-]*)$/;

function evaluateReference(written: string, { root, findFile }: Service, evaluate: Evaluate): Values {
  if (written.startsWith('param:')) return evaluateParameter(written.slice('param:'.length), root, evaluate);
  const [match, file, path = ''] = reference.exec(written === 'sls:stage' ? 'self:provider.stage' : written) ?? [];
  if (match === undefined || isOpen(written)) return unknown;
  const start = file === undefined ? root : findFile(file.trim());
  const keys = path === '' ? [] : path.split('.');
  const node = keys.reduce<DocumentNode | undefined>((parent, key) => getChild(include(parent, findFile), key), start);
  return node === undefined ? unknown : evaluate(node);
}

/** Matches a text that includes a whole file: `custom: ${file(./custom.yml)}`. */
const wholeFile = /^\$\{file\(([^()$]*)\)\}$/;

/** A node, or the root of the file that it includes. */
function include(node: DocumentNode | undefined, findFile: Service['findFile']): DocumentNode | undefined {
  const [, file] = (node?.kind === 'scalar' && wholeFile.exec(node.text)) || [];
  return file === undefined ? node : findFile(file.trim());
}

/** A parameter has a value for each stage, or a default. */
function evaluateParameter(name: string, root: DocumentNode, evaluate: Evaluate): Values {
  const stages = getChild(root, 'params');
  const values = (stages?.kind === 'map' ? stages.entries.slice(0, maxParts) : []).flatMap(({ value }) => {
    const node = getChild(value, name);
    return node === undefined ? [] : evaluate(node);
  });
  return values.length === 0 ? unknown : toUniqueValues(values);
}
