import assert from 'node:assert/strict';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { noon, type OpenTree, withOpenTree } from '../../support/tree/openTree.ts';
import { render } from './rendering.ts';

const operation = 'DescribeRemediationExceptions';

/** Expands the first pack with failing resources and its first rule. */
async function expandRule({ shown }: OpenTree): Promise<void> {
  const pack = shown.nodesOfKind('pack').find((node) => node.pack.name.endsWith('amazon-s3'));
  assert(pack);
  shown.expand(pack);
  await shown.waitUntilIdle();
  const [rule] = shown.nodesOfKind('rule');
  assert(rule);
  shown.expand(rule);
  await shown.waitUntilIdle();
}

describe('exceptions in the tree', () => {
  it('are read once, when the resources of a rule are shown', () =>
    withOpenTree({}, async (tree) => {
      const { shown, service } = tree;
      assert.equal(service.requests.count(operation), 0);
      await expandRule(tree);
      assert.equal(service.requests.count(operation), 1);
      const [rule] = shown.nodesOfKind('rule');
      assert(rule);
      shown.collapse(rule);
      shown.expand(rule);
      await shown.waitUntilIdle();
      assert.equal(service.requests.count(operation), 1);
      const excepted = shown.nodesOfKind('evaluation').filter(({ exception }) => exception);
      assert(excepted.length > 0 && excepted.length < rule.rule.failing.length);
      for (const node of excepted)
        assert(
          getTooltipLines(node, noon.getTime()).includes('Excepted from remediation, but still counted as failing.'),
        );
    }));

  it('cost nothing else when they are denied, and name the permission', () =>
    withOpenTree({ attempts: 1 }, async (tree) => {
      const { shown, service } = tree;
      service.faults = { refuse: { [operation]: { name: 'AccessDeniedException' } } };
      await expandRule(tree);
      const evaluations = shown.nodesOfKind('evaluation');
      assert.equal(evaluations.length, shown.nodesOfKind('rule')[0]?.rule.failing.length);
      assert.deepEqual(shown.nodesOfKind('error'), []);
      for (const node of evaluations) {
        const lines = getTooltipLines(node, noon.getTime());
        assert(lines.includes(`Exceptions not loaded. Not permitted: config:${operation}`), lines.join('\n'));
      }
    }));

  it('can be retried after another error', () =>
    withOpenTree({ attempts: 1 }, async (tree) => {
      const { shown, service } = tree;
      service.faults = { refuse: { [operation]: { name: 'InternalFailure' } } };
      await expandRule(tree);
      const [error] = shown.nodesOfKind('error');
      assert(error, render(shown));
      service.faults = {};
      shown.activate(error);
      await shown.waitUntilIdle();
      assert.deepEqual(shown.nodesOfKind('error'), []);
      assert(shown.nodesOfKind('evaluation').some(({ exception }) => exception));
    }));
});
