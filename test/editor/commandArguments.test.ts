import assert from 'node:assert/strict';
import { commands, env, window, workspace } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

const home = { account: '318604927715', region: 'us-east-1' };
const s3 = 'operational-best-practices-for-amazon-s3';
const run = async (command: string, given?: unknown): Promise<unknown> =>
  commands.executeCommand(`packscope.${command}`, given);

describe('a command with one plain argument', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope({ pageSize: 5 });
  });

  it('copies a name, an ARN and a link', async () => {
    assert.equal(await run('copyName', { name: s3 }), s3);
    assert.equal(await env.clipboard.readText(), s3);
    assert.match(String(await run('copyArn', { name: s3 })), new RegExp(`^arn:aws:config:us-east-1:.*${s3}`));
    const link = `${env.uriScheme}://packscope.packscope/pack?name=${s3}&account=${home.account}&region=${home.region}`;
    assert.equal(await run('copyLink', { name: s3 }), link);
    assert.equal(await env.clipboard.readText(), link);
    await configService.clearRequests();
    assert.equal(await run('copyLink', { linked: { name: s3, ...home }, webview: 'packscope.pack' }), link);
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('opens a pack, of an own scope or of an aggregator', async () => {
    const pack = 'OrgConformsPack-data-protection-7hd2m0pz';
    const labels = () => window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await commands.executeCommand('workbench.action.closeAllEditors');
    await run('openPack', { name: s3, ...home });
    await run('openPack', { name: pack, aggregator: 'organization', account: '104857391826', region: 'us-east-1' });
    await eventually(() => assert.deepEqual(labels().sort(), [pack, s3].sort()));
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('refuses a pack that is not there, or in several places', async () => {
    await assert.rejects(run('openPack', { name: 'nowhere' }), /No pack nowhere is deployed/);
    await assert.rejects(run('openPack', { account: home.account }), /name: Give a pack’s name/);
    await assert.rejects(
      run('copyArn', { name: 'aws-control-tower-detective-guardrails', aggregator: 'organization' }),
      /is in \d+ places: give account and region/,
    );
  });

  it('loads more and all of a scope or an aggregator', async () => {
    // What is loaded whole stays so: a connection of its own leaves the others alone.
    await resetPackscope({ pageSize: 5, connections: [{ regions: ['us-east-1'] }] });
    assert.deepEqual(await run('loadMore', { scope: home }), { loaded: 5, complete: false });
    assert.deepEqual(await run('loadAll', { scope: home }), { loaded: 14, complete: true });
    await run('groupBy', { by: 'pack' });
    const all = (await run('loadAll', { aggregator: 'organization' })) as { loaded: number; complete: boolean };
    assert(all.complete && all.loaded > 50);
    await assert.rejects(run('loadAll', { aggregator: 'nobody' }), /The tree has no aggregator nobody/);
    await assert.rejects(run('loadAll', {}), /Specify either a scope or an aggregator/);
  });

  it('refreshes a scope', async () => {
    await waitUntilLoaded(packscope);
    await configService.clearRequests();
    await run('refresh', { scope: home });
    await waitUntilLoaded(packscope);
    const asked = new Set((await configService.getRequests()).map(({ operation }) => operation));
    assert.deepEqual([...asked].sort(), ['DescribeConformancePackStatus', 'ListConformancePackComplianceScores']);
  });

  it('sets connections, and refuses what is none', async () => {
    const connections = [{ regions: ['eu-central-1'] }];
    await run('selectConnections', { connections });
    const kept = () => workspace.getConfiguration('packscope').inspect('connections')?.globalValue;
    assert.deepEqual(kept(), connections);
    await assert.rejects(run('selectConnections', { connections: [{ endpoint: 'x' }] }), /connections: Specify a list/);
    assert.deepEqual(kept(), connections);
  });

  it('refuses an order and a grouping that there is none of', async () => {
    await assert.rejects(run('sort', { by: 'size' }), /by: Specify one of score, name/);
    await assert.rejects(run('groupBy', { by: 'size' }), /by: Specify one of account, region, status, pack/);
    await assert.rejects(run('filter', { size: 7 }), /Specify saved, or any of compliance/);
    await assert.rejects(run('signIn', { user: 'me' }), /Unknown argument “user”/);
  });

  it('refuses a saved filter that there is none of', async () => {
    await assert.rejects(run('filter', { saved: 'mine' }), /No filter is saved as “mine”. There are none./);
  });
});
