import './preload.ts';
import { setImmediate } from 'node:timers/promises';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { getProcessorTime } from '../../support/processorTime.ts';
import { ShownTree } from '../../support/tree/shownTree.ts';
import { measureLongestBlock } from '../eventLoop.ts';
import { measureTime } from '../measurement.ts';
import type { TreeRun } from '../tree.ts';

// Loads every row of an aggregator in a visible tree, as Load All does, then sorts and filters it, and prints for how long
// the event loop was blocked, and the memory of the whole process.
/** The maximum of the setting. */
const maxRequestsPerSecond = 100;
const connections = [{}];
const estate = new Estate({
  open: createOpenSource({ pageSize: () => 100, requestsPerSecond: () => maxRequestsPerSecond, log: () => {} }),
  aggregatorNames: () => [],
});
const settings = { connections, scoreTarget: 90, accountNames: new Map<string, string>() };
const shown = new ShownTree(new TreeModel(estate, () => settings), estate);
shown.open();
await shown.waitUntilIdle();
shown.setQuery({ groupBy: 'none' });
const [aggregator] = shown.nodesOfKind('aggregator');
if (aggregator === undefined) throw new Error('No aggregator is shown');
shown.expand(aggregator);
await shown.waitUntilIdle();

let processBytes = 0;
const stop = estate.onDidChange(() => {
  processBytes = Math.max(processBytes, process.memoryUsage.rss());
});
const longest: Record<string, number> = {};
let milliseconds = 0;
// Thousands of requests and responses keep two processors busy.
longest.load = await measureLongestBlock(async () => {
  milliseconds = await measureTime(async () => {
    await shown.model.getChildList(aggregator)?.loadAll();
    await shown.waitUntilIdle();
  });
}, getProcessorTime);
stop();
longest.sort = await measureLongestBlock(() => showRows({ order: { by: 'name', descending: true } }));
longest.filter = await measureLongestBlock(() => showRows({ filter: { nameContains: '-' } }));
const rows = shown.model.getChildList(aggregator)?.rows.length ?? 0;
const run: TreeRun = {
  rows,
  milliseconds,
  longestBlock: Math.max(...Object.values(longest)),
  longest,
  shownNodes: shown.nodes.length,
  processBytes: Math.max(processBytes, process.memoryUsage.rss()),
};
console.log(JSON.stringify(run));
process.exit();

/** Changes the query and waits until rows are shown again. */
async function showRows(query: Partial<TreeQuery>): Promise<void> {
  shown.setQuery(query);
  do await setImmediate();
  while (shown.nodesOfKind('row').length === 0);
}
