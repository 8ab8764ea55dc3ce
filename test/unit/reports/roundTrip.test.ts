import assert from 'node:assert/strict';
import fc from 'fast-check';
import exportSchema from '../../../media/export.schema.json' with { type: 'json' };
import type { Filter } from '../../../src/compliance/filter.ts';
import { groupings } from '../../../src/compliance/grouping.ts';
import { type AggregateRow, complianceTypes, getRowKey } from '../../../src/compliance/model.ts';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import { describePackOrder, describeRowOrder } from '../../../src/compliance/text/orderText.ts';
import { exportText } from '../../../src/reports/exportText.ts';
import { type FormatName, formats } from '../../../src/reports/formats.ts';
import { offerNodes } from '../../../src/views/export/treeExport.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withOpenTree } from '../../support/tree/openTree.ts';
import { parsers } from './parseExport.ts';
import { type Schema, validateSchema } from './schema.ts';

const anySize = fc.record({
  accounts: fc.integer({ min: 1, max: 5 }),
  regions: fc.integer({ min: 1, max: 3 }),
  packs: fc.integer({ min: 1, max: 8 }),
  rules: fc.constant(3),
  troubledSources: fc.constant(250),
  missingPacks: fc.constant(30),
  seed: fc.nat(),
});

const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      compliance: fc.constantFrom(...complianceTypes),
      nameContains: fc.constantFrom('o', 'S3', 'org', 'pci'),
      region: fc.constantFrom('us-east-1', 'eu-central-1'),
      scoreBelow: fc.constantFrom(60, 90),
    },
    { requiredKeys: [] },
  ),
);

const anyQuery: fc.Arbitrary<TreeQuery> = fc.record({
  filter: anyFilter,
  order: fc.record({ by: fc.constantFrom('score', 'name'), descending: fc.boolean() }),
  groupBy: fc.constantFrom(...groupings),
});

/** Expands and loads everything but packs. */
async function showAll({ shown }: OpenTree): Promise<void> {
  await shown.waitUntilIdle();
  for (const kind of ['scope', 'aggregator', 'group'] as const) {
    for (const node of shown.nodesOfKind(kind)) shown.expand(node);
    await shown.waitUntilIdle();
  }
  for (;;) {
    const more = shown.nodesOfKind('more');
    if (more.length === 0) return;
    for (const node of more) shown.activate(node);
    await shown.waitUntilIdle();
  }
}

/** The rows below an aggregator, in the order of the tree, but with the groups ordered by what they show. */
function getGroupedKeys({ shown }: OpenTree, { groupBy, order: { by, descending } }: TreeQuery): string[] {
  const rows = shown.nodesOfKind('row').map(({ row }) => row);
  if (groupBy === 'none' || groupBy === 'status') return rows.map(getRowKey);
  const groups = Map.groupBy(rows, ({ account, region, pack }) => {
    const base = /^OrgConformsPack-(.*)-\w{8}$/.exec(pack)?.[1];
    return { account, region, pack: base === undefined ? `${pack}/` : `${base}/org` }[groupBy];
  });
  const rank = (members: readonly AggregateRow[]) => {
    const count = (state: string) => members.filter(({ compliance }) => compliance === state).length;
    const [bad, good] = [count('NON_COMPLIANT'), count('COMPLIANT')];
    return bad + good === 0 ? [1, 0, 0] : [0, -bad / (bad + good), -bad];
  };
  const compareLists = (a: readonly number[], b: readonly number[]) =>
    a.map((each, index) => each - (b[index] ?? 0)).find((difference) => Math.abs(difference) > 1e-9) ?? 0;
  const sign = descending ? -1 : 1;
  const sorted = [...groups].sort(([nameA, a], [nameB, b]) => {
    const byName = nameA < nameB ? -1 : 1;
    return by === 'name' ? sign * byName : sign * compareLists(rank(a), rank(b)) || byName;
  });
  return sorted.flatMap(([, members]) => members.map(getRowKey));
}

/** The keys of the rows below a node, in the order of the tree. */
function getShownKeys({ shown }: OpenTree, parent: TreeNode): string[] {
  const start = shown.lines.findIndex(({ node }) => node.id === parent.id);
  const depth = shown.lines[start]?.depth ?? 0;
  const below = shown.lines.slice(start + 1);
  const end = below.findIndex((line) => line.depth <= depth);
  return below.slice(0, end < 0 ? undefined : end).flatMap(({ node }) => {
    if (node.kind === 'row') return getRowKey(node.row);
    return node.kind === 'pack' ? getRowKey({ ...node.scope, pack: node.pack.name }) : [];
  });
}

async function exportNode(tree: OpenTree, node: TreeNode, format: FormatName): Promise<string> {
  const { query } = tree.shown.model;
  const view = { estate: tree.estate, query, connections: [{}], accountNames: new Map<string, string>(), ownerTag: '' };
  const { shown } = offerNodes(view, [node]);
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  let text = '';
  for await (const chunk of exportText(shown, formats[format], options)) text += chunk;
  return text;
}

/** Exports what the tree shows below a node in every format, and compares it. */
async function checkNode(tree: OpenTree, node: TreeNode, expected: readonly string[], order: string): Promise<void> {
  const sources = tree.estate.getStore({}).getUnhealthySources('organization').rows;
  for (const [name, parse] of Object.entries(parsers)) {
    const text = await exportNode(tree, node, name as FormatName);
    const parsed = parse(text);
    assert.deepEqual(parsed.rows, expected, name);
    assert.equal(parsed.order, order, name);
    assert.equal(parsed.totalRows, expected.length, name);
    assert(parsed.hasEnd, name);
    const unhealthy =
      node.kind === 'scope' ? [] : sources.map(({ id, region }) => [id, region].filter(Boolean).join(' · '));
    assert.deepEqual([...parsed.sources].sort(), unhealthy.sort(), name);
    if (name === 'json') assert.deepEqual(validateSchema(JSON.parse(text), exportSchema as Schema), []);
  }
}

describe('exports of what the tree shows', () => {
  it('parse back to exactly its rows in the stated order, with every failed source', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, fc.array(anyQuery, { minLength: 1, maxLength: 3 }), async (size, queries) => {
        await withOpenTree({ estate: generatedEstate(size, noon), pageSize: 20 }, async (tree) => {
          // The scores that rows are filtered by.
          await tree.estate.getStore({}).getPackList(defaultPackOrder).loadAll();
          for (const query of queries) {
            tree.shown.setQuery(query);
            await showAll(tree);
            for (const scope of tree.shown.nodesOfKind('scope'))
              await checkNode(tree, scope, getShownKeys(tree, scope), describePackOrder(query.order));
            for (const group of tree.shown.nodesOfKind('group').slice(0, 1))
              await checkNode(tree, group, getShownKeys(tree, group), describeRowOrder(query.order, 'none'));
            for (const aggregator of tree.shown.nodesOfKind('aggregator')) {
              const keys = getGroupedKeys(tree, query);
              await checkNode(tree, aggregator, keys, describeRowOrder(query.order, query.groupBy));
            }
          }
        });
      }),
      { numRuns: 6 },
    );
  });
});
