import assert from 'node:assert/strict';
import { commands, env, window } from 'vscode';
import { asRecord } from '../../src/compliance/unknownValues.ts';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('tree commands', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
  });

  const run = async (command: string, args?: unknown) => {
    await commands.executeCommand(`packscope.${command}`, args);
    await waitUntilLoaded(packscope);
  };
  const getPacks = () => getNodesOfKind(packscope.tree, 'pack').map(({ pack }) => pack);
  const getNames = () => getPacks().map(({ name }) => name);

  it('filter, and clear the filter', async () => {
    const all = getNames();
    await run('filter', { compliance: 'NON_COMPLIANT' });
    const failing = getPacks();
    assert(failing.length > 0 && failing.length < all.length);
    for (const { name, score } of failing) assert(score?.percent !== undefined && score.percent < 100, name);
    await run('clearFilter');
    assert.deepEqual(getNames(), all);
  });

  it('reject an invalid filter', async () => {
    const filter = () => commands.executeCommand('packscope.filter', { compliance: 'FINE' });
    await assert.rejects(async () => filter(), /Filter by compliance: Enter one of/);
  });

  it('sort', async () => {
    await run('sort', { by: 'name', descending: true });
    assert.equal(getNames().length, 14);
    assert.deepEqual(getNames(), getNames().sort().reverse());
    await run('sort', { by: 'score', descending: true });
    const scores = getPacks().flatMap(({ score }) => score?.percent ?? []);
    assert.equal(scores.length, 11);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
  });

  it('group aggregators', async () => {
    await run('groupBy', { by: 'region' });
    const [organization] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(organization);
    await waitUntilLoaded(packscope, organization);
    const below = packscope.tree.getChildren(organization).filter(({ kind }) => kind === 'group');
    const items = await Promise.all(below.map((node) => packscope.tree.getTreeItem(node)));
    const groups = items.map(({ label }) => label);
    assert.deepEqual(groups.sort(), ['ap-southeast-2', 'eu-central-1', 'us-east-1']);
  });

  it('group aggregators by pack, and show the rows of a pack', async () => {
    await run('groupBy', { by: 'pack' });
    const [organization] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(organization);
    await waitUntilLoaded(packscope, organization);
    const groups = packscope.tree.getChildren(organization).filter(({ kind }) => kind === 'group');
    const items = await Promise.all(groups.map((node) => packscope.tree.getTreeItem(node)));
    assert(items.some(({ label }) => label === 'data-protection'));
    const [worst] = groups;
    await waitUntilLoaded(packscope, worst);
    const rows = packscope.tree.getChildren(worst).filter(({ kind }) => kind === 'row');
    const [row] = await Promise.all(rows.map((node) => packscope.tree.getTreeItem(node)));
    assert.match(String(row?.label), /^\d{12}$/);
    assert.match(String(row?.description), /^[\w-]+ · \d+ of \d+ rules passing/);
  });

  it('copy the name and the ARN of a pack', async () => {
    const [pack] = getNodesOfKind(packscope.tree, 'pack');
    assert(pack?.pack.deployment?.arn);
    await run('copyName', pack);
    assert.equal(await env.clipboard.readText(), pack.pack.name);
    await run('copyArn', pack);
    assert.equal(await env.clipboard.readText(), pack.pack.deployment.arn);
  });

  it('open a row of an aggregator with the rules of its account and region', async () => {
    const account = '467120985533';
    await run('groupBy', { by: 'account' });
    const [organization] = getNodesOfKind(packscope.tree, 'aggregator');
    await waitUntilLoaded(packscope, organization);
    const groups = organization ? packscope.tree.getChildren(organization) : [];
    const items = await Promise.all(groups.map((group) => packscope.tree.getTreeItem(group)));
    const group = groups[items.findIndex(({ label }) => label === account)];
    assert(group);
    await waitUntilLoaded(packscope, group);
    const node = packscope.tree.getChildren(group).find((child) => child.kind === 'row');
    assert(node?.kind === 'row');
    await configService.clearRequests();
    await commands.executeCommand('packscope.openPack', node);
    await eventually(() => {
      const labels = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert(labels.some((label) => label.endsWith(` · ${account}`)));
    });
    await eventually(async () => {
      const requests = await configService.getRequests();
      const inputs = requests.filter(({ operation }) => operation === 'DescribeAggregateComplianceByConfigRules');
      assert.deepEqual(
        inputs.map(({ input }) => asRecord(input).Filters),
        [{ AccountId: account, AwsRegion: node.row.region }],
      );
    });
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('refresh a node, and everything', async () => {
    const getOperations = async () => (await configService.getRequests()).map(({ operation }) => operation).sort();
    const packOperations = ['DescribeConformancePackStatus', 'ListConformancePackComplianceScores'];
    const [scope] = getNodesOfKind(packscope.tree, 'scope');
    await configService.clearRequests();
    await run('refresh', scope);
    assert.deepEqual(await getOperations(), packOperations);
    await configService.clearRequests();
    await run('refreshAll', scope);
    await eventually(async () =>
      assert.deepEqual(await getOperations(), ['DescribeConfigurationAggregators', ...packOperations]),
    );
  });

  it('show changes after a refresh', async () => {
    const name = 'operational-best-practices-for-amazon-s3';
    const getState = () => getPacks().find((pack) => pack.name === name)?.deployment?.state;
    assert.equal(getState(), 'CREATE_COMPLETE');
    const pack = { account: '318604927715', region: 'us-east-1', pack: name };
    await configService.changeEstate({ ...pack, change: 'setDeployment', state: 'DELETE_FAILED' });
    await run('refresh');
    assert.equal(getState(), 'DELETE_FAILED');
    await configService.changeEstate({ ...pack, change: 'setDeployment', state: 'CREATE_COMPLETE' });
  });
});
