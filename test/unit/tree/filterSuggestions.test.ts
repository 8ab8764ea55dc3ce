import assert from 'node:assert/strict';
import { createNameItems } from '../../../src/views/tree/commands/nameSuggestions.ts';
import { createScopeItems, loadScopes } from '../../../src/views/tree/commands/scopeSuggestions.ts';
import { assertGolden } from '../../support/golden.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';

const accountNames = new Map([
  ['467120985533', 'payments-prod'],
  ['104857391826', 'log-archive'],
  ['999999999999', 'not-in-an-aggregator'],
]);
const refused = { name: 'AccessDeniedException' };

type Item = ReturnType<typeof createScopeItems>[number] | ReturnType<typeof createNameItems>[number];

const format = (items: readonly Item[]): string =>
  items
    .slice(0, 6)
    .map(({ label, description = '', detail, value }) =>
      [`  ${value === undefined ? '(i) ' : ''}${label} | ${description}`, ...(detail ? [`      ${detail}`] : [])].join(
        '\n',
      ),
    )
    .join('\n');

describe('suggestions for filters', () => {
  it('offer accounts by name and ID, and regions, and say what is not loaded', async () => {
    const texts: string[] = [];
    const add = (title: string, { estate }: OpenTree, by: 'account' | 'region', text = '', isLoading = false) => {
      const items = createScopeItems([estate.getStore({})], { by, text, accountNames, isLoading });
      texts.push(`${title}\n${format(items)}\n`);
    };
    const load = async ({ estate }: OpenTree, by: 'account' | 'region') =>
      loadScopes([estate.getStore({})], by, new AbortController().signal);
    await withTree({ attempts: 1 }, async (tree) => {
      add('accounts, loading', tree, 'account', 'pay', true);
      await load(tree, 'account');
      add('accounts', tree, 'account');
      add('accounts, part of a name', tree, 'account', 'pay');
      add('accounts, part of an ID', tree, 'account', '4671');
      add('accounts, an unknown ID', tree, 'account', '123456789012');
      add('accounts, no match', tree, 'account', 'nothing-like-it');
      await load(tree, 'region');
      add('regions', tree, 'region');
      add('regions, prefix first', tree, 'region', 'us');
      add('regions, no match', tree, 'region', 'nowhere!');
    });
    await withTree({ attempts: 1 }, async (tree) => {
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: refused } };
      await load(tree, 'account');
      add('accounts, aggregators denied', tree, 'account', 'nothing-like-it');
    });
    await withTree({ attempts: 1 }, async (tree) => {
      tree.service.faults = {
        refuse: { GetAggregateConformancePackComplianceSummary: { name: 'InternalServerException' } },
      };
      await load(tree, 'account');
      add('accounts, summary failed', tree, 'account');
    });
    assertGolden(import.meta.url, 'filter-suggestions.txt', texts.join('\n'));
  });

  it('offer a part of a name first, then exact names, best matches first', () => {
    const names = ['operational-pci', 'pci-dss', 'hipaa', 'pci'];
    assert.deepEqual(
      createNameItems(' pci ', names).map(({ value }) => value),
      [{ nameContains: 'pci' }, { name: 'pci' }, { name: 'pci-dss' }, { name: 'operational-pci' }],
    );
    assert.deepEqual(
      createNameItems('two words', names).map(({ value }) => value),
      [{ nameContains: 'two words' }],
    );
    assert.deepEqual(
      createNameItems('nist', []).map(({ value }) => value),
      [{ nameContains: 'nist' }, { name: 'nist' }],
    );
    assert.deepEqual(
      createNameItems('', []).map(({ label, value }) => [label, value]),
      [['No packs loaded', undefined]],
    );
  });
});
