import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { toPanelTarget } from '../../src/views/panel/panelState.ts';
import { formatPanelTitle } from '../../src/views/panel/panelTitles.ts';
import type { TreeNode } from '../../src/views/tree/model/nodes.ts';
import { eventually } from '../support/polling.ts';
import { getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('the preview panel', () => {
  let packscope: Packscope;
  let nodes: readonly TreeNode[];
  let names: readonly string[];

  beforeEach(async () => {
    packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    const packs = getNodesOfKind(packscope.tree, 'pack');
    nodes = packs;
    names = packs.map(({ pack }) => pack.name);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  /** Runs what a click on a row runs. */
  async function select(node: TreeNode | undefined): Promise<void> {
    assert(node);
    const { command } = await packscope.tree.getTreeItem(node);
    assert(command);
    await commands.executeCommand(command.command, ...(command.arguments ?? []));
  }

  /** Waits until these packs, in the order of the tree, have the only tabs, in a single group. */
  const assertTabs = (...packs: readonly number[]) =>
    eventually(() => {
      const tabs = window.tabGroups.all.map((group) => group.tabs.map(({ label }) => label));
      assert.deepEqual(tabs, [packs.map((pack) => names[pack])]);
    });

  it('shows one pack after the other', async () => {
    for (const pack of [0, 1, 2]) {
      await select(nodes[pack]);
      await assertTabs(pack);
    }
  });

  it('keeps a pack after a double click', async () => {
    await select(nodes[0]);
    await select(nodes[0]);
    await select(nodes[1]);
    await assertTabs(0, 1);
    await select(nodes[2]);
    await assertTabs(0, 2);
  });

  it('keeps a pack that is selected with Enter', async () => {
    await commands.executeCommand('packscope.keepPanel', { next: true });
    await select(nodes[0]);
    await select(nodes[1]);
    await select(nodes[2]);
    await assertTabs(0, 2);
  });

  it('keeps a pack on command, when its tab is pinned and when it is opened otherwise', async () => {
    await select(nodes[0]);
    await commands.executeCommand('packscope.keepPanel');
    await select(nodes[1]);
    await assertTabs(0, 1);
    await commands.executeCommand('workbench.action.pinEditor');
    await eventually(() => assert(window.tabGroups.activeTabGroup.activeTab?.isPinned));
    await select(nodes[2]);
    await eventually(() => assert.equal(window.tabGroups.activeTabGroup.tabs.length, 3));
    await commands.executeCommand('packscope.openPack', nodes[2]);
    await select(nodes[3]);
    await eventually(() => assert.equal(window.tabGroups.activeTabGroup.tabs.length, 4));
    // Close All Editors leaves pinned ones open.
    for (const { tabs } of window.tabGroups.all) await window.tabGroups.close(tabs);
  });

  it('reveals a pack that is already open, and keeps the preview', async () => {
    await commands.executeCommand('packscope.openPack', nodes[0]);
    await select(nodes[1]);
    await select(nodes[0]);
    await assertTabs(0, 1);
    await select(nodes[2]);
    await assertTabs(0, 2);
  });

  it('shows own packs and those of other accounts in the same panel', async () => {
    const [aggregator] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(aggregator);
    await commands.executeCommand('packscope.groupBy', { by: 'none' });
    await waitUntilLoaded(packscope, aggregator);
    const { account } = packscope.estate.getStore(aggregator.connection).identity.rows[0] ?? {};
    const row = packscope.tree
      .getChildren(aggregator)
      .find((node) => node.kind === 'row' && node.row.account !== account);
    assert(row?.kind === 'row');
    await select(nodes[0]);
    await select(row);
    await eventually(() =>
      assert.deepEqual(
        window.tabGroups.all.map(({ tabs }) => tabs.map(({ label }) => label)),
        [[formatPanelTitle(toPanelTarget({ ...row, aggregator: row.aggregator.name }))]],
      ),
    );
    await select(nodes[1]);
    await assertTabs(1);
  });

  it('moves to the active group instead of splitting the editor', async () => {
    await select(nodes[0]);
    await commands.executeCommand('packscope.openPack', nodes[1]);
    await eventually(() => assert.equal(window.tabGroups.activeTabGroup.activeTab?.label, names[1]));
    await commands.executeCommand('workbench.action.moveEditorToNextGroup');
    await eventually(() => assert.equal(window.tabGroups.activeTabGroup.viewColumn, 2));
    await select(nodes[2]);
    await assertTabs(1, 2);
  });
});
