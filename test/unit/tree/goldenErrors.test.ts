import { type ConfigService, generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withTree } from '../../support/tree/openTree.ts';
import { render } from './rendering.ts';

type Faults = ConfigService['faults'];

const denied = { name: 'AccessDeniedException' };
const noRecorder = {
  name: 'NoAvailableConfigurationRecorderException',
  message: 'No configuration recorder is available.',
};

/** Expands the tree while `faults` apply to every request, and compares it with the golden file. */
function assertTree(
  name: string,
  faults: Faults,
  options: TreeOptions & { readonly openPack?: string } = {},
): Promise<void> {
  return withTree({ attempts: 1, ...options }, async ({ service, shown }: OpenTree) => {
    service.faults = faults;
    shown.open();
    await shown.waitUntilIdle();
    for (const node of shown.nodesOfKind('aggregator')) {
      if (node.aggregator.name !== 'organization') shown.expand(node);
    }
    for (const node of shown.nodesOfKind('pack')) if (node.pack.name === options.openPack) shown.expand(node);
    await shown.waitUntilIdle();
    assertGolden(import.meta.url, `${name}.txt`, render(shown, { tooltips: shown.nodesOfKind('pack').length === 0 }));
  });
}

const packsOnly: Faults = { only: ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'] };

describe('tree rows with errors', () => {
  it('need only the three permitted operations, with an aggregator in the settings', () =>
    assertTree(
      'three-operations',
      {
        refuse: {
          GetCallerIdentity: denied,
          DescribeConfigurationAggregators: denied,
          GetAggregateConformancePackComplianceSummary: denied,
        },
      },
      { aggregatorNames: ['payments-and-orders'] },
    ));

  it('show denied scores', () =>
    assertTree('denied-scores', { refuse: { ListConformancePackComplianceScores: denied } }));

  it('show denied deployments', () =>
    assertTree('denied-status', { refuse: { DescribeConformancePackStatus: denied } }));

  it('show denied scores and deployments', () =>
    assertTree('denied-packs', {
      refuse: { ListConformancePackComplianceScores: denied, DescribeConformancePackStatus: denied },
    }));

  it('show a denied summary', () =>
    assertTree('denied-summary', { refuse: { GetAggregateConformancePackComplianceSummary: denied } }));

  it('show a denied summary and denied rows', () =>
    assertTree('denied-summary-and-rows', {
      refuse: {
        GetAggregateConformancePackComplianceSummary: denied,
        DescribeAggregateComplianceByConformancePacks: denied,
      },
    }));

  const openPack = 'operational-best-practices-for-amazon-s3';

  it('show denied rules', () =>
    assertTree('denied-rules', { refuse: { DescribeConformancePackCompliance: denied } }, { openPack }));

  it('show denied results', () =>
    assertTree('denied-results', { refuse: { GetConformancePackComplianceDetails: denied } }, { openPack }));

  it('show denied aggregators', () =>
    assertTree('denied-aggregators', { refuse: { DescribeConfigurationAggregators: denied } }));

  it('show a missing aggregator', () =>
    assertTree(
      'unknown-aggregator',
      { refuse: { DescribeConfigurationAggregators: denied } },
      { aggregatorNames: ['mistyped'] },
    ));

  it('show a signed-out connection', () => assertTree('signed-out', {}, { signedOut: true }));

  it('show a signed-out profile in two regions', () =>
    assertTree(
      'signed-out-twice',
      {},
      { signedOut: true, connections: [{ region: 'us-east-1' }, { region: 'eu-west-1' }] },
    ));

  it('show an expired session', () => assertTree('expired', { expiredCredentials: true }));

  it('show throttling of all requests', () => assertTree('throttled', { throttleEvery: 1 }));

  it('show throttling of the pack requests', () => assertTree('throttled-packs', { ...packsOnly, throttleEvery: 1 }));

  it('show HTML responses of a proxy', () => assertTree('proxy', { htmlErrorEvery: 1 }));

  it('show HTML responses to the pack requests', () => assertTree('proxy-packs', { ...packsOnly, htmlErrorEvery: 1 }));

  it('show truncated responses to the pack requests', () => assertTree('half', { ...packsOnly, truncateEvery: 1 }));

  it('show connection resets', () => assertTree('reset', { resetEvery: 1 }));

  const empty = generatedEstate({ accounts: 1, regions: 1, packs: 0 }, noon);
  const otherRegion = { estate: empty, connections: [{ region: 'eu-west-1' }] };

  it('are replaced by a welcome in an account without packs and aggregators', () =>
    assertTree('empty', {}, otherRegion));

  it('show a note in an account without packs that has an aggregator', () =>
    assertTree('empty-with-aggregator', {}, { estate: empty }));

  it('are replaced by a welcome if AWS Config is not set up', () =>
    assertTree(
      'not-set-up',
      { refuse: { ListConformancePackComplianceScores: noRecorder, DescribeConformancePackStatus: noRecorder } },
      otherRegion,
    ));
});
