import { getPartition } from '../partitions.ts';

/** The regions of the partition `aws` that every account has. Later regions are off until an account enables them. */
const defaultRegions: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
]);

/** Whether AWS certainly has a region. */
export const isDefaultRegion = (region: string): boolean => defaultRegions.has(region);

/** Whether a region may be disabled for an account. Other partitions have no such regions. */
export const isOptInRegion = (region: string): boolean =>
  !defaultRegions.has(region) && getPartition(region).name === 'aws';
