import { createEmbeddedText, type EmbeddedText } from '../cloudformation/tree.ts';
import { readBody } from '../expressions/body.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import { shiftExpression } from '../expressions/ranges.ts';
import type { TemplateDocument } from '../model.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import { decodeEscapes } from '../syntax/json.ts';
import type { Configuration } from './blocks.ts';

/** Characters, several times the service's limit for a template body. */
const maxLength = 250_000;

/** Locals that are followed to a body. */
const maxLocals = 4;

/** The text of a template body: a string, a heredoc or what functions write. It may be in a local of the document. */
export function readTemplateBody(
  body: Attribute,
  { path, text }: TemplateDocument,
  configuration: Configuration,
): EmbeddedText | undefined {
  const findDeclaration = (expression: Expression) => findLocal(expression, configuration);
  let expression = toAbsolute(body);
  for (let count = 0; count < maxLocals; count++) expression = findDeclaration(expression) ?? expression;
  if (expression.kind === 'literal' || expression.kind === 'template') return readString(expression, text);
  // An expression in a JSON string has no positions of its own.
  return path.endsWith('.json') ? undefined : readBody(expression, { text, language: 'terraform', findDeclaration });
}

const toAbsolute = ({ base, getExpression }: Attribute): Expression => shiftExpression(getExpression(), base);

/** The value of `local.name` or `"${local.name}"` if the document contains it. */
function findLocal(expression: Expression, configuration: Configuration): Expression | undefined {
  const [part] = expression.kind === 'template' && expression.parts.length === 1 ? expression.parts : [expression];
  const [root, name = '', ...rest] = (typeof part === 'object' && getPath(part)) || [];
  if (root !== 'local' || rest.length > 0) return undefined;
  const block = configuration.getBlocks('locals').find(({ attributes }) => attributes.has(name));
  const local = block?.attributes.get(name);
  return local && toAbsolute(local);
}

function readString({ inner }: Expression & { kind: 'literal' | 'template' }, text: string): EmbeddedText | undefined {
  if (inner === undefined || inner.end - inner.start > maxLength) return undefined;
  const written = text.slice(inner.start, inner.end);
  return text.charAt(inner.start - 1) === '"'
    ? decodeEscapes(written, inner.start)
    : createEmbeddedText(written, inner.start);
}
