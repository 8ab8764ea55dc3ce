import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { List } from '../../../src/compliance/paging/list.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import { hasChildren } from '../../../src/views/tree/model/nodes.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { CredentialsFile } from '../../support/tree/credentialsFile.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { SnapshotFolder } from '../../support/tree/snapshotFolder.ts';
import { describeNode, expectedTree, isCorrect } from './expected.ts';
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
}

function act({ tree, files, snapshots, connections, commands }: Stage, step: Step): void {
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
      commands.push(runCommand(tree, connections, step.command));
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
function checkInvariants({ shown, service }: OpenTree): void {
  for (const node of shown.nodes) {
    assert(isCorrect(service.estate, node), `the estate does not have ${describeNode(node)} ${JSON.stringify(node)}`);
    if (node.kind === 'error') assert(node.lists.length > 0, `nothing to retry for ${node.id}`);
  }
}

/** Activates Retry and Load More and expands nodes until everything is loaded. */
async function loadEverything(tree: OpenTree): Promise<void> {
  const { shown } = tree;
  for (let attempt = 0; attempt < 500; attempt += 1) {
    await shown.waitUntilIdle();
    checkInvariants(tree);
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
  assert.fail('loading does not end');
}

/** Ends all faults, signs in to an account and lets the extension detect it. Returns the account. */
function recover({ tree, files }: Stage): string {
  const { service, estate } = tree;
  service.faults = {};
  const account = files.account ?? service.estate.home.account;
  files.replace(account);
  estate.reset();
  return account;
}

async function run(scheduled: Schedule): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'packscope-schedule-'));
  await runIn(folder, scheduled).finally(() => rmSync(folder, { recursive: true }));
}

async function runIn(folder: string, { size, pageSize, regions, hasFingerprint, steps }: Schedule): Promise<void> {
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
    const stage: Stage = { tree, files, snapshots, connections, commands: [] };
    tree.shown.open();
    for (const { step, wait } of steps) {
      act(stage, step);
      await waitFor(tree, wait);
      checkInvariants(tree);
    }
    const account = recover(stage);
    await Promise.all(stage.commands);
    await loadEverything(tree);
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
  after(() => process.off('unhandledRejection', recordRejection));

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
