// Values of responses. Nearly every member is optional in the API model, and none is trusted to have its type.

/** Parses text to show. A value of another type is shown as it came, and one with members as its kind. */
export function parseText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'object') return Array.isArray(value) ? '[…]' : '{…}';
  return String(value);
}

/** Parses text that identifies something. */
export const parseName = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const parseNames = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((each) => parseName(each) ?? []) : [];

/** The end of the year 9999, after which ISO 8601 has no form that all programs read. Epoch seconds. */
const maxSeconds = 253_402_300_800;

/** Parses epoch seconds to epoch milliseconds; undefined if they are no time of this era. */
export function parseTime(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 0 && seconds < maxSeconds ? Math.round(seconds * 1000) : undefined;
}

/** Parses a count; an absent one is 0, and an impossible one undefined. */
export function parseCount(value: unknown = 0): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}
