import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pack } from '../../../src/compliance/model.ts';
import type { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import { headOf, resultsOf } from '../../../src/views/panel/facts.ts';
import { type ControlRow, gainOf, linesOf } from '../../../src/webview/lines.ts';
import { type Facts, noFacts } from '../../../src/webview/state.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withTree } from '../tree/openTree.ts';
import { viewOf } from './fixtures.ts';

const order = { by: 'score', descending: false } as const;
/** Both the score that the promise rests on and the one that comes are rounded to two decimals. */
const rounding = 0.01 + 1e-9;

const sizes = fc.record({
  accounts: fc.constant(1),
  regions: fc.constant(1),
  packs: fc.integer({ min: 1, max: 5 }),
  rules: fc.integer({ min: 2, max: 25 }),
  resources: fc.integer({ min: 1, max: 150 }),
  seed: fc.integer(),
});
const draw = fc.nat();

/** What the panel tells of a pack, read through the real source. */
async function read({ service, estate }: OpenTree, pack: Pack): Promise<Facts> {
  const store = estate.store({});
  await Promise.all([store.rules(pack.name).refresh(), store.passing(pack.name).refresh(), store.scope.loadMore()]);
  const [scope] = store.scope.rows;
  assert.equal(scope?.account, service.estate.home.account);
  const now = store.packs(order).rows.find(({ name }) => name === pack.name);
  return {
    ...noFacts,
    head: headOf({ connection: {}, scope, name: pack.name }, now, store.packs(order), 90),
    results: resultsOf(store.rules(pack.name), store.passing(pack.name)),
  };
}

const scoreIn = ({ head }: Facts): number => {
  assert(head?.score?.percent !== undefined);
  return head.score.percent;
};

async function failingPack(store: ConnectionStore, seed: number): Promise<Pack | undefined> {
  await store.packs(order).loadMore();
  const failing = store.packs(order).rows.filter(({ score }) => score?.percent !== undefined && score.percent < 100);
  return failing[seed % Math.max(1, failing.length)];
}

/** Fixes the rules that `choose` names in a pack of any estate; the new score is the one it promises. */
async function check(
  size: Parameters<typeof generatedEstate>[0],
  seed: number,
  choose: (facts: Facts) => { rules: readonly string[]; gain: number | undefined },
): Promise<void> {
  await withTree({ estate: generatedEstate(size, noon) }, async (open) => {
    const { service, estate } = open;
    const store = estate.store({});
    const pack = await failingPack(store, seed);
    fc.pre(pack !== undefined);
    const facts = await read(open, pack);
    const { rules, gain } = choose(facts);
    assert(gain !== undefined && gain > 0);
    const promised = scoreIn(facts) + gain;

    const { account, region } = service.estate.home;
    for (const rule of rules) service.estate.fixRule(account, region, pack.name, rule);
    await store.packs(order).refresh();
    const published = scoreIn(await read(open, pack));
    assert(Math.abs(published - promised) <= rounding, `promised ${promised}, published ${published}`);
  });
}

describe('what a fix is estimated to bring', () => {
  const run = { numRuns: 15 };

  it('is what a full recount gives once a rule is fixed', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, draw, draw, (size, seed, which) =>
        check(size, seed, (facts) => {
          const failing = linesOf(facts, viewOf({})).filter((line) => line.kind === 'rule' && line.rule.failing > 0);
          const line = failing[which % failing.length];
          assert(line?.kind === 'rule');
          return { rules: [line.rule.name], gain: line.gain };
        }),
      ),
      run,
    );
  });

  it('is what a full recount gives once several are fixed together', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, draw, fc.integer({ min: 2, max: 4 }), (size, seed, count) =>
        check(size, seed, (facts) => {
          const failing = facts.results?.rules.filter((rule) => rule.failing > 0) ?? [];
          const chosen = failing.slice(0, count);
          const results = chosen.reduce((sum, rule) => sum + rule.failing, 0);
          return { rules: chosen.map(({ name }) => name), gain: gainOf(facts, results) };
        }),
      ),
      run,
    );
  });

  it('is what a full recount gives once a control is met', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, draw, draw, (size, seed, which) =>
        check(size, seed, (facts) => {
          const controls = linesOf(facts, viewOf({ tab: 'controls' })).filter(
            (line): line is ControlRow => line.kind === 'control' && line.failing > 0,
          );
          const { control = '', gain } = controls[which % controls.length] ?? {};
          const rules =
            facts.results?.rules.filter((rule) => rule.failing > 0 && rule.controls.includes(control)) ?? [];
          return { rules: rules.map(({ name }) => name), gain };
        }),
      ),
      run,
    );
  });
}).timeout(20_000);
