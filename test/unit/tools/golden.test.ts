import { assertGolden } from '../../support/golden.ts';
import { withTree } from '../tree/openTree.ts';
import { ask, shown, tools } from './asking.ts';

describe('what the tools answer of the demo estate', () => {
  it('scores, worst first', () =>
    withTree({}, async ({ estate }) => {
      assertGolden(import.meta.url, 'scores.txt', shown(await ask(tools.scores, estate, { input: { limit: 5 } })));
    }));

  it('a pack’s rules with what fails them', () =>
    withTree({}, async ({ estate }) => {
      const input = { name: 'operational-best-practices-for-amazon-s3', maxResources: 2 };
      assertGolden(import.meta.url, 'packDetails.txt', shown(await ask(tools.packDetails, estate, { input })));
    }));

  it('an aggregator’s rows and counts', () =>
    withTree({}, async ({ estate }) => {
      const input = { aggregator: 'organization', status: 'NON_COMPLIANT', limit: 3, countBy: 'region' } as const;
      assertGolden(import.meta.url, 'aggregate.txt', shown(await ask(tools.aggregateCompliance, estate, { input })));
    }));

  it('a role that may do nothing but name itself', () =>
    withTree({ attempts: 1 }, async ({ estate, service }) => {
      const denied = { name: 'AccessDeniedException' };
      service.faults = {
        refuse: { ListConformancePackComplianceScores: denied, DescribeConformancePackStatus: denied },
      };
      assertGolden(import.meta.url, 'scores-denied.txt', shown(await ask(tools.scores, estate, { input: {} })));
    }));
});
