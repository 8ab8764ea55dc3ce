/** The first `limit` rows in an order, without sorting the others. Rows that are equal keep their order. */
export function selectFirst<T>(rows: Iterable<T>, limit: number, compare: (a: T, b: T) => number): T[] {
  const first: T[] = [];
  /** Rows that do not come before this one are not among the first. */
  let last: T | undefined;
  for (const row of rows) {
    if (last !== undefined && compare(row, last) >= 0) continue;
    first.push(row);
    if (first.length < 2 * limit) continue;
    first.sort(compare).length = limit;
    last = first.at(-1);
  }
  return first.sort(compare).slice(0, limit);
}
