import { assertGolden } from '../../support/golden.ts';
import { withTree } from '../../support/tree/openTree.ts';
import { callTool, formatOutput, tools } from './callTool.ts';

describe('tools on the demo estate', () => {
  it('return scores, lowest first', () =>
    withTree({}, async ({ estate }) => {
      assertGolden(
        import.meta.url,
        'scores.txt',
        formatOutput(await callTool(tools.scores, estate, { input: { limit: 5 } })),
      );
    }));

  it('return the rules of a pack with failing resources', () =>
    withTree({}, async ({ estate }) => {
      const input = { name: 'operational-best-practices-for-amazon-s3', maxResources: 2 };
      assertGolden(
        import.meta.url,
        'packDetails.txt',
        formatOutput(await callTool(tools.packDetails, estate, { input })),
      );
    }));

  it('return the rows and counts of an aggregator', () =>
    withTree({}, async ({ estate }) => {
      const input = { aggregator: 'organization', status: 'NON_COMPLIANT', limit: 3, countBy: 'region' } as const;
      assertGolden(
        import.meta.url,
        'aggregate.txt',
        formatOutput(await callTool(tools.aggregateCompliance, estate, { input })),
      );
    }));

  it('return the worst accounts and packs of an aggregator, and what lacks them', () =>
    withTree({}, async ({ estate }) => {
      const input = { aggregator: 'organization', limit: 2 };
      assertGolden(
        import.meta.url,
        'overview.txt',
        formatOutput(await callTool(tools.organizationOverview, estate, { input })),
      );
    }));

  it('return the rules that fail in most accounts of an aggregator', () =>
    withTree({}, async ({ estate }) => {
      const input = { aggregator: 'organization', limit: 2 };
      assertGolden(
        import.meta.url,
        'aggregateRules.txt',
        formatOutput(await callTool(tools.aggregateRules, estate, { input })),
      );
    }));

  it('report denied requests', () =>
    withTree({ attempts: 1 }, async ({ estate, service }) => {
      const denied = { name: 'AccessDeniedException' };
      service.faults = {
        refuse: { ListConformancePackComplianceScores: denied, DescribeConformancePackStatus: denied },
      };
      assertGolden(
        import.meta.url,
        'scores-denied.txt',
        formatOutput(await callTool(tools.scores, estate, { input: {} })),
      );
    }));
});
