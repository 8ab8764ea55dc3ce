import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pack } from '../../../src/compliance/model.ts';
import type { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import { toHeader, toResults } from '../../../src/views/panel/panelData.ts';
import { type ControlRow, estimateGain, getRows } from '../../../src/webview/pack/rows.ts';
import { emptyPanelData, type PanelData } from '../../../src/webview/pack/state.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { createViewState } from '../../support/panel/fixtures.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';

const order = { by: 'score', descending: false } as const;
/** The published scores before and after the fix are rounded to two decimals. */
const tolerance = 0.01 + 1e-9;

const sizes = fc.record({
  accounts: fc.constant(1),
  regions: fc.constant(1),
  packs: fc.integer({ min: 1, max: 5 }),
  rules: fc.integer({ min: 2, max: 25 }),
  resources: fc.integer({ min: 1, max: 150 }),
  seed: fc.integer(),
});
const draw = fc.nat();

/** Loads the panel's data of a pack from the service. */
async function loadPanelData({ service, estate }: OpenTree, pack: Pack): Promise<PanelData> {
  const store = estate.getStore({});
  await Promise.all([
    store.getRuleList(pack.name).refresh(),
    store.getPassingResults(pack.name).refresh(),
    store.identity.loadMore(),
  ]);
  const [scope] = store.identity.rows;
  assert.equal(scope?.account, service.estate.home.account);
  const current = store.getPackList(order).rows.find(({ name }) => name === pack.name);
  return {
    ...emptyPanelData,
    header: toHeader({ connection: {}, scope, name: pack.name }, current, store.getPackList(order), 90),
    results: toResults(store.getRuleList(pack.name), store.getPassingResults(pack.name)),
  };
}

const getPercent = ({ header }: PanelData): number => {
  assert(header?.score?.percent !== undefined);
  return header.score.percent;
};

async function pickFailingPack(store: ConnectionStore, seed: number): Promise<Pack | undefined> {
  await store.getPackList(order).loadMore();
  const failing = store
    .getPackList(order)
    .rows.filter(({ score }) => score?.percent !== undefined && score.percent < 100);
  return failing[seed % Math.max(1, failing.length)];
}

/** Fixes rules of a pack in a generated estate and compares the new score with the estimate. */
async function checkEstimate(
  size: Parameters<typeof generatedEstate>[0],
  seed: number,
  select: (data: PanelData) => { rules: readonly string[]; gain: number | undefined },
): Promise<void> {
  await withTree({ estate: generatedEstate(size, noon) }, async (open) => {
    const { service, estate } = open;
    const store = estate.getStore({});
    const pack = await pickFailingPack(store, seed);
    fc.pre(pack !== undefined);
    const data = await loadPanelData(open, pack);
    const { rules, gain } = select(data);
    assert(gain !== undefined && gain > 0);
    const estimated = getPercent(data) + gain;

    const { account, region } = service.estate.home;
    for (const rule of rules) service.estate.fixRule(account, region, pack.name, rule);
    await store.getPackList(order).refresh();
    const published = getPercent(await loadPanelData(open, pack));
    assert(Math.abs(published - estimated) <= tolerance, `estimated ${estimated}, published ${published}`);
  });
}

describe('estimateGain', () => {
  const run = { numRuns: 15 };

  it('predicts the score after fixing a rule', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, draw, draw, (size, seed, which) =>
        checkEstimate(size, seed, (data) => {
          const failing = getRows(data, createViewState({})).filter(
            (row) => row.kind === 'rule' && row.rule.failing > 0,
          );
          const row = failing[which % failing.length];
          assert(row?.kind === 'rule');
          return { rules: [row.rule.name], gain: row.gain };
        }),
      ),
      run,
    );
  });

  it('predicts the score after fixing several rules', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, draw, fc.integer({ min: 2, max: 4 }), (size, seed, count) =>
        checkEstimate(size, seed, (data) => {
          const failing = data.results?.rules.filter((rule) => rule.failing > 0) ?? [];
          const selected = failing.slice(0, count);
          const results = selected.reduce((sum, rule) => sum + rule.failing, 0);
          return { rules: selected.map(({ name }) => name), gain: estimateGain(data, results) };
        }),
      ),
      run,
    );
  });

  it('predicts the score after fixing all rules of a control', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, draw, draw, (size, seed, which) =>
        checkEstimate(size, seed, (data) => {
          const controls = getRows(data, createViewState({ tab: 'controls' })).filter(
            (row): row is ControlRow => row.kind === 'control' && row.failing > 0,
          );
          const { control = '', gain } = controls[which % controls.length] ?? {};
          const rules = data.results?.rules.filter((rule) => rule.failing > 0 && rule.controls.includes(control)) ?? [];
          return { rules: rules.map(({ name }) => name), gain };
        }),
      ),
      run,
    );
  });
}).timeout(20_000);
