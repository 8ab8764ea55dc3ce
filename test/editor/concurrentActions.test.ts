import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { type AggregateRow, rowKey } from '../../src/compliance/model.ts';
import type { RowFilter } from '../../src/compliance/source.ts';
import type { AggregatorNode, MoreNode } from '../../src/views/tree/model/nodes.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodes, getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('a person who does not wait', () => {
  let packscope: Packscope;
  let organization: AggregatorNode;

  // In sight, with an aggregator open: VS Code keeps its own tree, and complains of one that does not fit.
  beforeEach(async () => {
    packscope = await resetPackscope({ pageSize: 7 });
    await commands.executeCommand('packscope.groupBy', { by: 'pack' });
    await commands.executeCommand('packscope.packs.focus');
    await waitUntilLoaded(packscope);
    const [first] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(first);
    organization = first;
    await commands.executeCommand('workbench.actions.treeView.packscope.packs.collapseAll');
    for (const command of ['focusLast', 'focusUp', 'expand']) await commands.executeCommand(`list.${command}`);
    await waitUntilLoaded(packscope, organization);
    await configService.setFaults({ latencyMs: 150 });
  });

  afterEach(() => configService.setFaults({}));

  const below = () => packscope.tree.getChildren(organization);
  const rows = () => below().flatMap((node) => (node.kind === 'row' ? [node.row] : []));
  const more = (): MoreNode | undefined => below().find((node) => node.kind === 'more');
  const loading = () => until('a load to begin', () => packscope.estate.isLoading());

  /** The same question, asked through another connection by somebody who waits. */
  const expected = async (count: number, filter: RowFilter = {}): Promise<readonly AggregateRow[]> => {
    const list = packscope.estate.getStore({ region: 'us-east-1' }).getAggregateRows('organization', filter);
    while (list.rows.length < count) await list.loadMore();
    return list.rows.slice(0, count);
  };

  it('gets the rows once, who loads more twice at a time', async () => {
    await configService.clearRequests();
    const node = more();
    await Promise.all([1, 2].map(() => commands.executeCommand('packscope.loadMore', node)));
    assert.deepEqual(rows().map(rowKey), (await expected(14)).map(rowKey));
  });

  it('asks once, who loads more twice at a time', async () => {
    await configService.clearRequests();
    const node = more();
    await Promise.all([1, 2].map(() => commands.executeCommand('packscope.loadMore', node)));
    assert.equal((await configService.getRequests()).length, 1);
  });

  it('gets the rows once, who refreshes while more are loaded', async () => {
    const load = commands.executeCommand('packscope.loadMore', more());
    await loading();
    await commands.executeCommand('packscope.refresh');
    await load;
    await waitUntilLoaded(packscope, organization);
    const found = rows();
    assert.deepEqual(found.map(rowKey), (await expected(found.length)).map(rowKey));
    assert(found.length >= 7);
    const ids = [...getNodes(packscope.tree), ...getNodes(packscope.tree, organization)].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('sees the last filter, who changes it half-way', async () => {
    await commands.executeCommand('packscope.filter', { compliance: 'NON_COMPLIANT' });
    below();
    await loading();
    await commands.executeCommand('packscope.filter', { compliance: 'COMPLIANT' });
    await waitUntilLoaded(packscope, organization);
    const found = rows();
    assert.deepEqual(found, await expected(7, { compliance: 'COMPLIANT' }));
    assert(found.every(({ compliance }) => compliance === 'COMPLIANT'));
  });
});
