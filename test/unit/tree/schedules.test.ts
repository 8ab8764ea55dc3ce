import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { List } from '../../../src/compliance/paging/list.ts';
import { hasChildren } from '../../../src/views/tree/model/nodes.ts';
import { type ConfigService, generatedEstate } from '../../config-service/index.ts';
import { InMemorySnapshots } from '../../support/tree/inMemorySnapshots.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { expectedTree, factOf, isTrue } from './expected.ts';
import { type Schedule, type Scheduled, type Step, schedule } from './schedule.ts';

/** The n-th of what can be chosen, round and round. */
const chosen = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

function act(tree: OpenTree, step: Step): void {
  const { shown, service } = tree;
  switch (step.do) {
    case 'expand':
    case 'collapse': {
      const nodes = shown.nodes.filter(
        (node) => hasChildren(node) && shown.isExpanded(node) === (step.do === 'collapse'),
      );
      const node = chosen(nodes, step.on);
      if (node) shown[step.do](node);
      break;
    }
    case 'refresh': {
      const node = chosen(shown.nodes.filter(hasChildren), step.on);
      if (node) shown.refresh(node);
      break;
    }
    case 'more':
    case 'moreTwice':
    case 'all':
    case 'cancelledAll': {
      const node = chosen(shown.nodesOfKind('more'), step.on);
      if (node) load(step.do, node.list);
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
    case 'switch':
      signIn(service, chosen(service.estate.accounts, step.on));
      break;
    case 'signOut':
      signIn(service, undefined);
      break;
    case 'notice':
      tree.estate.reset();
      break;
    case 'reopen':
      tree.reopen();
      tree.shown.open();
      break;
    case 'show':
      shown.setQuery(step.change);
      break;
    case 'faults':
      service.faults = step.faults;
  }
}

/** The credentials of the environment become an account's, or none. */
function signIn(service: ConfigService, account: string | undefined): void {
  const { accessKeyId = '', secretAccessKey = '' } = account === undefined ? {} : service.caller(account);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
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
  if (wait === 'quiet') await shown.waitUntilIdle();
  if (wait === 'change' && estate.isLoading()) await shown.waitForChange();
}

/** What holds at every moment. To read the nodes throws where an id stands in the tree twice. */
function check({ shown, service }: OpenTree): void {
  for (const node of shown.nodes) {
    assert(isTrue(service.estate, node), `the estate has no ${factOf(node)} ${JSON.stringify(node)}`);
    if (node.kind === 'error') assert(node.lists.length > 0, `nothing to retry for ${node.id}`);
  }
}

/** Presses Retry, Load More and every twistie until nothing goes on. */
async function loadEverything(tree: OpenTree): Promise<void> {
  const { shown } = tree;
  for (let round = 0; round < 500; round += 1) {
    await shown.waitUntilIdle();
    check(tree);
    const welcome = shown.model.getWelcome();
    if (welcome === 'signedOut') {
      shown.refresh();
      continue;
    }
    const collapsed = shown.nodes.filter((node) => hasChildren(node) && !shown.isExpanded(node));
    const pressed = [...shown.nodesOfKind('error'), ...shown.nodesOfKind('more')];
    if (welcome === 'noPacks' || collapsed.length + pressed.length === 0) return;
    for (const node of collapsed) shown.expand(node);
    for (const node of pressed) shown.activate(node);
  }
  assert.fail('there is always more to load');
}

/** Somebody is signed in, what strikes is over, and files that changed have been noticed. */
function restoreOrder({ service, estate }: OpenTree): string {
  service.faults = {};
  const isSignedIn = (account: string) => service.caller(account).accessKeyId === process.env.AWS_ACCESS_KEY_ID;
  const account = service.estate.accounts.find(isSignedIn) ?? service.estate.home.account;
  signIn(service, account);
  estate.reset();
  return account;
}

async function run({ size, pageSize, regions, marked, steps }: Schedule): Promise<void> {
  const connections = regions ? regions.map((region) => ({ region })) : [{}];
  const options = {
    estate: generatedEstate({ ...size, rules: 4, resources: 3 }, noon),
    connections,
    pageSize,
    attempts: 1,
    memory: new InMemorySnapshots(() => (marked ? process.env.AWS_ACCESS_KEY_ID : 'the same')),
  };
  await withTree(options, async (tree) => {
    const { service } = tree;
    tree.shown.open();
    for (const { step, wait } of steps) {
      act(tree, step);
      await waitFor(tree, wait);
      check(tree);
    }
    const account = restoreOrder(tree);
    await loadEverything(tree);
    const places = (regions ?? [service.estate.home.region]).map((region) => ({ account, region }));
    const { shown } = tree;
    const actual = shown.lines.map(({ node, depth }) => `${'  '.repeat(depth)}${factOf(node)}`);
    const expected = shown.model.getWelcome() ? [] : expectedTree(service.estate, places, shown.model.query);
    assert.deepEqual(actual, expected);
    tree.reopen();
    assert.deepEqual(tree.callsAfterClose, []);
  });
}

describe('whatever goes wrong and whatever a person does', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  before(() => process.on('unhandledRejection', note));
  after(() => process.off('unhandledRejection', note));

  const numRuns = Number(process.env.SCHEDULES ?? 50);

  it(`in ${numRuns} schedules every row is there in the end, once, in order, and nothing else ever was`, async () => {
    await fc.assert(fc.asyncProperty(schedule, run), {
      numRuns,
      // As a failure tells them, to run the same again.
      ...(process.env.SEED && { seed: Number(process.env.SEED), path: process.env.SEED_PATH ?? '' }),
      interruptAfterTimeLimit: numRuns * 8000,
      markInterruptAsFailure: true,
    });
    assert.deepEqual(unhandled, []);
  }).timeout(0);
});
