import type { Size } from '../../config-service/index.ts';

/** The large estate beside the demo: ten million rows. */
export const large: Size = { accounts: 12_000, regions: 17, packs: 50 };

/** The account where its aggregator is. */
export const largeHome = '100000000000';
