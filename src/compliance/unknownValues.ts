/** The members of an object; empty if the value is not an object. */
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

export const isString = (value: unknown): value is string => typeof value === 'string';

/** Whether a value is an integer from 0 on. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Whether a value is an object with a `kind`, the tag of our unions such as tree nodes. */
export const hasKind = (value: unknown): boolean => typeof asRecord(value).kind === 'string';
