/** A measurement, and what it was compared with in the same run. */
export interface Measurement {
  readonly name: string;
  /** Every measured value, by its meaning and unit. */
  readonly figures: Readonly<Record<string, number>>;
  /** The value and the comparison as text for the table. */
  readonly value: string;
  readonly comparison?: string;
  /** The condition that must hold. A measurement without a bound is for information only. */
  readonly bound?: string;
  readonly holds?: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

/** Returns how long `run` takes, in milliseconds. */
export async function measureTime(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export const formatMilliseconds = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ms`;

export const formatKilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

/** Compares our time with that of something else, both in milliseconds. `maxRatio` is the bound of their ratio. */
export function compareTimes(
  name: string,
  milliseconds: number,
  otherMilliseconds: number,
  otherName: string,
  maxRatio?: number,
): Measurement {
  const ratio = milliseconds / otherMilliseconds;
  const measurement: Measurement = {
    name,
    figures: { milliseconds, otherMilliseconds, ratio },
    value: formatMilliseconds(milliseconds),
    comparison: `${otherName} ${formatMilliseconds(otherMilliseconds)}: ×${ratio.toFixed(2)}`,
  };
  return maxRatio === undefined ? measurement : { ...measurement, bound: `≤ ×${maxRatio}`, holds: ratio <= maxRatio };
}
