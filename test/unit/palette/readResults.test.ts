import assert from 'node:assert/strict';
import fc from 'fast-check';
import { failedDeploymentsOptions, lowestScoresOptions } from '../../../src/views/palette/packQuery.ts';
import type { QueryContext } from '../../../src/views/palette/pickerQuery.ts';
import { readNonCompliantRows, readPacks } from '../../../src/views/palette/readResults.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { until } from '../../support/polling.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { createContext } from './queries.ts';

const connections = [{ region: 'us-east-1' }, { region: 'eu-central-1' }];
const estate = () => generatedEstate({ accounts: 2, regions: 2, packs: 9 }, noon);

/** The results of each command, as text. */
const commands: Readonly<Record<string, (context: QueryContext) => Promise<readonly string[]>>> = {
  lowestScores: async (context) => (await readPacks(context, lowestScoresOptions, {})).map(({ pack }) => pack.name),
  failedDeployments: async (context) =>
    (await readPacks(context, failedDeploymentsOptions, {})).map(({ pack }) => pack.name),
  nonCompliantPacks: async (context) =>
    (await readNonCompliantRows(context, 'organization', {})).map((row) => Object.values(row).slice(0, 3).join(' ')),
};

interface Interruption {
  readonly label: string;
  readonly run: (tree: OpenTree) => void;
  /** Whether it ends a command with an error. */
  readonly isError: boolean;
}

/** What can happen to the lists of a command while it reads them. */
const interruptions: readonly Interruption[] = [
  { label: 'the AWS files are touched', run: ({ estate }) => estate.reset(), isError: true },
  {
    label: 'all lists are refreshed',
    run: ({ estate }) => {
      for (const store of estate.stores()) for (const list of store.lists()) void list.refresh();
    },
    isError: false,
  },
  { label: 'all lists become stale', run: ({ estate }) => estate.invalidate(), isError: false },
];

describe('readPacks and readNonCompliantRows', () => {
  for (const [name, read] of Object.entries(commands))
    for (const { label, run, isError } of interruptions)
      it(`return all results${isError ? ' or reject' : ''} if ${label} meanwhile: ${name}`, () =>
        withTree({ estate: estate(), pageSize: 2 }, async (tree) => {
          const context = createContext(tree, connections);
          const expected = await read(context);
          assert(expected.length > 0);
          const interrupt = async (changesBefore: number) => {
            for (let change = 0; change < changesBefore && tree.estate.isLoading(); change += 1)
              await tree.shown.waitForChange();
            run(tree);
          };
          const property = fc.asyncProperty(fc.array(fc.nat({ max: 12 }), { minLength: 1 }), async (times) => {
            tree.estate.reset();
            const outcome = read(context).catch((thrown: Error) => thrown.message);
            for (const changesBefore of times) await interrupt(changesBefore);
            const results = await outcome;
            if (typeof results === 'string' && isError) assert.match(results, /interrupted/);
            else assert.deepEqual(results, expected);
          });
          await fc.assert(property, { numRuns: 8 });
        }));

  it('return the rows worst first, in whatever order they arrive, and the worst of those read up to a limit', () =>
    withTree({ estate: estate(), pageSize: 2 }, async (tree) => {
      const context = createContext(tree);
      const limited = await readNonCompliantRows(context, 'organization', { limit: 3 });
      const rows = await readNonCompliantRows(context, 'organization', {});
      const toShares = (some: typeof rows) => some.map(({ compliantRules, totalRules }) => compliantRules / totalRules);
      for (const shares of [toShares(limited), toShares(rows)])
        assert.deepEqual(
          shares,
          shares.toSorted((a, b) => a - b),
        );
      assert(limited.length === 3 && new Set(toShares(rows)).size > 3);
      assert.deepEqual(await readNonCompliantRows(context, 'organization', { limit: 3 }), rows.slice(0, 3));
    }));

  it('return all rows up to the limit, however many pages are empty', () =>
    withTree({ estate: estate(), pageSize: 10 }, async ({ estate, service }) => {
      const context = { getStores: () => [estate.getStore({})] };
      service.faults = { emptyPageEvery: 1, only: ['DescribeAggregateComplianceByConformancePacks'] };
      const reading = readNonCompliantRows(context, 'organization', { limit: 3 });
      await until('many empty pages', () => service.requests.length > 30);
      service.faults = {};
      assert.equal((await reading).length, 3);
    }));

  it('end with an error if the pages go round, with and without a limit', () =>
    withTree({ estate: estate(), pageSize: 2 }, async (tree) => {
      const context = createContext(tree);
      for (const limit of [{}, { limit: 1000 }]) {
        tree.estate.reset();
        tree.service.requests.clear();
        tree.service.faults = { goRoundEvery: 1 };
        await assert.rejects(readNonCompliantRows(context, 'organization', limit), /changed while loading/);
        assert(tree.service.requests.length < 100);
      }
    }));

  it('return each row once if several connections read the same aggregator', () =>
    withTree({ estate: estate() }, async (tree) => {
      const read = (context: QueryContext) => readNonCompliantRows(context, 'organization', {});
      const expected = await read(createContext(tree));
      assert.deepEqual((await read(createContext(tree, [{}, { region: 'us-east-1' }]))).length, expected.length);
    }));

  it('reject if a connection could not list its aggregators, unless it is not permitted to', () =>
    withTree({ estate: estate() }, async (tree) => {
      const context = createContext(tree, [{ region: 'us-east-1' }, { region: 'us-nowhere-1' }]);
      const [first, second] = context.getStores();
      const read = () => readNonCompliantRows(context, 'organization', {});
      await first?.aggregators.loadAll();
      await second?.identity.loadAll();
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'AccessDeniedException' } } };
      const rows = await read();
      assert(rows.length > 0);
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'InternalFailure' } } };
      await assert.rejects(read(), /Could not read the aggregators/);
    }));
});
