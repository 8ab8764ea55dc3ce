import { type Filter, isFiltered } from '../../compliance/filter.ts';
import { describeFilter } from '../../compliance/text/filterText.ts';
import { formatTimeOfDay } from '../../compliance/text/time.ts';

/** A region that AWS throttles. */
export interface ThrottledRegion {
  readonly region: string;
  /** When its requests continue, epoch milliseconds. */
  readonly until: number;
}

/** Formats the message above the tree; empty if nothing is throttled or filtered. */
export function formatViewMessage(filter: Filter, throttled: ThrottledRegion | undefined): string {
  return [
    throttled && `AWS is throttling ${throttled.region}: waiting until about ${formatTimeOfDay(throttled.until)}.`,
    isFiltered(filter) && `Filter: ${describeFilter(filter)} — “Clear Filter” in the title bar shows everything again.`,
  ]
    .filter(Boolean)
    .join(' ');
}
