import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellationTokenSource, commands, LanguageModelTextPart, lm, window } from 'vscode';
import type { RowResult } from '../../src/views/palette/commandResults.ts';
import type { RolloutResult } from '../../src/views/rollout/commandResults.ts';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';
import { getHoversOver, home, s3, waitForPackHover } from './templates.ts';
import { withAccount } from './withAccount.ts';

const organization = { aggregator: 'organization' };
const file = join(tmpdir(), 'packscope-sample.csv');

/** A region without packs, so that the rows of the sample cannot be those of the connection. */
const connections = [{ regions: ['us-sample-1'] }];

describe('sample data', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope({ connections });
    await commands.executeCommand('packscope.exploreSampleData');
    await waitUntilLoaded(packscope);
    await configService.clearRequests();
  });

  afterEach(async () => {
    await commands.executeCommand('packscope.leaveSampleData');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await rm(file, { force: true });
  });

  const getRoots = () => Promise.all(packscope.tree.getChildren().map((node) => packscope.tree.getTreeItem(node)));

  it('is the demo organization, marked in the view', async () => {
    const roots = await getRoots();
    assert.deepEqual(
      roots.map(({ label, description }) => `${label} | ${description}`),
      [
        `${home.account} · ${home.region} | 10 packs below target · Sample data`,
        'organization | Sample data',
        'payments-and-orders | Sample data',
      ],
    );
    const packs = getNodesOfKind(packscope.tree, 'pack').map(({ pack }) => pack);
    assert(packs.length > 10);
    assert.equal(packs.find(({ name }) => name === s3)?.score?.percent, 61.54);
    assert.equal(packscope.tree.title, 'Sample Data');
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('is what every command reads, without a request', async () => {
    const packs = await commands.executeCommand<unknown[]>('packscope.lowestScores', {});
    assert(packs.length > 5);
    const rows = await commands.executeCommand<RowResult[]>('packscope.nonCompliantPacks', organization);
    assert(rows.length > 50);
    const rollouts = await commands.executeCommand<RolloutResult[]>('packscope.showOrganizationPacks', {});
    assert.deepEqual(rollouts.map(({ name }) => name).sort(), ['data-protection', 'security-baseline']);
    await commands.executeCommand('packscope.openPack', { name: s3 });
    const [row] = rows.filter(({ account }) => account !== home.account);
    assert(row);
    await commands.executeCommand('packscope.openPack', {
      ...organization,
      name: row.name,
      account: row.account,
      region: row.region,
    });
    await commands.executeCommand('packscope.openOrganizationOverview', organization);
    await commands.executeCommand('packscope.export', { source: organization, format: 'markdown', uri: file });
    assert.match(await readFile(file, 'utf8'), /Sample data/);
    await eventually(() => assert.equal(packscope.estate.isLoading(), false));
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('is what agents read, marked as such', async () => {
    const tokens = new CancellationTokenSource();
    const options = { input: { name: s3 }, toolInvocationToken: undefined };
    const { content } = await lm.invokeTool('packscope_packDetails', options, tokens.token);
    const text = content.flatMap((part) => (part instanceof LanguageModelTextPart ? part.value : [])).join('');
    assert.match(text, /"connection": ?"Sample data"/);
    assert.match(text, /s3-bucket-versioning-enabled/);
  });

  it('has a template with hovers that say so', async () => {
    await commands.executeCommand('packscope.exploreSampleData', { template: true });
    const document = window.activeTextEditor?.document;
    assert(document);
    assert.match(document.fileName, /template\.yaml$/);
    const hover = await waitForPackHover(document, 'operational-best-practices-for-nist-800-53-rev-5');
    assert.match(hover.value, /Sample data/);
    assert.deepEqual(await configService.getRequests(), []);
    await commands.executeCommand('packscope.leaveSampleData');
    await eventually(async () => {
      const [real] = await getHoversOver(document, s3);
      assert(real && !real.value.includes('Sample data'), real?.value);
    });
  });

  it('is not evaluated again, even if actions are allowed', async () => {
    packscope = await resetPackscope({ connections, allowActions: true });
    await commands.executeCommand('packscope.exploreSampleData');
    await waitUntilLoaded(packscope);
    await configService.clearRequests();
    await assert.rejects(
      async () => commands.executeCommand('packscope.reevaluate', { name: s3, ...home }),
      /Sample data is not evaluated/,
    );
    assert.deepEqual(await configService.getRequests(), []);
    await resetPackscope({ connections, allowActions: undefined });
  });

  it('has no earlier visits, and says so', async () => {
    const changes = await commands.executeCommand<{ notCompared: string[] }[]>('packscope.showChanges', {
      since: 'lastVisit',
    });
    assert.deepEqual(
      changes.map(({ notCompared }) => notCompared[0]),
      ['Packs: no earlier reading'],
    );
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('needs no credentials', () =>
    withAccount(packscope, undefined, async () => {
      await waitUntilLoaded(packscope);
      assert(getNodesOfKind(packscope.tree, 'pack').length > 10);
      assert.equal(packscope.tree.model.getWelcome(), undefined);
    }));

  it('is left for the connections, which are read again', async () => {
    await commands.executeCommand('packscope.filter', { nameContains: 's3' });
    await commands.executeCommand('packscope.leaveSampleData');
    await waitUntilLoaded(packscope);
    const read = packscope.tree.model.getStores().map(({ connection }) => connection);
    assert.deepEqual(read, [{ region: 'us-sample-1' }]);
    assert.equal(packscope.tree.model.getWelcome(), 'noPacks');
    assert.deepEqual(packscope.tree.model.query.filter, {});
    assert.equal(packscope.tree.title, 'Conformance Packs');
    assert((await configService.getRequests()).length > 0);
  });

  it('is left when connections are selected', async () => {
    await commands.executeCommand('packscope.selectConnections', { connections });
    await eventually(() => assert.equal(packscope.tree.title, 'Conformance Packs'));
  });
});
