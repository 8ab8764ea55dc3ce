import { type Filter, isFiltered } from '../../compliance/filter.ts';
import { describeFilter } from '../../compliance/text/filterText.ts';
import { formatTimeOfDay } from '../../compliance/text/time.ts';

/** A region that AWS throttles. */
export interface ThrottledRegion {
  readonly region: string;
  /** When its requests continue, epoch milliseconds. */
  readonly until: number;
}

/** Formats the message above the tree; empty if nothing is throttled or filtered and no sample is shown. */
export function formatViewMessage(filter: Filter, throttled: ThrottledRegion | undefined, isSample: boolean): string {
  return [
    isSample && 'Sample data: nothing here is read from AWS.',
    throttled && `AWS is throttling ${throttled.region}: waiting until about ${formatTimeOfDay(throttled.until)}.`,
    isFiltered(filter) && `Filter: ${describeFilter(filter)} — “Clear Filter” in the title bar shows everything again.`,
  ]
    .filter(Boolean)
    .join(' ');
}
