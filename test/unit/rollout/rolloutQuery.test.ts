import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Connection } from '../../../src/compliance/source.ts';
import type { RolloutItem } from '../../../src/views/rollout/rolloutItems.ts';
import type { Estate } from '../../config-service/estate/estate.ts';
import type { Faults } from '../../config-service/faults.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { assertGolden } from '../../support/golden.ts';
import { until } from '../../support/polling.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { formatItems } from '../palette/queries.ts';

stubVSCode();
const { createAccountItems, createPackItems } = await import('../../../src/views/rollout/rolloutItems.ts');
const { toRolloutResult } = await import('../../../src/views/rollout/commandResults.ts');
const { getRolloutKey, RolloutQuery } = await import('../../../src/views/rollout/rolloutQuery.ts');
type Query = InstanceType<typeof RolloutQuery>;

const detailed = 'GetOrganizationConformancePackDetailedStatus';
const packsOperation = 'DescribeOrganizationConformancePacks';
const statusOperation = 'DescribeOrganizationConformancePackStatuses';
const names = new Map([['988150372641', 'new-team']]);
const options = { isRunning: false, accountNames: names, now: noon.getTime() };

const createQuery = ({ estate }: OpenTree, connections: readonly Connection[] = [{}], filter = {}): Query =>
  new RolloutQuery(
    () => estate.getStores(connections),
    filter,
    () => {},
  );

async function run(query: Query): Promise<Query> {
  await query.run();
  return query;
}

const format = (items: readonly RolloutItem[]): string =>
  formatItems(items.map((item) => ({ ...item, selection: { kind: 'none' } })));

/** The items of all packs, and below each its accounts. */
function formatAll(query: Query): string {
  const accounts = query.getRollouts().map((rollout) => {
    const items = createAccountItems(query, rollout, options);
    return `\n== ${rollout.rollout.pack} · ${rollout.scope.region}\n${format(items)}\n`;
  });
  return `${format(createPackItems(query, options))}\n${accounts.join('')}`;
}

