import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { commands, MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { TreeNode } from '../../src/views/tree/model/nodes.ts';
import type { PacksTree } from '../../src/views/tree/packsTree.ts';
import { assertGolden } from '../support/golden.ts';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import {
  getExtension,
  getNodes,
  getNodesOfKind,
  type Packscope,
  resetPackscope,
  waitUntilLoaded,
} from './packscope.ts';

const twisties = {
  [TreeItemCollapsibleState.None]: '',
  [TreeItemCollapsibleState.Collapsed]: '▸ ',
  [TreeItemCollapsibleState.Expanded]: '▾ ',
};

describe('PacksTree', () => {
  let packscope: Packscope;
  let tree: PacksTree;

  const open = async (settings?: Record<string, unknown>) => {
    packscope = await resetPackscope(settings);
    tree = packscope.tree;
    await commands.executeCommand('packscope.packs.focus');
  };

  it('shows the same rows as in unit tests', async () => {
    await open();
    await waitUntilLoaded(packscope);
    const unitTests = pathToFileURL(`${getExtension().extensionPath}/test/unit/tree/`).href;
    assertGolden(unitTests, 'first-sight.txt', `${(await getLines(tree)).join('\n')}\n`);
  });

  it('gives every item a unique id and a context value', async () => {
    await open();
    await waitUntilLoaded(packscope);
    const items = await Promise.all(getNodes(tree).map((node) => tree.getTreeItem(node)));
    const kinds = items.map(({ contextValue }) => contextValue);
    assert.deepEqual(kinds, ['scope', ...Array(14).fill('pack.deployed'), 'aggregator', 'aggregator']);
    const ids = items.map(({ id }) => id);
    assert.equal(new Set(ids).size, kinds.length);
  });

  it('loads the visible rows with one request each', async () => {
    await open({ connections: [{ regions: ['us-tree-1'] }] });
    await eventually(async () => {
      assert(packscope.estate.getStore({ region: 'us-tree-1' }).identity.isComplete && !packscope.estate.isLoading());
    });
    const operations = (await configService.getRequests('us-tree-1')).map(({ operation }) => operation);
    assert.deepEqual(operations.sort(), [
      'DescribeConfigurationAggregators',
      'DescribeConformancePackStatus',
      'GetCallerIdentity',
      'ListConformancePackComplianceScores',
    ]);
  });

  it('escapes service messages in tooltips', async () => {
    await open();
    await waitUntilLoaded(packscope);
    const [pack] = getNodesOfKind(tree, 'pack');
    assert(pack?.pack.deployment);
    const { deployment } = pack.pack;
    const name = '**a** <img src="x"> [b](command:packscope.refresh)';
    const reason = '<b>c</b> `d` ![e](f.png) $(error) <script>g</script>\n# h\n- i\n\n| j |\n|---|\n| k |';
    const hostile: TreeNode = { ...pack, pack: { ...pack.pack, name, deployment: { ...deployment, reason } } };
    const { tooltip } = await tree.resolveTreeItem(new TreeItem(''), hostile);
    assert(tooltip instanceof MarkdownString);
    assert(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
    const html = await commands.executeCommand<string>('markdown.api.render', tooltip.value);
    const tags = [...html.matchAll(/<(\w+)[^>]*>/g)].map(([, tag]) => tag);
    assert.deepEqual([...new Set(tags.filter((tag) => tag !== 'span'))], ['p', 'strong'], html);
    assert.equal(tags.filter((tag) => tag === 'strong').length, 1);
    assert(html.includes('command:packscope.refresh') && html.includes('&lt;script&gt;'), html);
  });
});

/** Returns the tree as lines, down to collapsed items. */
async function getLines(tree: PacksTree, parent?: TreeNode): Promise<string[]> {
  const lines = tree.getChildren(parent).map(async (node) => {
    const { label, description, collapsibleState, iconPath } = await tree.getTreeItem(node);
    assert(iconPath instanceof ThemeIcon && collapsibleState !== undefined);
    const isExpanded = collapsibleState === TreeItemCollapsibleState.Expanded;
    const below = (isExpanded ? await getLines(tree, node) : []).map((line) => `  ${line}`);
    return [`${twisties[collapsibleState]}${[label, description, iconPath.id].join(' | ')}`, ...below];
  });
  return (await Promise.all(lines)).flat();
}
