import assert from 'node:assert/strict';
import type { ConfigService } from '../../config-service/index.ts';
import { withOpenTree } from '../../support/tree/openTree.ts';
import { render } from './rendering.ts';

const missingAggregator: ConfigService['faults'] = {
  refuse: {
    GetAggregateConformancePackComplianceSummary: { name: 'NoSuchConfigurationAggregatorException' },
    DescribeConfigurationAggregatorSourcesStatus: { name: 'NoSuchConfigurationAggregatorException' },
  },
};

describe('a missing aggregator', () => {
  it('is followed by notes that name the existing ones of all connections', () =>
    withOpenTree({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async ({ service, shown }) => {
      service.faults = missingAggregator;
      const [organization] = shown.nodesOfKind('aggregator');
      assert(organization);
      shown.expand(organization);
      await shown.waitUntilIdle();
      assert.equal(
        render(shown).split('\n').slice(2, 6).join('\n'),
        [
          '▾ organization | us-east-1 | organization',
          '  No such aggregator | Check the names in the setting packscope.aggregators and the region. | error',
          '  payments-and-orders | exists in 318604927715 · us-east-1 | info',
          '▸ payments-and-orders | us-east-1 | organization',
        ].join('\n'),
      );
    }));
});
