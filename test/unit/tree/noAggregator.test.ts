import assert from 'node:assert/strict';
import type { ConfigService } from '../../config-service/index.ts';
import { withOpenTree } from '../../support/tree/openTree.ts';
import { render } from './rendering.ts';

const gone: ConfigService['faults'] = {
  refuse: {
    GetAggregateConformancePackComplianceSummary: { name: 'NoSuchConfigurationAggregatorException' },
    DescribeConfigurationAggregatorSourcesStatus: { name: 'NoSuchConfigurationAggregatorException' },
  },
};

describe('an aggregator that is gone', () => {
  it('is followed by those that there are, through whichever connection', () =>
    withOpenTree({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async ({ service, shown }) => {
      service.faults = gone;
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
