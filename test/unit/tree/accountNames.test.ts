import assert from 'node:assert/strict';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';

const account = '518396702241';
const options = { accountNames: new Map([[account, 'payments-prod']]) };

async function expandAggregator({ shown }: OpenTree, groupBy: 'account' | 'pack' | 'none'): Promise<void> {
  shown.setQuery({ filter: {}, order: defaultPackOrder, groupBy });
  shown.open();
  await shown.waitUntilIdle();
  const [organization] = shown.nodesOfKind('aggregator');
  if (organization) shown.expand(organization);
  await shown.waitUntilIdle();
}

const findLabel = (nodes: readonly TreeNode[], text: RegExp) =>
  nodes.map(getLabel).find(({ label, description }) => text.test(label) || text.test(description));

describe('accounts with a name in the settings', () => {
  it('are groups with their name, and their ID after the counts', () =>
    withTree(options, async (tree) => {
      await expandAggregator(tree, 'account');
      const groups = tree.shown.nodesOfKind('group');
      const named = groups.find(({ group }) => group.name === account) ?? assert.fail();
      const { label, description } = getLabel(named);
      assert.equal(label, 'payments-prod');
      assert.match(description, new RegExp(`^\\d+ non-compliant · .*${account}$`));
      assert.match(getTooltipLines(named, noon.getTime())[0] ?? '', new RegExp(`payments-prod · ${account}`));
      assert.equal(groups.filter((group) => /^\d{12}$/.test(getLabel(group).label)).length, groups.length - 1);
    }));

  it('are named by rows, too', () =>
    withTree(options, async (tree) => {
      await expandAggregator(tree, 'none');
      assert.match(findLabel(tree.shown.nodesOfKind('row'), /payments-prod/)?.description ?? '', / · payments-prod$/);
      await expandAggregator(tree, 'pack');
      for (const group of tree.shown.nodesOfKind('group')) tree.shown.expand(group);
      await tree.shown.waitUntilIdle();
      const row = findLabel(tree.shown.nodesOfKind('row'), /payments-prod/);
      assert.deepEqual([row?.label, row?.description.endsWith(account)], ['payments-prod', true]);
    }));
});
