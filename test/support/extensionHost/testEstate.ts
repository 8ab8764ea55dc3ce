import { combineEstates, demoEstate, generatedEstate } from '../../config-service/index.ts';

/** The account with the aggregator of the large estate. */
export const largeEstateAccount = '100000000000';

/** Creates the estate of the tests in the extension host: the demo, and a generated estate of ten million rows. */
export const createTestEstate = () =>
  combineEstates(demoEstate(), generatedEstate({ accounts: 12_000, regions: 17, packs: 50 }));
