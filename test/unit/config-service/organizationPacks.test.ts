import assert from 'node:assert/strict';
import {
  type ConfigServiceClient,
  DescribeOrganizationConformancePackStatusesCommand,
  DescribeOrganizationConformancePacksCommand,
  GetOrganizationConformancePackDetailedStatusCommand,
} from '@aws-sdk/client-config-service';
import { newAccount, suspendedAccount } from '../../config-service/estate/demo/company.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { type ClientOptions, createConfigClient } from './clients.ts';

describe('local AWS Config: the rollout of the organization’s packs', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  after(() => service.close());

  const packs = async (options: ClientOptions = {}, OrganizationConformancePackNames?: string[]) => {
    const command = new DescribeOrganizationConformancePacksCommand({ OrganizationConformancePackNames });
    return (await createConfigClient(service, options).send(command)).OrganizationConformancePacks ?? [];
  };
  const statuses = async (client: ConfigServiceClient) => {
    const response = await client.send(new DescribeOrganizationConformancePackStatusesCommand({}));
    return response.OrganizationConformancePackStatuses ?? [];
  };
  const accounts = async (client: ConfigServiceClient, OrganizationConformancePackName: string) => {
    const command = new GetOrganizationConformancePackDetailedStatusCommand({ OrganizationConformancePackName });
    return (await client.send(command)).OrganizationConformancePackDetailedStatuses ?? [];
  };

  it('names the packs of the region with excluded accounts', async () => {
    const rows = (await packs()).map((pack) => [pack.OrganizationConformancePackName, pack.ExcludedAccounts]);
    assert.deepEqual(rows, [
      ['data-protection', [suspendedAccount]],
      ['security-baseline', []],
    ]);
    assert.equal((await packs({}, ['security-baseline'])).length, 1);
    assert.deepEqual(await packs({ region: 'us-west-2' }), []);
  });

  it('is in progress for a pack although every account is done', async () => {
    const client = createConfigClient(service);
    const states = new Map((await statuses(client)).map((row) => [row.OrganizationConformancePackName, row.Status]));
    assert.equal(states.get('data-protection'), 'CREATE_IN_PROGRESS');
    const done = await accounts(client, 'data-protection');
    assert.deepEqual([...new Set(done.map((row) => row.Status))], ['CREATE_SUCCESSFUL']);
  });

  it('fails with the error of an account that has no pack', async () => {
    const client = createConfigClient(service, { region: 'eu-central-1' });
    const row = (await statuses(client)).find((each) => each.OrganizationConformancePackName === 'security-baseline');
    assert.equal(row?.Status, 'CREATE_FAILED');
    assert.match(row?.ErrorMessage ?? '', /failed in 1 of 13 accounts/);
    const failed = (await accounts(client, 'security-baseline')).find((each) => each.AccountId === newAccount);
    assert.equal(failed?.Status, 'CREATE_FAILED');
    assert.equal(failed?.ErrorCode, 'NoAvailableConfigurationRecorderException');
    assert.match(failed?.ErrorMessage ?? '', /recorder is not available/);
  });

  it('is denied to member accounts', async () => {
    const client = createConfigClient(service, { account: '467120985533' });
    const expected = { name: 'OrganizationAccessDeniedException' };
    await assert.rejects(packs({ account: '467120985533' }), expected);
    await assert.rejects(statuses(client), expected);
  });

  it('excludes accounts of a generated estate, which lack the packs', async () => {
    const estate = generatedEstate({ accounts: 6, regions: 2, packs: 8, excludedAccounts: 2 });
    const generated = await startConfigService({ estate });
    try {
      const client = createConfigClient(generated);
      const excluded = estate.accounts.slice(4);
      const response = await client.send(new DescribeOrganizationConformancePacksCommand({}));
      const names =
        response.OrganizationConformancePacks?.map((pack) => pack.OrganizationConformancePackName ?? '') ?? [];
      assert.equal(names.length, 2);
      for (const pack of response.OrganizationConformancePacks ?? []) assert.deepEqual(pack.ExcludedAccounts, excluded);
      for (const name of names) {
        const deployed = (await accounts(client, name)).map((row) => row.AccountId);
        assert.deepEqual(deployed, estate.accounts.slice(0, 4));
      }
    } finally {
      await generated.close();
    }
  });
});
