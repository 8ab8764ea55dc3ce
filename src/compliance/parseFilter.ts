import type { Filter } from './filter.ts';
import { asRecord } from './unknownValues.ts';
import { isField, validate } from './validation.ts';

/** Parses a command argument. Returns undefined if it is not a filter; throws if a member has an invalid value. */
export function parseFilter(value: unknown): Filter | undefined {
  const record = asRecord(value);
  const names = Object.keys(record);
  if (names.length === 0 || !names.every(isField)) return undefined;
  assertFilter(record);
  return record;
}

/** Parses a stored filter. Returns undefined if it is not a valid filter. */
export function tryParseFilter(value: unknown): Filter | undefined {
  try {
    return parseFilter(value);
  } catch {
    return undefined;
  }
}

function assertFilter(record: Readonly<Record<string, unknown>>): asserts record is Filter & typeof record {
  for (const field of Object.keys(record).filter(isField)) {
    const message = validate(field, record[field]);
    if (message) throw new Error(`Filter by ${field}: ${message}`);
  }
}
