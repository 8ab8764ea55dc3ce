import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands, MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { TreeNode } from '../../src/views/tree/model/nodes.ts';
import type { PacksTree } from '../../src/views/tree/packsTree.ts';
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

const folds = {
  [TreeItemCollapsibleState.None]: '',
  [TreeItemCollapsibleState.Collapsed]: '▸ ',
  [TreeItemCollapsibleState.Expanded]: '▾ ',
};

describe('the tree in VS Code', () => {
  let packscope: Packscope;
  let tree: PacksTree;

  const open = async (settings?: Record<string, unknown>) => {
    packscope = await resetPackscope(settings);
    tree = packscope.tree;
    await commands.executeCommand('packscope.packs.focus');
  };

  it('reads at first sight as everywhere', async () => {
    await open();
    await waitUntilLoaded(packscope);
    const golden = `${getExtension().extensionPath}/test/unit/tree/golden/first-sight.txt`;
    assert.equal((await lines(tree)).join('\n'), readFileSync(golden, 'utf8').trimEnd());
  });

  it('tells each node from the others, and menus what it is', async () => {
    await open();
    await waitUntilLoaded(packscope);
    const items = await Promise.all(getNodes(tree).map((node) => tree.getTreeItem(node)));
    const kinds = items.map(({ contextValue }) => contextValue);
    assert.deepEqual(kinds, ['scope', ...Array(14).fill('pack.deployed'), 'aggregator', 'aggregator']);
    const ids = items.map(({ id }) => id);
    assert.equal(new Set(ids).size, kinds.length, 'and none for another');
  });

  it('is opened with one request for each thing that it shows', async () => {
    await open({ connections: [{ regions: ['eu-central-1'] }] });
    await eventually(async () => {
      assert(
        packscope.estate.getStore({ region: 'eu-central-1' }).identity.isComplete && !packscope.estate.isLoading(),
      );
    });
    const asked = (await configService.getRequests('eu-central-1')).map(({ operation }) => operation);
    assert.deepEqual(asked.sort(), [
      'DescribeConfigurationAggregators',
      'DescribeConformancePackStatus',
      'GetCallerIdentity',
      'ListConformancePackComplianceScores',
    ]);
  });

  it('says in a tooltip what the service said, and lets none of it be markup', async () => {
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

/** The tree as lines, as deep as it opens by itself. */
async function lines(tree: PacksTree, parent?: TreeNode): Promise<string[]> {
  const all = tree.getChildren(parent).map(async (node) => {
    const { label, description, collapsibleState, iconPath } = await tree.getTreeItem(node);
    assert(iconPath instanceof ThemeIcon && collapsibleState !== undefined);
    const isOpen = collapsibleState === TreeItemCollapsibleState.Expanded;
    const below = (isOpen ? await lines(tree, node) : []).map((line) => `  ${line}`);
    return [`${folds[collapsibleState]}${[label, description, iconPath.id].join(' | ')}`, ...below];
  });
  return (await Promise.all(all)).flat();
}
