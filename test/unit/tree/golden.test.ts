import { groupings } from '../../../src/compliance/grouping.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, withOpenTree } from '../../support/tree/openTree.ts';
import type { ShownTree } from '../../support/tree/shownTree.ts';
import { render } from './rendering.ts';

/** Changes the query and expands the smaller of the demo's aggregators with its groups. */
async function showAndExpand(shown: ShownTree, change: Partial<TreeQuery>): Promise<void> {
  shown.setQuery(change);
  await shown.waitUntilIdle();
  for (const node of shown.nodesOfKind('aggregator'))
    if (node.aggregator.name.startsWith('payments')) shown.expand(node);
  await shown.waitUntilIdle();
  for (const node of shown.nodesOfKind('group')) shown.expand(node);
  await shown.waitUntilIdle();
}

const assertTree = (name: string, change: Partial<TreeQuery>) =>
  withOpenTree({}, async ({ shown }) => {
    await showAndExpand(shown, change);
    assertGolden(import.meta.url, `${name}.txt`, render(shown));
  });

describe('tree rows', () => {
  it('shows the first load', () =>
    withOpenTree({}, async ({ shown }) => assertGolden(import.meta.url, 'first-sight.txt', render(shown))));

  for (const groupBy of groupings) {
    it(`groups aggregators by ${groupBy}`, () => assertTree(`group-by-${groupBy}`, { groupBy }));
  }

  const orders = { 'worst-first': ['score', false], 'best-first': ['score', true], 'a-to-z': ['name', false] } as const;
  for (const [name, [by, descending]] of Object.entries({ ...orders, 'z-to-a': ['name', true] as const })) {
    it(`sorts ${name}`, () => assertTree(`sort-${name}`, { order: { by, descending }, groupBy: 'none' }));
  }

  const s3 = 'operational-best-practices-for-amazon-s3';
  const pci = 'operational-best-practices-for-pci-dss';
  const filters: Record<string, Partial<TreeQuery>> = {
    'non-compliant': { filter: { compliance: 'NON_COMPLIANT' } },
    'non-compliant-packs': { filter: { compliance: 'NON_COMPLIANT' }, groupBy: 'pack' },
    'insufficient-data': { filter: { compliance: 'INSUFFICIENT_DATA' }, groupBy: 'status' },
    'score-below': { filter: { scoreBelow: 80 } },
    'name-here-alone': { filter: { name: s3 } },
    'name-everywhere': { filter: { name: pci }, groupBy: 'none' },
    'name-unknown': { filter: { name: 'no-such-pack' }, groupBy: 'none' },
    'name-contains': { filter: { nameContains: 'PCI' } },
    account: { filter: { account: '467120985533' } },
    region: { filter: { region: 'eu-central-1' }, groupBy: 'region' },
    'all-at-once': {
      filter: { compliance: 'COMPLIANT', nameContains: 'org', account: '318604927715', region: 'us-east-1' },
    },
  };
  for (const [name, change] of Object.entries(filters)) {
    it(`filters by ${name}`, () => assertTree(`filter-${name}`, change));
  }

  it('shows two regions', () =>
    withOpenTree({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async ({ shown }) => {
      for (const node of shown.nodesOfKind('scope')) shown.expand(node);
      await shown.waitUntilIdle();
      await showAndExpand(shown, { groupBy: 'none' });
      assertGolden(import.meta.url, 'two-regions.txt', render(shown));
    }));

  it('counts packs and states of the rows read so far', () =>
    withOpenTree({ pageSize: 7 }, async ({ shown }) => {
      const texts: string[] = [];
      for (const groupBy of ['pack', 'status'] as const) {
        await showAndExpand(shown, { groupBy, filter: { nameContains: 'o' } });
        texts.push(render(shown, { tooltips: true }).replace(/^[\s\S]*?(?=▾ payments)/, ''));
      }
      assertGolden(import.meta.url, 'counted-so-far.txt', texts.join('\n'));
    }));

  it('shows values outside the API model, and counts none of them', () =>
    withOpenTree({}, async ({ shown, service }) => {
      service.faults = {
        rows: {
          GetAggregateConformancePackComplianceSummary: {
            set: { NonCompliantConformancePackCount: -1 },
            path: ['ComplianceSummary'],
            row: 0,
          },
          DescribeAggregateComplianceByConformancePacks: {
            set: { ComplianceType: 'NOT_APPLICABLE', CompliantRuleCount: -1 },
            path: ['Compliance'],
            row: 0,
          },
        },
      };
      const texts: string[] = [];
      for (const groupBy of ['account', 'pack', 'status'] as const) {
        shown.setQuery({ groupBy, filter: { region: 'eu-central-1' } });
        await shown.waitUntilIdle();
        for (const node of shown.nodesOfKind('aggregator'))
          if (node.aggregator.name.startsWith('payments')) shown.expand(node);
        await shown.waitUntilIdle();
        texts.push(render(shown, { tooltips: true }).replace(/^[\s\S]*?(?=▾ payments)/, ''));
      }
      assertGolden(import.meta.url, 'outside-model.txt', texts.join('\n'));
    }));

  it('shows Load more… after 100 rows', () => {
    const estate = generatedEstate({ accounts: 3, regions: 1, packs: 50 }, noon);
    return withOpenTree({ estate }, async ({ shown }) => {
      shown.setQuery({ groupBy: 'none' });
      await shown.waitUntilIdle();
      for (const node of shown.nodesOfKind('aggregator')) shown.expand(node);
      await shown.waitUntilIdle();
      assertGolden(import.meta.url, 'load-more.txt', render(shown));
    });
  });
});

describe('rows below a pack', () => {
  for (const tooltips of [false, true]) {
    it(`shows rules and failing resources${tooltips ? ' with tooltips' : ''}`, () =>
      withOpenTree({}, async ({ shown }) => {
        shown.setQuery({ filter: { name: 'operational-best-practices-for-amazon-s3' } });
        await shown.waitUntilIdle();
        for (const node of shown.nodesOfKind('pack')) shown.expand(node);
        await shown.waitUntilIdle();
        for (const node of shown.nodesOfKind('rule').slice(tooltips ? -1 : 0)) shown.expand(node);
        await shown.waitUntilIdle();
        assertGolden(import.meta.url, tooltips ? 'tooltips-rules.txt' : 'rules.txt', render(shown, { tooltips }));
      }));
  }
});

describe('tooltips', () => {
  it('describes packs in every state', () =>
    withOpenTree({}, async ({ shown }) =>
      assertGolden(import.meta.url, 'tooltips-packs.txt', render(shown, { tooltips: true })),
    ));

  it('describes aggregators, groups and rows', () =>
    withOpenTree({ pageSize: 1 }, async ({ shown }: OpenTree) => {
      await showAndExpand(shown, { filter: { region: 'us-east-1', account: '467120985533' } });
      assertGolden(import.meta.url, 'tooltips-aggregators.txt', render(shown, { tooltips: true }));
    }));
});
