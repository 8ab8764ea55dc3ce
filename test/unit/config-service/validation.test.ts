import assert from 'node:assert/strict';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { post } from './clients.ts';

const scores = 'ListConformancePackComplianceScores';
const status = 'DescribeConformancePackStatus';
const aggregate = 'DescribeAggregateComplianceByConformancePacks';
const summary = 'GetAggregateConformancePackComplianceSummary';
const aggregators = 'DescribeConfigurationAggregators';
const sources = 'DescribeConfigurationAggregatorSourcesStatus';
const rules = 'DescribeConformancePackCompliance';
const details = 'GetConformancePackComplianceDetails';
const organization = 'GetOrganizationConformancePackDetailedStatus';

const organizationPacks = 'DescribeOrganizationConformancePacks';
const organizationStatuses = 'DescribeOrganizationConformancePackStatuses';
const aggregateRules = 'DescribeAggregateComplianceByConfigRules';
const aggregateDetails = 'GetAggregateComplianceDetailsByConfigRule';
const select = 'SelectAggregateResourceConfig';

const invalidParameter = 'InvalidParameterValueException';
const validation = 'ValidationException';
const invalidLimit = 'InvalidLimitException';
const names = (count: number) => Array.from({ length: count }, (_, i) => `pack-${i}`);
const ConformancePackName = 'operational-best-practices-for-amazon-s3';
const ConfigurationAggregatorName = 'organization';
const OrganizationConformancePackName = 'data-protection';

const refused: readonly (readonly [operation: string, input: unknown, error: string])[] = [
  [scores, { Limit: 21 }, invalidLimit],
  [scores, { Limit: -1 }, invalidLimit],
  [scores, { Limit: 1.5 }, 'SerializationException'],
  [scores, { Limit: '5' }, 'SerializationException'],
  [scores, { Filters: {} }, invalidParameter],
  [scores, { Filters: { ConformancePackNames: [] } }, invalidParameter],
  [scores, { Filters: { ConformancePackNames: names(26) } }, invalidParameter],
  [scores, { Filters: { ConformancePackNames: ['CIS-v1.4'] } }, invalidParameter],
  [scores, { Filters: { ConformancePackNames: ['a'.repeat(257)] } }, invalidParameter],
  [scores, { Filters: { ConformancePackNames: 'pack' } }, 'SerializationException'],
  [scores, { SortBy: 'NAME' }, invalidParameter],
  [scores, { SortOrder: 'UP' }, invalidParameter],
  [scores, { Filter: {} }, invalidParameter],
  [status, { Limit: 21 }, invalidLimit],
  [status, { ConformancePackNames: names(26) }, invalidParameter],
  [status, { ConformancePackNames: [''] }, invalidParameter],
  [aggregate, {}, validation],
  [aggregate, { ConfigurationAggregatorName: 'a b' }, validation],
  [aggregate, { ConfigurationAggregatorName, Filters: { AccountId: '123' } }, validation],
  [aggregate, { ConfigurationAggregatorName, Filters: { AwsRegion: '' } }, validation],
  [aggregate, { ConfigurationAggregatorName, Filters: { ComplianceType: 'NOT_APPLICABLE' } }, validation],
  [aggregate, { ConfigurationAggregatorName, Limit: 101 }, invalidLimit],
  [aggregate, { ConfigurationAggregatorName: 'nowhere' }, 'NoSuchConfigurationAggregatorException'],
  [summary, { ConfigurationAggregatorName, GroupByKey: 'PACK' }, validation],
  [summary, { ConfigurationAggregatorName: 'nowhere' }, 'NoSuchConfigurationAggregatorException'],
  [aggregators, { ConfigurationAggregatorNames: names(11) }, invalidParameter],
  [aggregators, { ConfigurationAggregatorNames: ['nowhere'] }, 'NoSuchConfigurationAggregatorException'],
  [sources, {}, invalidParameter],
  [sources, { ConfigurationAggregatorName, UpdateStatus: [] }, invalidParameter],
  [sources, { ConfigurationAggregatorName, UpdateStatus: ['LATE'] }, invalidParameter],
  [sources, { ConfigurationAggregatorName, Limit: 101 }, invalidLimit],
  [sources, { ConfigurationAggregatorName: 'nowhere' }, 'NoSuchConfigurationAggregatorException'],
  [organizationPacks, { Limit: 101 }, invalidLimit],
  [organizationPacks, { OrganizationConformancePackNames: ['nowhere'] }, 'NoSuchOrganizationConformancePackException'],
  [organizationStatuses, { OrganizationConformancePackNames: names(26) }, validation],
  [
    organizationStatuses,
    { OrganizationConformancePackNames: ['nowhere'] },
    'NoSuchOrganizationConformancePackException',
  ],
  [aggregateRules, {}, validation],
  [aggregateRules, { ConfigurationAggregatorName, Limit: 1001 }, invalidLimit],
  [aggregateRules, { ConfigurationAggregatorName, Filters: { ComplianceType: 'FAILED' } }, validation],
  [aggregateRules, { ConfigurationAggregatorName: 'nowhere' }, 'NoSuchConfigurationAggregatorException'],
  [aggregateDetails, { ConfigurationAggregatorName }, validation],
  [select, { ConfigurationAggregatorName }, validation],
  [select, { ConfigurationAggregatorName, Expression: 'SELECT resourceId', Limit: 101 }, invalidLimit],
  [select, { ConfigurationAggregatorName, Expression: 'SELECT' }, 'InvalidExpressionException'],
  [
    select,
    { ConfigurationAggregatorName: 'nowhere', Expression: 'SELECT resourceId' },
    'NoSuchConfigurationAggregatorException',
  ],
  [rules, {}, invalidParameter],
  [rules, { ConformancePackName, Limit: 1001 }, invalidLimit],
  [rules, { ConformancePackName: 'nowhere' }, 'NoSuchConformancePackException'],
  [
    rules,
    { ConformancePackName, Filters: { ConfigRuleNames: ['none'] } },
    'NoSuchConfigRuleInConformancePackException',
  ],
  [rules, { ConformancePackName, Filters: { ConfigRuleNames: ['r'.repeat(65)] } }, invalidParameter],
  [rules, { ConformancePackName, Filters: { ComplianceType: 'INSUFFICIENT_DATA' } }, invalidParameter],
  [details, { ConformancePackName, Limit: 101 }, invalidLimit],
  [details, { ConformancePackName: 'nowhere' }, 'NoSuchConformancePackException'],
  [details, { ConformancePackName, Filters: { ConfigRuleNames: names(11) } }, invalidParameter],
  [details, { ConformancePackName, Filters: { ComplianceType: 'INSUFFICIENT_DATA' } }, invalidParameter],
  [details, { ConformancePackName, Filters: { ResourceIds: ['a-bucket'] } }, invalidParameter],
  [organization, {}, validation],
  [organization, { OrganizationConformancePackName: 'data_protection' }, validation],
  [organization, { OrganizationConformancePackName: 'a'.repeat(129) }, validation],
  [organization, { OrganizationConformancePackName, Filters: { AccountId: '123' } }, validation],
  [organization, { OrganizationConformancePackName, Filters: { Status: 'CREATE_COMPLETE' } }, validation],
  [organization, { OrganizationConformancePackName, Limit: 101 }, invalidLimit],
  [
    organization,
    { OrganizationConformancePackName: 'OrgConformsPack-data-protection-7hd2m0pz' },
    'NoSuchOrganizationConformancePackException',
  ],
  [scores, [], 'SerializationException'],
  ['PutConformancePack', {}, 'UnknownOperationException'],
];

