import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { RolloutResult } from '../../src/views/rollout/commandResults.ts';
import { newAccount, suspendedAccount } from '../config-service/estate/demo/company.ts';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';
import { withAccount } from './withAccount.ts';

const home = { account: '318604927715', region: 'us-east-1' };
const member = '467120985533';
const region = 'eu-central-1';
const packsOperation = 'DescribeOrganizationConformancePacks';

const run = async (args?: unknown): Promise<readonly RolloutResult[]> =>
  commands.executeCommand('packscope.showOrganizationPacks', args);

describe('organization packs', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope({ connections: [{ regions: [home.region, region] }] });
  });

  afterEach(() => configService.setFaults({}));

  it('are returned with the error of each account, as plain data', async () => {
    const rollouts = await run({ name: 'security-baseline', region });
    assert.deepEqual(JSON.parse(JSON.stringify(rollouts)), rollouts);
    const [rollout] = rollouts;
    assert(rollout?.readAt !== undefined && rollouts.length === 1);
    const { name, account, state, errorCode, accounts } = rollout;
    assert.deepEqual(
      [name, account, rollout.region, state],
      ['security-baseline', home.account, region, 'CREATE_FAILED'],
    );
    assert.equal(errorCode, 'OrganizationConformancePackFailed');
    const [worst, ...others] = accounts;
    assert.deepEqual(
      [worst?.account, worst?.state, worst?.errorCode],
      [newAccount, 'CREATE_FAILED', 'NoAvailableConfigurationRecorderException'],
    );
    assert.match(worst?.reason ?? '', /recorder/);
    assert(others.every((each) => each.state.endsWith('_SUCCESSFUL')));
  });

  it('say that a rollout is in progress although every account is done, and who is excluded', async () => {
    const [rollout] = await run({ name: 'data-protection', region: home.region });
    assert.deepEqual(
      [rollout?.state, rollout?.contradiction, rollout?.excludedAccounts],
      ['CREATE_IN_PROGRESS', 'in progress, although all 12 accounts are done', [suspendedAccount]],
    );
  });

  it('are refused to member accounts, with what to do', () =>
    withAccount(packscope, member, async () => {
      await assert.rejects(
        run({}),
        /Not permitted for this account of the organization\. Ask from the management account/,
      );
    }));

  it('are never a part of them: a missing permission is an error', async () => {
    const operation = 'GetOrganizationConformancePackDetailedStatus';
    await configService.setFaults({ refuse: { [operation]: { name: 'AccessDeniedException' } } });
    await assert.rejects(run({ name: 'data-protection', region }), new RegExp(`Not permitted: config:${operation}`));
  });

  it('need a connection that covers the account and region, and valid arguments', async () => {
    assert.deepEqual(await run({ name: 'no-such-pack', region }), []);
    await assert.rejects(run({ account: member }), /None of your connections covers/);
    await assert.rejects(run({ aggregator: 'organization' }), /Unknown argument “aggregator”/);
    await assert.rejects(run({ account: '1' }), /account: Enter a 12-digit account ID/);
  });

  it('are read for the connection of a node only, until the picker is closed', async () => {
    await waitUntilLoaded(packscope);
    const node = getNodesOfKind(packscope.tree, 'scope').find(({ scope }) => scope.region === region);
    assert(node);
    await configService.clearRequests();
    await configService.setFaults({ latencyMs: 60_000, only: ['GetOrganizationConformancePackDetailedStatus'] });
    const running = run(node);
    await until('a request', async () =>
      (await configService.getRequests()).some(({ operation }) => operation === packsOperation),
    );
    let hasEnded = false;
    void running.then(() => {
      hasEnded = true;
    });
    await eventually(async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      assert(hasEnded);
    });
    assert.equal(await running, undefined);
    const requests = (await configService.getRequests()).filter(({ operation }) => operation.includes('Organization'));
    assert.deepEqual([...new Set(requests.map((request) => request.region))], [region]);
  });
});
