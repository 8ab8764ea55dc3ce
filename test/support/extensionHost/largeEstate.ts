import type { Size } from '../../config-service/index.ts';

/** The large estate beside the demo: ten million rows. */
export const largeEstateSize: Size = { accounts: 12_000, regions: 17, packs: 50 };

/** The account where its aggregator is. */
export const largeEstateAccount = '100000000000';
