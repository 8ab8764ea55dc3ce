import assert from 'node:assert/strict';
import { ListConformancePackComplianceScoresCommand } from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { configClient, post } from './clients.ts';

const operation = 'DescribeAggregateComplianceByConformancePacks';
const input = { ConfigurationAggregatorName: 'organization', Filters: { AwsRegion: 'us-east-1' } };

describe('config service: page tokens', () => {
  let service: ConfigService;
  let token: string;
  beforeEach(async () => {
    service = await startConfigService({ estate: 'demo' });
    const { json } = await post(service, { operation, body: JSON.stringify({ ...input, Limit: 2 }) });
    assert.ok(json.NextToken);
    token = json.NextToken;
  });
  afterEach(() => service.close());

  const errorOf = async (changes: object, other = operation) =>
    (await post(service, { operation: other, body: JSON.stringify({ ...input, NextToken: token, ...changes }) })).json
      .__type;

  it('are good for another page size, and for more than one use', async () => {
    assert.equal(await errorOf({ Limit: 2 }), undefined);
    assert.equal(await errorOf({ Limit: 50 }), undefined);
  });

  it('are good for the same parameters in another order', async () => {
    const { ConfigurationAggregatorName, Filters } = input;
    const body = JSON.stringify({ NextToken: token, Filters, ConfigurationAggregatorName });
    assert.equal((await post(service, { operation, body })).status, 200);
  });

  it('are refused where they are no token at all', async () => {
    assert.equal(await errorOf({ NextToken: 'abc' }), 'InvalidNextTokenException');
    assert.equal(await errorOf({ NextToken: `${token}x` }), 'InvalidNextTokenException');
  });

  it('are refused for other parameters', async () => {
    assert.equal(await errorOf({ Filters: { AwsRegion: 'eu-central-1' } }), 'InvalidNextTokenException');
    assert.equal(await errorOf({ ConfigurationAggregatorName: 'payments-and-orders' }), 'InvalidNextTokenException');
  });

  it('are refused for another operation', async () => {
    assert.equal(await errorOf({}, 'GetAggregateConformancePackComplianceSummary'), 'InvalidNextTokenException');
  });

  it('are refused for another account', async () => {
    const other = service.caller('467120985533');
    const body = JSON.stringify({ ...input, NextToken: token });
    assert.equal((await post(service, { operation, body, ...other })).json.__type, 'InvalidNextTokenException');
  });

  it('are refused in another region', async () => {
    const scoresIn = (region: string, page: object) =>
      configClient(service, { region }).send(new ListConformancePackComplianceScoresCommand(page));
    const { NextToken } = await scoresIn('us-east-1', { Limit: 1 });
    await assert.rejects(scoresIn('eu-central-1', { NextToken }), { name: 'InvalidNextTokenException' });
    await scoresIn('us-east-1', { NextToken });
  });

  it('are refused after they expired, while new ones are good', async () => {
    service.expireTokens();
    assert.equal(await errorOf({}), 'InvalidNextTokenException');
    const { json } = await post(service, { operation, body: JSON.stringify({ ...input, Limit: 2 }) });
    assert.equal(await errorOf({ NextToken: json.NextToken }), undefined);
  });

  it('of another service are refused', async () => {
    const other = await startConfigService({ estate: 'demo' });
    const { json } = await post(other, { operation, body: JSON.stringify({ ...input, Limit: 2 }) });
    await other.close();
    assert.equal(await errorOf({ NextToken: json.NextToken }), 'InvalidNextTokenException');
  });
});
