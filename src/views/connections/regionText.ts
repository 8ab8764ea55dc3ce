import type { RegionInForce } from '../../compliance/errorDetails.ts';
import { formatOrigin } from '../../compliance/text/errorKinds/valueOrigin.ts';

/** Formats a region in force, such as `us-east-1 from the environment variable AWS_REGION`. */
export const formatRegionInForce = ({ region, origin }: RegionInForce): string =>
  origin ? `${region} from ${formatOrigin(origin)}` : region;
