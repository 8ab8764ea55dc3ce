import assert from 'node:assert/strict';
import {
  DescribeConformancePackStatusCommand,
  GetOrganizationConformancePackDetailedStatusCommand,
  type OrganizationResourceDetailedStatusFilters,
} from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { type ClientOptions, createConfigClient } from './clients.ts';

const deployedNames = {
  'data-protection': 'OrgConformsPack-data-protection-7hd2m0pz',
  'security-baseline': 'OrgConformsPack-security-baseline-k3v9q2xw',
};

describe('local AWS Config: the packs of the organization', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  after(() => service.close());

  const statuses = async (
    name: string,
    Filters?: OrganizationResourceDetailedStatusFilters,
    options: ClientOptions = {},
  ) => {
    const command = new GetOrganizationConformancePackDetailedStatusCommand({
      OrganizationConformancePackName: name,
      ...(Filters && { Filters }),
    });
    return (await createConfigClient(service, options).send(command)).OrganizationConformancePackDetailedStatuses ?? [];
  };

  for (const [name, deployed] of Object.entries(deployedNames)) {
    it(`return the name of ${name} in each account, ordered by account`, async () => {
      const rows = await statuses(name);
      assert.deepEqual(
        rows.map((row) => row.AccountId),
        service.estate.accounts,
      );
      assert.deepEqual([...new Set(rows.map((row) => row.ConformancePackName))], [deployed]);
    });
  }

  it('have the state of their account, with the reason of a failure', async () => {
    const organizationStates = { CREATE_COMPLETE: 'CREATE_SUCCESSFUL' } as Readonly<Record<string, string>>;
    for (const region of service.estate.regions) {
      for (const row of await statuses('data-protection', undefined, { region })) {
        const client = createConfigClient(service, { account: row.AccountId ?? '', region });
        const { ConformancePackStatusDetails = [] } = await client.send(new DescribeConformancePackStatusCommand({}));
        const local = ConformancePackStatusDetails.find((pack) => pack.ConformancePackName === row.ConformancePackName);
        const state = local?.ConformancePackState ?? 'DELETE_SUCCESSFUL';
        assert.equal(row.Status, organizationStates[state] ?? state);
        assert.equal(row.ErrorMessage, local?.ConformancePackStatusReason);
      }
    }
  });

  it('can be filtered by account and by status', async () => {
    const AccountId = '467120985533';
    const all = await statuses('data-protection');
    const ofAccount = all.filter((row) => row.AccountId === AccountId);
    assert.equal(ofAccount.length, 1);
    assert.deepEqual(await statuses('data-protection', { AccountId }), ofAccount);
    assert.deepEqual(await statuses('data-protection', { AccountId: '000000000000' }), []);
    for (const Status of ['CREATE_SUCCESSFUL', 'CREATE_FAILED', 'UPDATE_FAILED'] as const) {
      const expected = all.filter((row) => row.Status === Status);
      assert.deepEqual(await statuses('data-protection', { Status }), expected);
    }
  });

  it('do not include packs that an account deploys itself', async () => {
    const { account, region } = service.estate.home;
    service.estate.addPack(account, region, 'OrgConformsPack-data-protection-00000000', []);
    assert.equal((await statuses('data-protection', { AccountId: account })).length, 1);
  });

  it('do not exist where nothing was deployed', async () => {
    const name = 'NoSuchOrganizationConformancePackException';
    await assert.rejects(statuses('nowhere'), { name });
    await assert.rejects(statuses('data-protection', undefined, { region: 'us-west-2' }), { name });
  });

  it('are denied to member accounts', async () => {
    await assert.rejects(statuses('data-protection', undefined, { account: '467120985533' }), {
      name: 'OrganizationAccessDeniedException',
    });
  });
});
