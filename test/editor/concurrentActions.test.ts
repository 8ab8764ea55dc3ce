import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { type AggregateRow, getRowKey } from '../../src/compliance/model.ts';
import type { RowFilter } from '../../src/compliance/source.ts';
import type { AggregatorNode, MoreNode } from '../../src/views/tree/model/nodes.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodes, getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('concurrent actions in the tree', () => {
  let packscope: Packscope;
  let organization: AggregatorNode;

  // The view is visible with an expanded aggregator, so that VS Code checks every change against its own tree.
  beforeEach(async () => {
    packscope = await resetPackscope({ pageSize: 7 });
    await commands.executeCommand('packscope.groupBy', { by: 'none' });
    await commands.executeCommand('packscope.packs.focus');
    await waitUntilLoaded(packscope);
    const [first] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(first);
    organization = first;
    // Reveals a node of this tree: until then, VS Code may still render the tree of an earlier test.
    await commands.executeCommand('packscope.findPack', { name: 'operational-best-practices-for-amazon-s3' });
    await commands.executeCommand('workbench.actions.treeView.packscope.packs.collapseAll');
    for (const command of ['focusLast', 'focusUp', 'expand']) await commands.executeCommand(`list.${command}`);
    await waitUntilLoaded(packscope, organization);
    await configService.setFaults({ latencyMs: 500 });
  });

  afterEach(() => configService.setFaults({}));

  const getChildren = () => packscope.tree.getChildren(organization);
  const getRows = () => getChildren().flatMap((node) => (node.kind === 'row' ? [node.row] : []));
  /** The tree sorts rows: the keys of both are compared in the same order. */
  const getKeys = (rows: readonly AggregateRow[]) => rows.map(getRowKey).sort();
  const findMore = (): MoreNode | undefined => getChildren().find((node) => node.kind === 'more');
  const waitForLoad = () => until('a load to start', () => packscope.estate.isLoading());

  /** Loads the same rows one request after another, through another connection. */
  const loadExpected = async (count: number, filter: RowFilter = {}): Promise<readonly AggregateRow[]> => {
    const list = packscope.estate.getStore({ region: 'us-east-1' }).getAggregateRows('organization', filter);
    while (list.rows.length < count) await list.loadMore();
    return list.rows.slice(0, count);
  };

  it('add rows once when Load More runs twice', async () => {
    await configService.clearRequests();
    const node = findMore();
    await Promise.all([1, 2].map(() => commands.executeCommand('packscope.loadMore', node)));
    assert.deepEqual(getKeys(getRows()), getKeys(await loadExpected(14)));
  });

  it('send one request when Load More runs twice', async () => {
    await configService.clearRequests();
    const node = findMore();
    await Promise.all([1, 2].map(() => commands.executeCommand('packscope.loadMore', node)));
    assert.equal((await configService.getRequests()).length, 1);
  });

  it('add rows once when Refresh runs during Load More', async () => {
    const load = commands.executeCommand('packscope.loadMore', findMore());
    await waitForLoad();
    await commands.executeCommand('packscope.refresh');
    await load;
    await waitUntilLoaded(packscope, organization);
    const rows = getRows();
    assert.deepEqual(getKeys(rows), getKeys(await loadExpected(rows.length)));
    assert(rows.length >= 7);
    const ids = [...getNodes(packscope.tree), ...getNodes(packscope.tree, organization)].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('apply the last filter when it changes during a load', async () => {
    await commands.executeCommand('packscope.filter', { compliance: 'NON_COMPLIANT' });
    getChildren();
    await waitForLoad();
    await commands.executeCommand('packscope.filter', { compliance: 'COMPLIANT' });
    await waitUntilLoaded(packscope, organization);
    const rows = getRows();
    assert.deepEqual(getKeys(rows), getKeys(await loadExpected(7, { compliance: 'COMPLIANT' })));
    assert(rows.every(({ compliance }) => compliance === 'COMPLIANT'));
  });
});
