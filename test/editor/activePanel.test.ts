import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { commands, type Uri, window, workspace } from 'vscode';
import { asRecord } from '../../src/compliance/unknownValues.ts';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, type Packscope, resetPackscope, runWithFirstEntries, waitUntilLoaded } from './packscope.ts';

const pack = {
  name: 'operational-best-practices-for-amazon-s3',
  account: '318604927715',
  region: 'us-east-1',
};

describe('commands with an active panel', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    await openPanel(pack);
    await configService.clearRequests();
  });

  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  async function openPanel(args: object): Promise<void> {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('packscope.openPack', args);
    await until('the panel', () => window.tabGroups.activeTabGroup.activeTab?.label === pack.name);
    await eventually(async () => assert(getRequestedPacks(await configService.getRequests()).length > 0));
    await until('loading to end', () => !packscope.estate.isLoading());
  }

  /** The packs whose results were requested. */
  const getRequestedPacks = (requests: readonly { readonly input?: unknown }[]) => [
    ...new Set(requests.flatMap(({ input }) => asRecord(input).ConformancePackName ?? [])),
  ];

  it('refresh its pack alone', async () => {
    await commands.executeCommand('packscope.refresh');
    await eventually(async () => {
      const requests = await configService.getRequests();
      assert.deepEqual(getRequestedPacks(requests), [pack.name]);
      assert(!requests.some(({ operation }) => operation === 'DescribeConfigurationAggregators'));
    });
  });

  it('unmute its pack, or the pack that the arguments name', async () => {
    const getContextValue = async () => {
      const node = getNodesOfKind(packscope.tree, 'pack').find((each) => each.pack.name === pack.name);
      assert(node);
      return (await packscope.tree.getTreeItem(node)).contextValue;
    };
    for (const args of [undefined, pack, { name: pack.name }]) {
      await commands.executeCommand('packscope.mutePack');
      assert.equal(await getContextValue(), 'pack.muted');
      await commands.executeCommand('packscope.unmutePack', args);
      assert.equal(await getContextValue(), 'pack.deployed');
    }
    await assert.rejects(
      async () => commands.executeCommand('packscope.unmutePack', { name: '-' }),
      /name: Enter a pack name/,
    );
  });

  it('read it through a connection of another setting for the same region', async () => {
    const connections = [{ regions: ['eu-central-1', pack.region] }];
    await workspace.getConfiguration('packscope').update('connections', connections, true);
    await eventually(async () => {
      await configService.clearRequests();
      await commands.executeCommand('packscope.refresh');
      await until('loading to end', () => !packscope.estate.isLoading());
      const requests = await configService.getRequests();
      assert.deepEqual(getRequestedPacks(requests), [pack.name]);
      assert(requests.every(({ region }) => region === pack.region));
    });
  });

  it('export its pack', async () => {
    const written = await runWithFirstEntries<{ readonly rows: number; readonly uri: Uri }>('packscope.export');
    await rm(written.uri.fsPath);
    assert.equal(written.rows, 1);
    assert.match(written.uri.path, new RegExp(`${pack.name}\\.csv$`));
  });
});

describe('Refresh with a pack as argument', () => {
  it('reads the pack again, as the link of a hover does', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    await configService.clearRequests();
    await commands.executeCommand('packscope.refresh', pack);
    await eventually(async () => {
      const operations = (await configService.getRequests()).map(({ operation }) => operation);
      assert(operations.includes('ListConformancePackComplianceScores'), String(operations));
      assert(!operations.includes('DescribeConfigurationAggregators'), String(operations));
    });
  });
});
