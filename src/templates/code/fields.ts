import type { SyntaxNode } from '@lezer/common';
import type { Field } from './declarations.ts';

/** Fields of a class that are read. */
const maxFields = 50;

/** The maximum length of a class, in characters. The fields of a longer one are unknown. */
const maxClassLength = 20_000;

/**
 * The fields that have one value from the constructor on: those that a class defines or assigns to once. `pattern`
 * matches each assignment, with the name as its first group. Undefined if the class is too long.
 */
export function selectFinalFields(
  fields: readonly Field[],
  { from, to }: SyntaxNode,
  text: string,
  pattern: RegExp,
): readonly Field[] | undefined {
  if (to - from > maxClassLength) return undefined;
  const names = [...text.slice(from, to).matchAll(pattern)].flatMap(([, name = '']) => name);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const final = fields.map((field): Field => {
    const count = (counts.get(field.name) ?? 0) + (field.isAssigned || field.value === undefined ? 0 : 1);
    const isFinal = field.argument === undefined ? count <= 1 : !counts.has(field.name);
    return isFinal ? field : { ...field, argument: undefined, value: undefined };
  });
  return final.slice(0, maxFields);
}
