import type { ViewRange } from './protocol.ts';

/** The range to request: two more screens in every direction, so that scrolling seldom waits for an answer. */
export const extendRange = (visible: ViewRange): ViewRange => addScreens(visible, 2);

/** Whether scrolling would soon leave the requested range: less than one screen is left in some direction. */
export function needsMore(requested: ViewRange, visible: ViewRange): boolean {
  const wanted = addScreens(visible, 1);
  return (
    wanted.first < requested.first ||
    wanted.first + wanted.count > requested.first + requested.count ||
    wanted.firstColumn < requested.firstColumn ||
    wanted.firstColumn + wanted.columnCount > requested.firstColumn + requested.columnCount
  );
}

function addScreens({ first, count, firstColumn, columnCount }: ViewRange, screens: number): ViewRange {
  const start = Math.max(0, first - screens * count);
  const startColumn = Math.max(0, firstColumn - screens * columnCount);
  return {
    first: start,
    count: first - start + (screens + 1) * count,
    firstColumn: startColumn,
    columnCount: firstColumn - startColumn + (screens + 1) * columnCount,
  };
}
