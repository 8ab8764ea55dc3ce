import type { Filter } from '../filter.ts';
import { formatCompliance } from './states.ts';

/** Formats a filter, such as `non-compliant · score below 80 · region us-east-1`. */
export function describeFilter({ compliance, scoreBelow, name, nameContains, account, region }: Filter): string {
  return [
    compliance && formatCompliance(compliance),
    scoreBelow !== undefined && `score below ${scoreBelow}`,
    name !== undefined && `name is “${name}”`,
    nameContains !== undefined && `name contains “${nameContains}”`,
    account !== undefined && `account ${account}`,
    region !== undefined && `region ${region}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ');
}
