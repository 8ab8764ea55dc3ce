import assert from 'node:assert/strict';
import { commands, env, window, workspace } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

const home = { account: '318604927715', region: 'us-east-1' };
const s3 = 'operational-best-practices-for-amazon-s3';
const run = async (command: string, args?: unknown): Promise<unknown> =>
  commands.executeCommand(`packscope.${command}`, args);

describe('commands with an argument object', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope({ pageSize: 5 });
  });

  it('copy a name, an ARN and a link', async () => {
    assert.equal(await run('copyName', { name: s3 }), s3);
    assert.equal(await env.clipboard.readText(), s3);
    assert.match(String(await run('copyArn', { name: s3 })), new RegExp(`^arn:aws:config:us-east-1:.*${s3}`));
    const link = `${env.uriScheme}://packscope.packscope/pack?name=${s3}&account=${home.account}&region=${home.region}`;
    assert.equal(await run('copyLink', { name: s3 }), link);
    assert.equal(await env.clipboard.readText(), link);
    const ruleLink = `${link}&rule=s3-ssl`;
    assert.equal(await run('copyLink', { name: s3, ...home, rule: 's3-ssl' }), ruleLink);
    await configService.clearRequests();
    assert.equal(await run('copyLink', { linked: { name: s3, ...home }, rule: 's3-ssl' }), ruleLink);
    assert.equal(await run('copyLink', { linked: { name: s3, ...home }, webview: 'packscope.pack' }), link);
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('copy a pack and a rule as Markdown', async () => {
    const text = String(await run('copyMarkdown', { name: s3, ...home }));
    assert.equal(await env.clipboard.readText(), text);
    assert(text.startsWith(`# ${s3}\n`) && text.includes('| s3-bucket-versioning-enabled-conformance-pack-'), text);
    const rule = String(await run('copyMarkdown', { name: s3, rule: 's3-bucket-versioning-enabled' }));
    assert.match(rule, /^## s3-bucket-versioning-enabled-conformance-pack-\w+$/m);
  });

  it('copy every selected row', async () => {
    await waitUntilLoaded(packscope);
    const [first, second, third] = getNodesOfKind(packscope.tree, 'pack');
    assert(first && second && third);
    const names = `${first.pack.name}\n${second.pack.name}`;
    assert.equal(await commands.executeCommand('packscope.copyName', first, [first, second]), names);
    assert.equal(await commands.executeCommand('packscope.copyName', third), third.pack.name);
    const links = String(await commands.executeCommand('packscope.copyLink', first, [first, second]));
    assert.deepEqual(
      links.split('\n').map((link) => new URL(link).searchParams.get('name')),
      names.split('\n'),
    );
  });

  it('open a pack of a scope or of an aggregator', async () => {
    const pack = 'OrgConformsPack-data-protection-7hd2m0pz';
    const getLabels = () => window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await commands.executeCommand('workbench.action.closeAllEditors');
    await run('openPack', { name: s3, ...home });
    await run('openPack', { name: pack, aggregator: 'organization', account: '104857391826', region: 'us-east-1' });
    await eventually(() => assert.deepEqual(getLabels().sort(), ['data-protection (org) · 104857391826', s3]));
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('reject a pack that does not exist or is ambiguous', async () => {
    await assert.rejects(run('openPack', { name: 'nowhere' }), /No pack nowhere is deployed/);
    await assert.rejects(run('openPack', { account: home.account }), /name: Enter a pack name/);
    await assert.rejects(
      run('copyArn', { name: 'aws-control-tower-detective-guardrails', aggregator: 'organization' }),
      /\d+ packs are named .*Add account and region/,
    );
  });

  it('load more and all of a scope or an aggregator', async () => {
    // Loaded lists stay loaded, so this uses a connection that no other test uses.
    await resetPackscope({ pageSize: 5, connections: [{ regions: ['us-east-1'] }] });
    // One page of scores and the pack with the failed deployment.
    assert.deepEqual(await run('loadMore', { scope: home }), { loaded: 6, complete: false });
    assert.deepEqual(await run('loadAll', { scope: home }), { loaded: 14, complete: true });
    await run('groupBy', { by: 'none' });
    const all = (await run('loadAll', { aggregator: 'organization' })) as { loaded: number; complete: boolean };
    assert(all.complete && all.loaded > 50);
    await assert.rejects(run('loadAll', { aggregator: 'nobody' }), /No connection shows an aggregator named nobody/);
    await assert.rejects(run('loadAll', {}), /Specify either a scope or an aggregator/);
  });

  it('refresh a scope', async () => {
    await waitUntilLoaded(packscope);
    await configService.clearRequests();
    await run('refresh', { scope: home });
    await waitUntilLoaded(packscope);
    const operations = new Set((await configService.getRequests()).map(({ operation }) => operation));
    assert.deepEqual([...operations].sort(), ['DescribeConformancePackStatus', 'ListConformancePackComplianceScores']);
  });

  it('set connections, and reject invalid ones', async () => {
    const connections = [{ regions: ['eu-central-1'] }];
    await run('selectConnections', { connections });
    const getSetting = () => workspace.getConfiguration('packscope').inspect('connections')?.globalValue;
    assert.deepEqual(getSetting(), connections);
    await assert.rejects(run('selectConnections', { connections: [{ endpoint: 'x' }] }), /connections: Specify a list/);
    assert.deepEqual(getSetting(), connections);
  });

  it('reject an unknown order, grouping, filter and option', async () => {
    await assert.rejects(run('sort', { by: 'size' }), /by: Specify one of score, name/);
    await assert.rejects(run('groupBy', { by: 'size' }), /by: Specify one of account, region, status, pack, none/);
    await assert.rejects(run('filter', { size: 7 }), /Specify saved, or any of compliance/);
    await assert.rejects(run('signIn', { user: 'me' }), /Unknown argument “user”/);
  });

  it('reject an unknown saved filter', async () => {
    await assert.rejects(run('filter', { saved: 'mine' }), /No filter is saved as “mine”. There are none./);
  });
});
