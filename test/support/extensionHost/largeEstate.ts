import type { Size } from '../../config-service/index.ts';

/** The size of the generated estate that is served with the demo estate: ten million rows. */
export const largeEstateSize: Size = { accounts: 12_000, regions: 17, packs: 50 };

/** The account of the generated estate's aggregator. */
export const largeEstateAccount = '100000000000';
