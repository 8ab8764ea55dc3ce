/** A value at a time. */
export interface TrendPoint {
  /** Epoch milliseconds. */
  readonly at: number;
  /** 0–100. */
  readonly percent: number;
}

/** A position in the chart. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** A mark of an axis: where it is, and its value in percent or epoch milliseconds. */
export interface Tick {
  readonly position: number;
  readonly value: number;
}

export interface TrendChart {
  /** The points that lines connect. A single point is a line of its own. */
  readonly lines: readonly (readonly ChartPoint[])[];
  readonly percentTicks: readonly Tick[];
  readonly timeTicks: readonly Tick[];
  /** The height of the target line, if there is a target. */
  readonly targetY: number | undefined;
}

/** The size of the chart and of the space around its area, in units of the drawing. */
export const chartSize = { width: 640, height: 200, left: 44, right: 12, top: 10, bottom: 24 } as const;

/** Between scores that are further apart, nothing is known: no line connects them. Milliseconds. */
export const maxGap = 3 * 86_400_000;

/** The smallest range of the vertical axis, so that small changes do not look large. Points. */
const minRange = 20;

/** Whether nothing is known between two scores. */
const isGapBetween = (before: TrendPoint, after: TrendPoint): boolean => after.at - before.at > maxGap;

/** Places points, oldest first, and a target, 0–100, if there is one, in a chart. There must be a point. */
export function layOutTrend(points: readonly TrendPoint[], target: number | undefined): TrendChart {
  const { width, height, left, right, top, bottom } = chartSize;
  const { min, max, step } = chooseRange([
    ...points.map(({ percent }) => percent),
    ...(target === undefined ? [] : [target]),
  ]);
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const getX = (at: number) => left + ((at - first) / Math.max(1, last - first)) * (width - left - right);
  const getY = (percent: number) => top + ((max - percent) / (max - min)) * (height - top - bottom);
  const lines: ChartPoint[][] = [];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    const placed = { x: getX(point.at), y: getY(point.percent) };
    if (!before || isGapBetween(before, point)) lines.push([placed]);
    else lines.at(-1)?.push(placed);
  }
  const percents = Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, index) => max - index * step);
  const times = first === last ? [first] : [0, 1, 2, 3].map((index) => first + ((last - first) * index) / 3);
  return {
    lines,
    percentTicks: percents.map((value) => ({ value, position: getY(value) })),
    timeTicks: times.map((value) => ({ value, position: getX(value) })),
    targetY: target === undefined ? undefined : getY(target),
  };
}

/** A range of tens that contains the values, and the distance of its ticks. */
function chooseRange(values: readonly number[]): { readonly min: number; readonly max: number; readonly step: number } {
  const [lowest, highest] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  let min = Math.floor(lowest / 10) * 10;
  const max = Math.min(100, Math.max(Math.ceil(highest / 10) * 10, min + minRange));
  min = Math.max(0, Math.min(min, max - minRange));
  const step = max - min > 50 ? 20 : 10;
  return { min: Math.max(0, max - Math.ceil((max - min) / step) * step), max, step };
}

/** A row of the table below the chart, newest first: a score, or a time without one. */
export type TrendRow =
  | { readonly kind: 'score'; readonly at: number; readonly percent: number; readonly change: number | undefined }
  | { readonly kind: 'gap'; readonly days: number };

/** The scores, newest first, each with the points since the one before. */
export function getTrendRows(points: readonly TrendPoint[]): readonly TrendRow[] {
  const rows = points.flatMap(({ at, percent }, index): TrendRow[] => {
    const before = points[index - 1];
    const row: TrendRow = { kind: 'score', at, percent, change: before && percent - before.percent };
    if (!before || !isGapBetween(before, { at, percent })) return [row];
    return [{ kind: 'gap', days: Math.floor((at - before.at) / 86_400_000) }, row];
  });
  return rows.reverse();
}
