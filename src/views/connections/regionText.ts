import type { ValueOrigin } from '../../compliance/errors.ts';
import { formatOrigin } from '../../compliance/text/errorKinds/valueOrigin.ts';

/** The region that requests of a connection go to, and where it is set. */
export interface RegionInForce {
  readonly region: string;
  readonly origin: ValueOrigin | undefined;
}

/** Formats a region in force, such as `us-east-1 from the environment variable AWS_REGION`. */
export const formatRegionInForce = ({ region, origin }: RegionInForce): string =>
  origin ? `${region} from ${formatOrigin(origin)}` : region;
