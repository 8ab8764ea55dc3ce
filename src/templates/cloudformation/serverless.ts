import { concatenate, OPEN, unknown, type Values } from '../values.ts';
import { type DocumentNode, getChild } from './tree.ts';

/** Matches a variable, which may have another one in it: `${self:custom.name}`, `${opt:stage, ${self:provider.stage}}`. */
const variable = /(\$\{(?:env|file|opt|param|self|sls|ssm)[:(][^{}]*(?:\$\{[^{}]*\}[^{}]*)?\})/;

/** A comma between the alternatives of a variable. */
const comma = /,(?![^{]*\})/;

/** Replaces the variables of a Serverless file by what it says itself. `root` is the whole file. */
export const replaceServerlessVariables = (
  text: string,
  root: DocumentNode,
  evaluate: (node: DocumentNode) => Values,
): Values =>
  concatenate(
    text
      .split(variable)
      .map((part, index) => (index % 2 === 0 ? [part] : evaluateVariable(part.slice(2, -1), root, evaluate))),
  );

/** The first alternative that is known. Options and environment variables are often not set. */
function evaluateVariable(content: string, root: DocumentNode, evaluate: (node: DocumentNode) => Values): Values {
  for (const alternative of content.split(comma)) {
    const values = evaluateAlternative(alternative.trim(), root, evaluate);
    if (values.some((value) => value !== OPEN)) return values;
  }
  return unknown;
}

function evaluateAlternative(written: string, root: DocumentNode, evaluate: (node: DocumentNode) => Values): Values {
  const [, , text] = /^(["'])(.*)\1$/.exec(written) ?? [];
  if (text !== undefined) return [text];
  const [, inner] = /^\$\{(.*)\}$/.exec(written) ?? [];
  if (inner !== undefined) return evaluateVariable(inner, root, evaluate);
  const [, path] = /^self:([\w.-]+)$/.exec(written === 'sls:stage' ? 'self:provider.stage' : written) ?? [];
  const node = path?.split('.').reduce<DocumentNode | undefined>((parent, key) => getChild(parent, key), root);
  return node === undefined ? unknown : evaluate(node);
}