const accepted: readonly (readonly [operation: string, input: object])[] = [
  [scores, { Limit: 0 }],
  [scores, { Limit: null, Filters: null }],
  [scores, { Limit: 20, Filters: { ConformancePackNames: names(25) }, SortBy: 'SCORE', SortOrder: 'DESCENDING' }],
  [status, { ConformancePackNames: [] }],
  [aggregate, { ConfigurationAggregatorName, Filters: {}, Limit: 100 }],
  [sources, { ConfigurationAggregatorName, UpdateStatus: ['FAILED', 'OUTDATED'], Limit: 100 }],
  [rules, { ConformancePackName, Filters: { ConfigRuleNames: [] }, Limit: 1000 }],
  [organization, { OrganizationConformancePackName, Filters: {}, Limit: 100 }],
];

describe('local AWS Config: validation', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  after(() => service.close());

  for (const [operation, input, error] of refused) {
    it(`rejects ${operation} ${JSON.stringify(input).slice(0, 90)} with ${error}`, async () => {
      const { status, json } = await post(service, { operation, body: JSON.stringify(input) });
      assert.deepEqual([status, json.__type], [400, error]);
      assert.ok(json.message);
    });
  }

  for (const [operation, input] of accepted) {
    it(`accepts ${operation} ${JSON.stringify(input).slice(0, 90)}`, async () => {
      assert.equal((await post(service, { operation, body: JSON.stringify(input) })).status, 200);
    });
  }

  it('rejects a body that is not JSON with SerializationException', async () => {
    assert.equal((await post(service, { body: '{"Limit":' })).json.__type, 'SerializationException');
  });

  it('names each invalid member as AWS does', async () => {
    const body = JSON.stringify({ Filters: { ConformancePackNames: ['fine', 'not.fine'] }, SortBy: 'NAME' });
    const { json } = await post(service, { body });
    assert.match(json.message ?? '', /^2 validation errors detected: /);
    assert.match(json.message ?? '', /Value 'not\.fine' at 'filters\.conformancePackNames\.2\.member'/);
    assert.match(json.message ?? '', /Value 'NAME' at 'sortBy' .* enum value set: \[SCORE\]/);
  });
});
