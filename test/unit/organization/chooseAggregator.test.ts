import assert from 'node:assert/strict';
import { generatedEstate } from '../../config-service/index.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { withOpenTree } from '../../support/tree/openTree.ts';

describe('chooseAggregator', () => {
  before(stubVSCode);

  it('takes that of the selected node, and the only one where the node has none', () =>
    withOpenTree({ estate: generatedEstate({ accounts: 2, regions: 1, packs: 3 }) }, async ({ shown, estate }) => {
      const { chooseAggregator } = await import('../../../src/views/organization/chooseAggregator.ts');
      const stores = [estate.getStore({})];
      const [pack] = shown.nodesOfKind('pack');
      const [aggregator] = shown.nodesOfKind('aggregator');
      assert(pack && aggregator);
      for (const args of [undefined, pack, aggregator, shown.nodesOfKind('scope')[0]])
        assert.equal((await chooseAggregator(stores, args))?.name, aggregator.aggregator.name);
    }));
});
