/** One line of the bench's table. */
export interface Measurement {
  readonly what: string;
  readonly ours: string;
  /** The same of something else, measured in the same run. */
  readonly beside: string;
  /** What must hold; absent where a number is only told. */
  readonly bound?: string;
  readonly holds?: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

/** How long `run` takes, in milliseconds. */
export async function measureTime(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export const formatMilliseconds = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ms`;

export const formatKilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

/** Ours beside another of the same run, with how many times as long ours takes at most. */
export function compareTimes(what: string, ours: number, other: number, otherName: string, most?: number): Measurement {
  const line = { what, ours: formatMilliseconds(ours), beside: `${otherName} ${formatMilliseconds(other)}: ×${(ours / other).toFixed(2)}` };
  return most === undefined ? line : { ...line, bound: `≤ ×${most}`, holds: ours / other <= most };
}
