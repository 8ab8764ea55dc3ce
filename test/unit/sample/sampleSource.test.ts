import assert from 'node:assert/strict';
import { asComplianceError } from '../../../src/compliance/errors.ts';
import { complianceTypes } from '../../../src/compliance/model.ts';
import { iteratePages } from '../../../src/compliance/paging/iteratePages.ts';
import type { ComplianceSource, OrganizationSource, Page, PageRequest } from '../../../src/compliance/source.ts';
import { asRecord } from '../../../src/compliance/unknownValues.ts';
import { SampleSource } from '../../../src/sample/sampleSource.ts';
import { demoEstate } from '../../config-service/estate/demo/demoEstate.ts';
import { createSampleData, createSampleFile } from '../../config-service/sampleFile.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { noon, withTree } from '../../support/tree/openTree.ts';

/** A request of one page, with a name for messages. */
type Query = readonly [string, (source: ComplianceSource, request: PageRequest) => Promise<Page<unknown>>];

const { signal } = new AbortController();
const estate = demoEstate(noon);
const { home } = estate;
const packs = [...estate.packNames(home), 'unknown'];
const aggregators = ['organization', 'payments-and-orders', 'unknown'];
/** Account and region of the caller, another, and one without configuration items. */
const scopes = [
  home,
  { account: '467120985533', region: 'eu-central-1' },
  { account: '895203741168', region: 'eu-central-1' },
];
const filters = [
  {},
  { account: '467120985533' },
  { region: 'eu-central-1' },
  home,
  ...complianceTypes.map((compliance) => ({ compliance })),
];

/** Every request that the port has, for every pack and aggregator and for one that does not exist. */
const queries: readonly Query[] = [
  ...(['score', 'name'] as const).flatMap((by) =>
    [true, false].map(
      (descending): Query => [
        `scores by ${by}, ${descending}`,
        (source, request) => source.listScores(request, { by, descending }),
      ],
    ),
  ),
  ['two scores', (source, request) => source.listScores(request, { by: 'name', descending: false }, packs.slice(-2))],
  ['deployments', (source, request) => source.listDeployments(request)],
  ['two deployments', (source, request) => source.listDeployments(request, packs.slice(-2))],
  ...packs.flatMap((pack): Query[] => [
    [`rules of ${pack}`, (source, request) => source.listRules(request, pack)],
    [`failures of ${pack}`, (source, request) => source.listEvaluations(request, pack, 'NON_COMPLIANT')],
    [`passing results of ${pack}`, (source, request) => source.listEvaluations(request, pack, 'COMPLIANT')],
  ]),
  ['aggregators', (source, request) => source.listAggregators(request)],
  ...aggregators.flatMap((aggregator): Query[] => [
    [`sources of ${aggregator}`, (source, request) => source.listUnhealthySources(request, aggregator)],
    ...filters.flatMap((filter): Query[] => {
      const title = `of ${aggregator} ${JSON.stringify(filter)}`;
      return [
        [`rows ${title}`, (source, request) => source.listRows(request, aggregator, filter)],
        [`accounts ${title}`, (source, request) => source.listPackCounts(request, aggregator, 'account', filter)],
        [`regions ${title}`, (source, request) => source.listPackCounts(request, aggregator, 'region', filter)],
        ask(`rules ${title}`, (source, request) => source.listAggregateRules(request, aggregator, filter)),
      ];
    }),
    [`rows of a pack`, (source, request) => source.listRows(request, aggregator, { pack: packs[0] ?? '' })],
  ]),
  ...scopes.flatMap(({ account, region }) =>
    estate.packNames({ account, region }).flatMap((pack): Query[] => {
      const { id = '' } = estate.pack({ account, region }, pack) ?? {};
      const rule = `iam-password-policy-${id}`;
      const title = `of ${pack} in ${account} ${region}`;
      return [
        ask(`item ${title}`, (source, request) =>
          source.listPackItems(request, 'organization', { account, region }, pack),
        ),
        ...(['NON_COMPLIANT', 'COMPLIANT'] as const).map((compliance) =>
          ask(`${compliance} results ${title}`, (source, request) =>
            source.listAggregateEvaluations(request, 'organization', { account, region, rule }, compliance),
          ),
        ),
      ];
    }),
  ),
  ask('organization packs', (source, request) => source.listOrganizationPacks(request)),
  ask('organization states', (source, request) => source.listOrganizationPackStatuses(request)),
  ...['data-protection', 'security-baseline'].flatMap((pack) => [
    ask(`rollout of ${pack}`, (source, request) => source.listOrganizationRollout(request, pack, {})),
    ask(`failed rollout of ${pack}`, (source, request) =>
      source.listOrganizationRollout(request, pack, { state: 'CREATE_FAILED' }),
    ),
    ...estate.accounts.map(
      (account): Query => [
        `names of ${pack} in ${account}`,
        (source, request) => source.listOrganizationPackNames(request, pack, account),
      ],
    ),
  ]),
];

/** A request to the organization. */
function ask(name: string, send: (source: OrganizationSource, request: PageRequest) => Promise<Page<unknown>>): Query {
  return [name, (source, request) => source.requestOrganization(request.signal, (each) => send(each, request))];
}

/** All rows, or the kind of the error. */
async function readAll(source: ComplianceSource, [, send]: Query): Promise<unknown> {
  const rows: unknown[] = [];
  try {
    const pages = iteratePages(
      (request) => send(source, request),
      signal,
      () => true,
    );
    for await (const page of pages) rows.push(...page);
    return rows.map(sortRules);
  } catch (thrown) {
    return asComplianceError(thrown).kind;
  }
}

/** The rules in a configuration item have no order. */
function sortRules(row: unknown): unknown {
  const { rules } = asRecord(row);
  return Array.isArray(rules) ? { ...asRecord(row), rules: rules.map((rule) => JSON.stringify(rule)).sort() } : row;
}

describe('SampleSource', () => {
  it('answers every request as AWS Config does for the demo estate', () =>
    withTree({}, async () => {
      const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} });
      const real = await open({});
      const sample = new SampleSource(await createSampleData(), noon.getTime());
      assert.deepEqual({ ...(await sample.getScope()), partition: 'aws' }, await real.getScope(signal));
      for (const query of queries) {
        const expected = await readAll(real, query);
        assert.deepEqual(await readAll(sample, query), expected, query[0]);
      }
    }));

  it('finds no recorded types in advanced queries, so that rows are read instead', async () => {
    const sample = new SampleSource(await createSampleData(), noon.getTime());
    const page = await sample.requestOrganization(signal, (source) =>
      source.selectAggregate({ cursor: undefined, signal }, 'organization', 'SELECT accountId'),
    );
    assert.deepEqual(page, { items: [], next: undefined });
  });

  it('has templates that name its packs', async () => {
    const { templates } = new SampleSource(await createSampleData(), noon.getTime());
    const texts = Object.values(templates).join('\n');
    assert(packs.filter((pack) => texts.includes(pack)).length >= 3);
  });
});

describe('the file of the sample', () => {
  it('takes at most 60 KB, and is the same in every build', async () => {
    const { length } = await createSampleFile();
    assert(length <= 60_000, `${length} bytes`);
    assert.deepEqual(await createSampleData(), await createSampleData());
  });
});
