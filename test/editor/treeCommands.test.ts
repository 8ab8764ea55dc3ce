import assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('a command with an argument', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
  });

  const run = async (command: string, argument?: unknown) => {
    await commands.executeCommand(`packscope.${command}`, argument);
    await waitUntilLoaded(packscope);
  };
  const packs = () => getNodesOfKind(packscope.tree, 'pack').map(({ pack }) => pack);
  const names = () => packs().map(({ name }) => name);

  it('filters, and clears the filter', async () => {
    const all = names();
    await run('filter', { compliance: 'NON_COMPLIANT' });
    const failing = packs();
    assert(failing.length > 0 && failing.length < all.length);
    for (const { name, score } of failing) assert(score?.percent !== undefined && score.percent < 100, name);
    await run('clearFilter');
    assert.deepEqual(names(), all);
  });

  it('refuses a filter that is none', async () => {
    const wrong = () => commands.executeCommand('packscope.filter', { compliance: 'FINE' });
    await assert.rejects(async () => wrong(), /Filter by compliance: Give one of/);
  });

  it('sorts', async () => {
    await run('sort', { by: 'name', descending: true });
    assert.equal(names().length, 14);
    assert.deepEqual(names(), names().sort().reverse());
    await run('sort', { by: 'score', descending: true });
    const scores = packs().flatMap(({ score }) => score?.percent ?? []);
    assert.equal(scores.length, 11);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
  });

  it('groups aggregators', async () => {
    await run('groupBy', { by: 'region' });
    const [organization] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(organization);
    await waitUntilLoaded(packscope, organization);
    const below = packscope.tree.getChildren(organization).filter(({ kind }) => kind === 'group');
    const items = await Promise.all(below.map((node) => packscope.tree.getTreeItem(node)));
    const groups = items.map(({ label }) => label);
    assert.deepEqual(groups, ['ap-southeast-2', 'eu-central-1', 'us-east-1']);
  });

  it('copies the name and the ARN of a pack', async () => {
    const [pack] = getNodesOfKind(packscope.tree, 'pack');
    assert(pack?.pack.deployment?.arn);
    await run('copyName', pack);
    assert.equal(await env.clipboard.readText(), pack.pack.name);
    await run('copyArn', pack);
    assert.equal(await env.clipboard.readText(), pack.pack.deployment.arn);
  });

  it('refreshes what is below a node, and everything', async () => {
    const reads = async () => (await configService.getRequests()).map(({ operation }) => operation).sort();
    const packsAlone = ['DescribeConformancePackStatus', 'ListConformancePackComplianceScores'];
    const [scope] = getNodesOfKind(packscope.tree, 'scope');
    await configService.clearRequests();
    await run('refresh', scope);
    assert.deepEqual(await reads(), packsAlone);
    await configService.clearRequests();
    await run('refreshAll', scope);
    await eventually(async () => assert.deepEqual(await reads(), ['DescribeConfigurationAggregators', ...packsAlone]));
  });

  it('shows what has changed since', async () => {
    const name = 'operational-best-practices-for-amazon-s3';
    const state = () => packs().find((pack) => pack.name === name)?.deployment?.state;
    assert.equal(state(), 'CREATE_COMPLETE');
    const pack = { account: '318604927715', region: 'us-east-1', pack: name };
    await configService.changeEstate({ ...pack, change: 'setDeployment', state: 'DELETE_FAILED' });
    await run('refresh');
    assert.equal(state(), 'DELETE_FAILED');
    await configService.changeEstate({ ...pack, change: 'setDeployment', state: 'CREATE_COMPLETE' });
  });
});
