import assert from 'node:assert/strict';
import { ListConformancePackComplianceScoresCommand } from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient, post } from './clients.ts';

const operation = 'DescribeAggregateComplianceByConformancePacks';
const input = { ConfigurationAggregatorName: 'organization', Filters: { AwsRegion: 'us-east-1' } };

describe('local AWS Config: page tokens', () => {
  let service: ConfigService;
  let token: string;
  beforeEach(async () => {
    service = await startConfigService({ estate: 'demo' });
    const { json } = await post(service, { operation, body: JSON.stringify({ ...input, Limit: 2 }) });
    assert.ok(json.NextToken);
    token = json.NextToken;
  });
  afterEach(() => service.close());

  const getError = async (changes: object, other = operation) =>
    (await post(service, { operation: other, body: JSON.stringify({ ...input, NextToken: token, ...changes }) })).json
      .__type;

  it('are valid for another page size and for repeated use', async () => {
    assert.equal(await getError({ Limit: 2 }), undefined);
    assert.equal(await getError({ Limit: 50 }), undefined);
  });

  it('are valid for the same parameters in another order', async () => {
    const { ConfigurationAggregatorName, Filters } = input;
    const body = JSON.stringify({ NextToken: token, Filters, ConfigurationAggregatorName });
    assert.equal((await post(service, { operation, body })).status, 200);
  });

  it('are refused if they are malformed', async () => {
    assert.equal(await getError({ NextToken: 'abc' }), 'InvalidNextTokenException');
    assert.equal(await getError({ NextToken: `${token}x` }), 'InvalidNextTokenException');
  });

  it('are refused for other parameters', async () => {
    assert.equal(await getError({ Filters: { AwsRegion: 'eu-central-1' } }), 'InvalidNextTokenException');
    assert.equal(await getError({ ConfigurationAggregatorName: 'payments-and-orders' }), 'InvalidNextTokenException');
  });

  it('are refused for another operation', async () => {
    assert.equal(await getError({}, 'GetAggregateConformancePackComplianceSummary'), 'InvalidNextTokenException');
  });

  it('are refused for another account', async () => {
    const other = service.caller('467120985533');
    const body = JSON.stringify({ ...input, NextToken: token });
    assert.equal((await post(service, { operation, body, ...other })).json.__type, 'InvalidNextTokenException');
  });

  it('are refused in another region', async () => {
    const scoresIn = (region: string, page: object) =>
      createConfigClient(service, { region }).send(new ListConformancePackComplianceScoresCommand(page));
    const { NextToken } = await scoresIn('us-east-1', { Limit: 1 });
    await assert.rejects(scoresIn('eu-central-1', { NextToken }), { name: 'InvalidNextTokenException' });
    await scoresIn('us-east-1', { NextToken });
  });

  it('are refused after they expire, while new ones are valid', async () => {
    service.expireTokens();
    assert.equal(await getError({}), 'InvalidNextTokenException');
    const { json } = await post(service, { operation, body: JSON.stringify({ ...input, Limit: 2 }) });
    assert.equal(await getError({ NextToken: json.NextToken }), undefined);
  });

  it('are refused from another service', async () => {
    const other = await startConfigService({ estate: 'demo' });
    const { json } = await post(other, { operation, body: JSON.stringify({ ...input, Limit: 2 }) });
    await other.close();
    assert.equal(await getError({ NextToken: json.NextToken }), 'InvalidNextTokenException');
  });
});
