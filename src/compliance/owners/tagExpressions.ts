import { quoteValue } from '../source.ts';

/** The limit of AWS Config for an expression, in characters. */
export const maxExpressionLength = 4096;

/** The most resources in one expression: their rows fit one page, unless types share an ID. */
const maxIds = 100;

const prefix = 'SELECT resourceId, resourceType, tags WHERE resourceId IN (';

/**
 * Expressions that select the tags of these resources, as few as the limits allow. Tag names are no part of them: all
 * tags are selected, so that a resource without the tag differs from one that is not recorded. An ID that is too long
 * for an expression, which AWS Config does not record either, is left out.
 */
export function createTagExpressions(ids: Iterable<string>): readonly string[] {
  const expressions: string[] = [];
  let values: string[] = [];
  let length = 0;
  const flush = () => {
    if (values.length > 0) expressions.push(`${prefix}${values.join(', ')})`);
    values = [];
    length = prefix.length + 1;
  };
  flush();
  for (const id of new Set(ids)) {
    const value = quoteValue(id);
    if (id === '' || value.length + prefix.length + 1 > maxExpressionLength) continue;
    if (values.length === maxIds || length + value.length + 2 > maxExpressionLength) flush();
    values.push(value);
    length += value.length + 2;
  }
  flush();
  return expressions;
}
