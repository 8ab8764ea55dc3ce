import { OPEN, type Value, type Values } from '../values.ts';

/** A function's possible results. They include the result for every substitution of the arguments' unknown parts. */
export type TerraformFunction = (...args: readonly Value[]) => Values;

const isNumeric = (text: string): boolean => /^-?\d{1,15}(\.\d{1,15})?$/.test(text);

/** Terraform converts texts to numbers. */
export function toNumber(value: Value): Value {
  if (value === null || typeof value === 'number') return value;
  return typeof value === 'string' && isNumeric(value) ? Number(value) : OPEN;
}

export function toInteger(value: Value): number | undefined {
  const number = toNumber(value);
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}
