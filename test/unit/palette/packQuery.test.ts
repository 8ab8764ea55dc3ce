import assert from 'node:assert/strict';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import {
  createAnyPackOptions,
  failedDeploymentsOptions,
  lowestScoresOptions,
  PackQuery,
} from '../../../src/views/palette/packQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { until } from '../../support/polling.ts';
import { withTree } from '../../support/tree/openTree.ts';
import { createContext, formatItems, getItems, runQuery } from './queries.ts';

const denied = (operation: string) => ({ refuse: { [operation]: { name: 'AccessDeniedException' } } });
const anyPack = createAnyPackOptions('Find Conformance Pack');

describe('PackQuery', () => {
  const queries = { find: anyPack, lowest: lowestScoresOptions, failed: failedDeploymentsOptions };
  for (const [name, options] of Object.entries(queries)) {
    it(`lists packs: ${name}`, () =>
      withTree({}, async (tree) => {
        const items = await runQuery(new PackQuery(createContext(tree), options));
        assertGolden(import.meta.url, `${name}.txt`, `${formatItems(items)}\n`);
      }));
  }

  it('merges several scopes, lowest score first and packs without a score last', () =>
    withTree({}, async (tree) => {
      const query = new PackQuery(
        createContext(tree, [{ region: 'us-east-1' }, { region: 'eu-central-1' }]),
        lowestScoresOptions,
      );
      await runQuery(query);
      const scores = query.getPacks().map(({ pack }) => pack.score?.percent ?? 101);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => a - b),
      );
      assert.equal(new Set(query.getPacks().map(({ scope }) => scope.region)).size, 2);
    }));

  it('explains an empty result', () =>
    withTree({}, async (tree) => {
      const context = createContext(tree, [{ region: 'us-nowhere-1' }]);
      const items = await Promise.all(
        Object.values(queries).map((options) => runQuery(new PackQuery(context, options))),
      );
      const elsewhere = await runQuery(
        new PackQuery(createContext(tree), lowestScoresOptions, { account: '000000000000' }),
      );
      assertGolden(import.meta.url, 'nothing.txt', `${formatItems([...items.flat(), ...elsewhere])}\n`);
    }));

  it('requires the account, even if only the request for it is denied', () =>
    withTree({}, async (tree) => {
      const refusal = { name: 'AccessDeniedException' };
      tree.service.faults = { refuse: { GetCallerIdentity: refusal, DescribeConformancePackStatus: refusal } };
      const query = new PackQuery(createContext(tree), anyPack);
      await query.run();
      const failures = query.getBlockingFailures();
      assert.deepEqual(
        failures.map(({ what, error }) => [what, error.kind]),
        [['the account', 'denied']],
      );
    }));

  it('ignores other connections once the requested account and region are found', () =>
    withTree({}, async (tree) => {
      const { account, region } = tree.service.estate.home;
      const context = createContext(tree, [{ profile: 'missing' }, { region }]);
      const query = new PackQuery(context, anyPack, { account, region });
      await query.run();
      assert.deepEqual(query.getBlockingFailures(), []);
      const other = new PackQuery(context, anyPack, { account });
      assert.equal(other.getBlockingFailures().length, 1);
    }));

  it('reports missing credentials instead of an empty result', () =>
    withTree({ signedOut: true }, async (tree) => {
      const query = new PackQuery(createContext(tree), lowestScoresOptions);
      assertGolden(import.meta.url, 'signed-out.txt', `${formatItems(await runQuery(query))}\n`);
      assert.equal(query.getBlockingFailures().length, 1);
    }));

  it('reports the missing permission and treats it as blocking only where the query needs it', () =>
    withTree({}, async (tree) => {
      tree.service.faults = denied('DescribeConformancePackStatus');
      const scores = new PackQuery(createContext(tree), lowestScoresOptions);
      const items = await runQuery(scores);
      assert.match(formatItems(items), /lock \| Not permitted: config:DescribeConformancePackStatus/);
      assert(items.length > 5);
      assert.deepEqual(scores.getBlockingFailures(), []);
      const deployments = new PackQuery(createContext(tree), failedDeploymentsOptions);
      assert.match(formatItems(await runQuery(deployments)), /^lock \| Not permitted[^\n]*\n[^\n]*$/);
      assert.equal(deployments.getBlockingFailures().length, 1);
    }));

  it('retries failed requests on the next run', () =>
    withTree({}, async (tree) => {
      tree.service.faults = denied('ListConformancePackComplianceScores');
      const query = new PackQuery(createContext(tree), lowestScoresOptions);
      await runQuery(query);
      tree.service.faults = {};
      const items = await runQuery(query);
      assert(items.every(({ selection }) => selection.kind === 'pack'));
    }));

  it('adds results page by page', () =>
    withTree({ estate: generatedEstate({ accounts: 1, regions: 1, packs: 400 }), pageSize: 20 }, async (tree) => {
      const query = new PackQuery(createContext(tree), anyPack);
      const counts: number[] = [];
      tree.estate.onDidChange(() => counts.push(getItems(query, true).length));
      await runQuery(query);
      assert(query.getPacks().length > 350);
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => a - b),
      );
    }));

  it('aborts the requests that only it waits for', () =>
    withTree({}, async (tree) => {
      tree.service.faults = { latencyMs: 60_000, only: ['ListConformancePackComplianceScores'] };
      const closing = new AbortController();
      const connection = { region: 'us-east-1' };
      const run = new PackQuery(createContext(tree, [connection]), lowestScoresOptions).run(closing.signal);
      const packs = tree.estate.getStore(connection).getPackList(defaultPackOrder);
      await until('the scores to load', () => packs.state === 'loading');
      closing.abort();
      await run;
      assert.notEqual(packs.state, 'loading');
    }));
});
