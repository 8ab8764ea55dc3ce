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

/** Opens everything there is, with what goes wrong from the first request on. */
function troubled(
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

const packsAlone: Faults = { only: ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'] };

describe('what a person reads in trouble', () => {
  it('permitted the three operations alone, with an aggregator named in the settings', () =>
    troubled(
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

  it('with scores denied', () =>
    troubled('denied-scores', { refuse: { ListConformancePackComplianceScores: denied } }));

  it('with deployments denied', () => troubled('denied-status', { refuse: { DescribeConformancePackStatus: denied } }));

  it('with both denied', () =>
    troubled('denied-packs', {
      refuse: { ListConformancePackComplianceScores: denied, DescribeConformancePackStatus: denied },
    }));

  it('with summaries denied', () =>
    troubled('denied-summary', { refuse: { GetAggregateConformancePackComplianceSummary: denied } }));

  it('with summaries and rows denied', () =>
    troubled('denied-summary-and-rows', {
      refuse: {
        GetAggregateConformancePackComplianceSummary: denied,
        DescribeAggregateComplianceByConformancePacks: denied,
      },
    }));

  const openPack = 'operational-best-practices-for-amazon-s3';

  it('with rules denied', () =>
    troubled('denied-rules', { refuse: { DescribeConformancePackCompliance: denied } }, { openPack }));

  it('with results denied', () =>
    troubled('denied-results', { refuse: { GetConformancePackComplianceDetails: denied } }, { openPack }));

  it('with aggregators denied and none named', () =>
    troubled('denied-aggregators', { refuse: { DescribeConfigurationAggregators: denied } }));

  it('with an aggregator named that does not exist', () =>
    troubled(
      'unknown-aggregator',
      { refuse: { DescribeConfigurationAggregators: denied } },
      { aggregatorNames: ['mistyped'] },
    ));

  it('signed out', () => troubled('signed-out', {}, { signedOut: true }));

  it('signed out in two regions', () =>
    troubled(
      'signed-out-twice',
      {},
      { signedOut: true, connections: [{ region: 'us-east-1' }, { region: 'eu-west-1' }] },
    ));

  it('with a session that has expired', () => troubled('expired', { expiredCredentials: true }));

  it('throttled until the SDK gives up', () => troubled('throttled', { throttleEvery: 1 }));

  it('with packs throttled alone', () => troubled('throttled-packs', { ...packsAlone, throttleEvery: 1 }));

  it('behind a proxy that answers with a page of its own', () => troubled('proxy', { htmlErrorEvery: 1 }));

  it('with a proxy’s page in the place of the packs', () =>
    troubled('proxy-packs', { ...packsAlone, htmlErrorEvery: 1 }));

  it('with answers about packs that stop half-way', () => troubled('half', { ...packsAlone, truncateEvery: 1 }));

  it('with every connection reset', () => troubled('reset', { resetEvery: 1 }));

  const empty = generatedEstate({ accounts: 1, regions: 1, packs: 0 }, noon);
  const elsewhere = { estate: empty, connections: [{ region: 'eu-west-1' }] };

  it('in an account without packs and aggregators', () => troubled('empty', {}, elsewhere));

  it('in an account without packs that has an aggregator', () =>
    troubled('empty-with-aggregator', {}, { estate: empty }));

  it('where AWS Config is not set up', () =>
    troubled(
      'not-set-up',
      { refuse: { ListConformancePackComplianceScores: noRecorder, DescribeConformancePackStatus: noRecorder } },
      elsewhere,
    ));
});
