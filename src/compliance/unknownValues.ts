/** The members of an object; empty if the value is not an object. */
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Whether a value is an object with a `kind`, the tag of our unions such as tree nodes. */
export const hasKind = (value: unknown): boolean => typeof asRecord(value).kind === 'string';