/** The rollout of a region from the estate alone: each account with the state that its pack leads to. */
function computeRollouts(estate: Estate, region: string) {
  const packs = estate.organizationPacks.flatMap((deployed) => {
    const states = estate.accounts.flatMap((account) => {
      const state = estate.pack({ account, region }, deployed)?.state;
      if (state === undefined) return [];
      return [`${account} ${state.replace('COMPLETE', 'SUCCESSFUL').replace(/^DELETED$/, 'DELETE_SUCCESSFUL')}`];
    });
    if (states.length === 0) return [];
    const { failures, excludedAccounts, isStuck } = estate.rollout(deployed, region);
    const accounts = [...states, ...failures.map(({ account }) => `${account} CREATE_FAILED`)].sort();
    const isInProgress = accounts.some((each) => each.endsWith('_IN_PROGRESS'));
    const failed = accounts.filter((each) => each.endsWith('_FAILED')).length;
    const contradiction =
      isStuck && !isInProgress && (failed === 0 ? `all ${accounts.length}` : `${failed} of ${accounts.length}`);
    return [
      {
        name: deployed.split('-').slice(1, -1).join('-'),
        accounts,
        excluded: [...excludedAccounts],
        failed,
        contradiction,
      },
    ];
  });
  return packs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

describe('RolloutQuery', () => {
  it('shows packs and accounts worst first, in each region of the connections', () =>
    withTree({}, async (tree) => {
      const query = createQuery(tree, [{ region: 'us-east-1' }, { region: 'eu-central-1' }, { region: 'us-west-2' }]);
      assertGolden(import.meta.url, 'packs.txt', formatAll(await run(query)));
      assert.deepEqual(query.getBlockingFailures(), []);
    }));

  it('equals an independent computation from the estate', async () => {
    const sizes = fc.record({
      accounts: fc.integer({ min: 1, max: 9 }),
      regions: fc.integer({ min: 1, max: 3 }),
      packs: fc.integer({ min: 1, max: 14 }),
      missingPacks: fc.constantFrom(0, 20, 60),
      excludedAccounts: fc.constantFrom(0, 1, 2),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(sizes, async (size) => {
      const estate = generatedEstate(
        { ...size, excludedAccounts: Math.min(size.excludedAccounts, size.accounts - 1) },
        noon,
      );
      await withTree({ estate }, async (tree) => {
        const connections = estate.regions.map((region) => ({ region }));
        const query = await run(createQuery(tree, connections));
        assert.deepEqual(query.getBlockingFailures(), []);
        const results = query.getRollouts().map(toRolloutResult);
        const failed = results.map(({ accounts }) => accounts.filter(({ state }) => state.endsWith('_FAILED')).length);
        assert.deepEqual(
          failed,
          failed.toSorted((a, b) => b - a),
        );
        for (const region of estate.regions) {
          const actual = results.filter((each) => each.region === region).sort((a, b) => (a.name < b.name ? -1 : 1));
          const expected = computeRollouts(estate, region);
          assert.deepEqual(
            actual.map(({ name, accounts, excludedAccounts }) => ({
              name,
              accounts: accounts.map(({ account, state }) => `${account} ${state}`).sort(),
              excluded: excludedAccounts,
              failed: accounts.filter(({ state }) => state.endsWith('_FAILED')).length,
            })),
            expected.map(({ contradiction, ...each }) => each),
          );
          for (const [index, { contradiction }] of expected.entries()) {
            const text = actual[index]?.contradiction ?? '';
            // One account is its only one.
            const pattern = contradiction === 'all 1' ? 'its only account' : contradiction || /^$/;
            assert.match(text, new RegExp(pattern));
          }
          if (expected.length === 0) assert(query.getEmptyScopes().some(({ scope }) => scope.region === region));
        }
      });
    });
    await fc.assert(property, { numRuns: 12 });
  });

  it('reads one pack, and only accounts of that pack', () =>
    withTree({}, async (tree) => {
      const query = await run(createQuery(tree, [{}], { name: 'security-baseline' }));
      assert.deepEqual(
        query.getRollouts().map(({ rollout }) => rollout.pack),
        ['security-baseline'],
      );
      assert.equal(tree.log.filter(({ operation }) => operation === detailed).length, 1);
    }));

  it('sends four requests for two packs of a scope, and one more to confirm a contradiction', () =>
    withTree({}, async (tree) => {
      await run(createQuery(tree));
      const operations = tree.log.map(({ operation }) => operation).filter((each) => each.includes('Organization'));
      assert.deepEqual(
        operations.sort(),
        [packsOperation, statusOperation, statusOperation, detailed, detailed].sort(),
      );
    }));

  it('shows no contradiction if the rollout ended while its accounts were read', () =>
    withTree({}, async (tree) => {
      const query = createQuery(tree, [{}], { name: 'data-protection' });
      tree.service.faults = { rows: { [detailed]: { set: { Status: 'CREATE_IN_PROGRESS' } } } };
      await run(query);
      const [inProgress] = query.getRollouts();
      assert.deepEqual(
        [inProgress?.rollout.status?.state, inProgress?.rollout.contradiction],
        ['CREATE_IN_PROGRESS', undefined],
      );
      const ended = createQuery(tree, [{}], { name: 'data-protection' });
      tree.service.faults = { latencyMs: 300, only: [detailed] };
      const running = run(ended);
      await until('the overall state', () => ended.getRollouts()[0]?.rollout.status !== undefined);
      tree.service.faults = { rows: { [statusOperation]: { set: { Status: 'CREATE_SUCCESSFUL' } } } };
      await running;
      const [done] = ended.getRollouts();
      assert.deepEqual([done?.rollout.status?.state, done?.rollout.contradiction], ['CREATE_SUCCESSFUL', undefined]);
    }));

  describe('if something cannot be read', () => {
    const denied = { name: 'AccessDeniedException' };
    const notAdministrator = { name: 'OrganizationAccessDeniedException' };
    const faults: Readonly<Record<string, Faults>> = {
      'a member account': { refuse: { [packsOperation]: notAdministrator, [statusOperation]: notAdministrator } },
      'packs denied': { refuse: { [packsOperation]: denied } },
      'states denied': { refuse: { [statusOperation]: denied } },
      'accounts denied': { refuse: { [detailed]: denied } },
      'packs and states denied': { refuse: { [packsOperation]: denied, [statusOperation]: denied } },
      throttled: { throttleEvery: 1, only: [detailed] },
      'AWS Config failed': { refuse: { [statusOperation]: { name: 'InternalFailure' } } },
      'unreadable packs': { withoutList: [packsOperation] },
      'unknown states': {
        rows: {
          [statusOperation]: { set: { Status: 'PAUSED', ErrorCode: '$(error)', ErrorMessage: '[a](command:b)' } },
          [detailed]: { set: { Status: 'ROLLED_BACK' }, row: 0 },
        },
      },
      'no states': { rows: { [statusOperation]: { set: { Status: null } }, [detailed]: { set: { Status: null } } } },
    };

    it('says so, with the permission or the cause', async () => {
      const texts: string[] = [];
      for (const [name, fault] of Object.entries(faults))
        await withTree({ attempts: 1 }, async (tree) => {
          tree.service.faults = fault;
          texts.push(`### ${name}\n${format(createPackItems(await run(createQuery(tree)), options))}\n`);
        });
      assertGolden(import.meta.url, 'faults.txt', texts.join('\n'));
    });

    it('asks for the accounts of one pack only if that is denied', () =>
      withTree({ attempts: 1 }, async (tree) => {
        tree.service.faults = { refuse: { [detailed]: denied } };
        await run(createQuery(tree));
        assert.equal(tree.log.filter(({ operation }) => operation === detailed).length, 1);
      }));

    it('reports an expired session and nobody signed in', async () => {
      await withTree({ signedOut: true }, async (tree) => {
        const query = await run(createQuery(tree));
        assert.match(format(createPackItems(query, options)), /Not signed in to AWS/);
        assert.deepEqual(query.getEmptyScopes(), []);
        assert.equal(query.getBlockingFailures().length, 1);
      });
    });

    it('says how many accounts have been read if pages fail halfway, and reads the rest on Retry', () => {
      const estate = generatedEstate({ accounts: 350, regions: 1, packs: 4 }, noon);
      return withTree({ attempts: 1, estate }, async (tree) => {
        const query = createQuery(tree);
        tree.service.faults = { throttleEvery: 3, only: [detailed] };
        await run(query);
        const [partial] = createPackItems(query, options);
        assert.match(partial?.description ?? '', /· 200 accounts read so far: /);
        assert.equal(query.getRollouts()[0]?.rollout.contradiction, undefined);
        assert.equal(query.getBlockingFailures().length, 1);
        tree.service.faults = {};
        const before = tree.log.length;
        await run(query);
        assert.deepEqual(query.getBlockingFailures(), []);
        assert.equal(query.getRollouts()[0]?.rollout.accounts.length, 350);
        assert.equal(tree.log.slice(before).filter(({ operation }) => operation === detailed).length, 2);
      });
    });

    it('loses no account when tokens expire, pages are empty or rows move', async () => {
      const estate = generatedEstate({ accounts: 350, regions: 1, packs: 8 }, noon);
      const read = (fault: Faults) => {
        let accounts: readonly string[][] = [];
        return withTree({ estate }, async (tree) => {
          tree.service.faults = fault;
          const query = await run(createQuery(tree));
          assert.deepEqual(query.getBlockingFailures(), []);
          accounts = query.getRollouts().map(({ rollout }) => rollout.accounts.map(({ account }) => account));
        }).then(() => accounts);
      };
      const expected = await read({});
      assert.equal(expected[0]?.length, 350);
      for (const fault of [{ refuseTokenEvery: 7 }, { emptyPageEvery: 2 }, { shiftRowsEvery: 2 }, { throttleEvery: 4 }])
        assert.deepEqual(await read(fault), expected, JSON.stringify(fault));
    });

    it('ends with an error if the stores are dropped', () =>
      withTree({}, async (tree) => {
        const stores = tree.estate.getStores([{}]);
        const query = new RolloutQuery(
          () => stores,
          {},
          () => {},
        );
        tree.service.faults = { latencyMs: 200 };
        const running = run(query);
        await until('a request', () => tree.service.requests.length > 0);
        tree.estate.reset();
        await running;
        assert.notDeepEqual(query.getBlockingFailures(), []);
      }));

    it('reports what an aborted reading lacks', () =>
      withTree({}, async (tree) => {
        const query = createQuery(tree);
        tree.service.faults = { latencyMs: 60_000, only: [detailed] };
        const closing = new AbortController();
        const running = query.run(closing.signal);
        await until('the packs', () => query.getRollouts().length > 0 && tree.service.requests.length > 3);
        closing.abort();
        await running;
        assert.match(format(createPackItems(query, options)), /accounts not read/);
        assert.notDeepEqual(query.getBlockingFailures(), []);
      }));
  });

  it('merges two connections of one account', () =>
    withTree({}, async (tree) => {
      const query = await run(createQuery(tree, [{}, { region: 'us-east-1' }]));
      const keys = query.getRollouts().map(getRolloutKey);
      assert.equal(new Set(keys).size, keys.length);
      assert.equal(keys.length, 2);
    }));
});
