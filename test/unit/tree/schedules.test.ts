import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { List } from '../../../src/compliance/paging/list.ts';
import { summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { type Connection, defaultPackOrder } from '../../../src/compliance/source.ts';
import { formatStatus } from '../../../src/views/status/statusText.ts';
import { hasChildren, type TreeNode } from '../../../src/views/tree/model/nodes.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { CredentialsFile } from '../../support/tree/credentialsFile.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { SnapshotFolder } from '../../support/tree/snapshotFolder.ts';
import { describeNode, expectedTree, isCorrect, isEmpty } from './expected.ts';
import { type Schedule, type Scheduled, type Step, schedule } from './schedule.ts';
import { runCommand } from './scheduledCommands.ts';

/** Maximum number of requests of a schedule. */
const maxRequests = 2000;

/** Selects the n-th item, modulo the number of items. */
const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

/** What a schedule acts on. */
interface Stage {
  readonly tree: OpenTree;
  readonly files: CredentialsFile;
  readonly snapshots: SnapshotFolder;
  readonly connections: readonly Connection[];
  /** The commands that have been started. */
  readonly commands: Promise<void>[];
  /** Whether rows may have been read with values that the estate does not have. */
  hasOddRows: boolean;
}

function act(stage: Stage, step: Step): void {
  const { tree, files, snapshots, connections } = stage;
  const { shown, service } = tree;
  switch (step.action) {
    case 'expand':
    case 'collapse': {
      const nodes = shown.nodes.filter(
        (node) => hasChildren(node) && shown.isExpanded(node) === (step.action === 'collapse'),
      );
      const node = pick(nodes, step.nodeIndex);
      if (node) shown[step.action](node);
      break;
    }
    case 'refresh': {
      const node = pick(shown.nodes.filter(hasChildren), step.nodeIndex);
      if (node) shown.refresh(node);
      break;
    }
    case 'more':
    case 'moreTwice':
    case 'all':
    case 'cancelledAll': {
      const node = pick(shown.nodesOfKind('more'), step.nodeIndex);
      if (node) load(step.action, node.list);
      break;
    }
    case 'refreshAll':
      shown.refresh();
      break;
    case 'retry':
      for (const node of shown.nodesOfKind('error')) shown.activate(node);
      break;
    case 'expireTokens':
      service.expireTokens();
      break;
    case 'switchAccount':
      files.replace(pick(service.estate.accounts, step.accountIndex));
      break;
    case 'signOut':
      files.replace(undefined);
      break;
    case 'touchFiles':
      tree.estate.reset();
      break;
    case 'lockSnapshots':
      snapshots.isReadOnly = step.isReadOnly;
      break;
    case 'runCommand':
      stage.commands.push(runCommand(tree, connections, step.command, () => stage.hasOddRows));
      break;
    case 'reopen':
      tree.reopen();
      snapshots.reopen();
      tree.shown.open();
      break;
    case 'setQuery':
      shown.setQuery(step.change);
      break;
    case 'faults':
      service.faults = step.faults;
      if (step.faults.rows) stage.hasOddRows = true;
  }
}

function load(how: 'more' | 'moreTwice' | 'all' | 'cancelledAll', list: List<unknown>): void {
  const cancel = new AbortController();
  if (how === 'more' || how === 'moreTwice') void list.loadMore();
  if (how === 'moreTwice') void list.loadMore();
  if (how === 'all' || how === 'cancelledAll') {
    void list.loadAll(cancel.signal, () => {
      if (how === 'cancelledAll') cancel.abort();
    });
  }
}

async function waitFor({ shown, estate }: OpenTree, wait: Scheduled['wait']): Promise<void> {
  if (wait === 'idle') await shown.waitUntilIdle();
  if (wait === 'change' && estate.isLoading()) await shown.waitForChange();
}

/** Checks the invariants that hold at every moment. Getting the nodes throws if two have the same id. */
function checkInvariants({ tree, connections }: Stage): void {
  const { shown, service, estate } = tree;
  const summaries = connections.map((connection) => summarize(estate.getStore(connection), 90));
  const scopes = summaries.flatMap(({ scope }) => scope ?? []);
  const ancestors: TreeNode[] = [];
  for (const { node, depth } of shown.lines) {
    assert(isCorrect(service.estate, node), `the estate does not have ${describeNode(node)} ${JSON.stringify(node)}`);
    if (node.kind === 'error') assert(node.lists.length > 0, `nothing to retry for ${node.id}`);
    ancestors.length = depth;
    const parent = ancestors.at(-1);
    if (node.kind === 'note' && node.id.endsWith('#empty') && parent)
      assert(isEmpty(service.estate, scopes, shown.model.query, parent), `${parent.id} is not empty: ${node.text}`);
    ancestors.push(node);
  }
  const isEverythingEmpty = expectedTree(service.estate, scopes, unfiltered).every((line) =>
    /^scope|^ +note$/.test(line),
  );
  if (shown.model.getWelcome() === 'noPacks') assert(isEverythingEmpty, 'a welcome says that there are no packs');
  const hasNoPacks = scopes.every((scope) => expectedTree(service.estate, [scope], unfiltered)[1] === '  note');
  if (formatStatus(summaries)?.includes('no packs')) assert(hasNoPacks, 'the status bar says that there are no packs');
}

const unfiltered: TreeQuery = { filter: {}, order: defaultPackOrder, groupBy: 'pack' };

/** Activates Retry and Load More and expands nodes until everything is loaded. */
async function loadEverything(stage: Stage): Promise<void> {
  const { shown } = stage.tree;
  for (let attempt = 0; attempt < 500; attempt += 1) {
    await shown.waitUntilIdle();
    checkInvariants(stage);
    const welcome = shown.model.getWelcome();
    if (welcome === 'signedOut') {
      shown.refresh();
      continue;
    }
    const collapsed = shown.nodes.filter((node) => hasChildren(node) && !shown.isExpanded(node));
    const activatable = [...shown.nodesOfKind('error'), ...shown.nodesOfKind('more')];
    if (welcome === 'noPacks' || collapsed.length + activatable.length === 0) return;
    for (const node of collapsed) shown.expand(node);
    for (const node of activatable) shown.activate(node);
  }
  assert.fail(`loading does not end:\n${shown.nodes.map(describeNode).join('\n')}`);
}

/** Ends all faults, signs in to an account and lets the extension or a user detect it. Returns the account. */
function recover({ tree, files }: Stage, recovery: Schedule['recovery'], haveFilesChanged: boolean): string {
  const { service, estate, shown } = tree;
  service.faults = {};
  const account = files.account ?? service.estate.home.account;
  files.replace(account);
  // Only a reset makes credentials be looked up again at once.
  if (recovery === 'reset' || haveFilesChanged) estate.reset();
  else shown.refresh();
  return account;
}

/** Has a folder for each schedule, and is removed after all of them, because that takes a while. */
const root = mkdtempSync(join(tmpdir(), 'packscope-schedules-'));
let folderCount = 0;

async function run(scheduled: Schedule): Promise<void> {
  folderCount += 1;
  await runIn(join(root, String(folderCount)), scheduled);
}

async function runIn(
  folder: string,
  { size, pageSize, regions, hasFingerprint, recovery, steps }: Schedule,
): Promise<void> {
  mkdirSync(folder);
  const connections = regions ? regions.map((region) => ({ region })) : [{}];
  const snapshots = new SnapshotFolder(join(folder, 'snapshots'));
  let requestCount = 0;
  const { promise: tooManyRequests, reject: fail } = Promise.withResolvers<never>();
  const options = {
    estate: generatedEstate({ ...size, rules: 4, resources: 3 }, noon),
    connections,
    pageSize,
    attempts: 1,
    snapshots,
    onRequest: () => {
      requestCount += 1;
      if (requestCount > maxRequests) fail(new Error(`more than ${maxRequests} requests`));
    },
  };
  const runSteps = async (tree: OpenTree) => {
    const { service } = tree;
    const files = new CredentialsFile(folder, service, hasFingerprint);
    const stage: Stage = { tree, files, snapshots, connections, commands: [], hasOddRows: false };
    tree.shown.open();
    for (const { step, wait } of steps) {
      act(stage, step);
      await waitFor(tree, wait);
      checkInvariants(stage);
    }
    const haveFilesChanged = steps.some(({ step: { action } }) => action === 'signOut' || action === 'switchAccount');
    const account = recover(stage, recovery, haveFilesChanged);
    await Promise.all(stage.commands);
    await loadEverything(stage);
    const scopes = (regions ?? [service.estate.home.region]).map((region) => ({ account, region }));
    const { shown } = tree;
    const actual = shown.lines.map(({ node, depth }) => `${'  '.repeat(depth)}${describeNode(node)}`);
    const expected = shown.model.getWelcome() ? [] : expectedTree(service.estate, scopes, shown.model.query);
    assert.deepEqual(actual, expected);
    tree.reopen();
    assert.deepEqual(tree.callsAfterClose, []);
    snapshots.reopen();
  };
  await withTree(options, (tree) => Promise.race([tooManyRequests, runSteps(tree)]));
}

describe('TreeModel under random actions and faults', () => {
  const unhandled: unknown[] = [];
  const recordRejection = (reason: unknown) => unhandled.push(reason);
  before(() => process.on('unhandledRejection', recordRejection));
  after(() => {
    process.off('unhandledRejection', recordRejection);
    rmSync(root, { recursive: true });
  });

  const numRuns = Number(process.env.SCHEDULES ?? 50);

  it(`shows every row once and in order after each of ${numRuns} schedules`, async () => {
    await fc.assert(fc.asyncProperty(schedule, run), {
      numRuns,
      // Repeats the run that a failure message describes.
      ...(process.env.SEED && { seed: Number(process.env.SEED), path: process.env.SEED_PATH ?? '' }),
      interruptAfterTimeLimit: numRuns * 8000,
      markInterruptAsFailure: true,
    });
    assert.deepEqual(unhandled, []);
  }).timeout(0);
});
