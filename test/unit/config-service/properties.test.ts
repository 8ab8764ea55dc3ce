import assert from 'node:assert/strict';
import type { ConformancePackEvaluationResult } from '@aws-sdk/client-config-service';
import fc from 'fast-check';
import type { Estate, Pack, Scope } from '../../config-service/estate/estate.ts';
import { evaluationOf } from '../../config-service/estate/evaluations.ts';
import { hasResults, isDeployed, scoreOf } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { configClient } from './clients.ts';
import { walkers } from './pagination.ts';

const sizes = fc.record({
  accounts: fc.integer({ min: 1, max: 4 }),
  regions: fc.integer({ min: 1, max: 3 }),
  packs: fc.integer({ min: 1, max: 25 }),
  rules: fc.integer({ min: 1, max: 6 }),
  resources: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer(),
});
const limits = fc.integer({ min: 1, max: 20 });
const faults = fc.record({ emptyPageEvery: fc.integer({ min: 2, max: 4 }) }, { requiredKeys: [] });

describe('config service: pages of any estate', () => {
  it('together are what the estate holds, whatever the page size and however many are empty', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, limits, faults, async (size, limit, switched) => {
        const service = await startConfigService({ estate: generatedEstate(size) });
        service.faults = switched;
        try {
          await comparePages(service, limit);
        } finally {
          await service.close();
        }
      }),
      { numRuns: 20 },
    );
  }).timeout(20_000);
});

async function comparePages(service: ConfigService, limit: number): Promise<void> {
  const client = configClient(service);
  const { estate } = service;
  const everywhere = estate.accounts.flatMap((account) => estate.regions.map((region) => ({ account, region })));
  const own = packsIn(estate, estate.home).filter(isDeployed);
  const scored = own.filter(hasResults);

  const aggregate = await walkers.DescribeAggregateComplianceByConformancePacks(client, limit, '');
  assert.deepEqual(
    textsAt(aggregate.rows, 'AccountId', 'AwsRegion', 'ConformancePackName'),
    everywhere
      .flatMap((scope) => packsIn(estate, scope))
      .filter(hasResults)
      .map(({ account, region, name }) => `${account} ${region} ${name}`),
  );
  const status = await walkers.DescribeConformancePackStatus(client, limit, '');
  assert.deepEqual(
    textsAt(status.rows, 'ConformancePackName', 'ConformancePackState'),
    own.map(({ name, state }) => `${name} ${state}`),
  );
  const scores = await walkers.ListConformancePackComplianceScores(client, limit, '');
  assert.deepEqual(
    textsAt(scores.rows, 'ConformancePackName', 'Score'),
    scored.map((pack) => `${pack.name} ${scoreOf(estate.rules(pack))}`),
  );
  for (const pack of scored.slice(0, 1)) {
    const details = await walkers.GetConformancePackComplianceDetails(client, limit, pack.name);
    const results = details.rows as readonly ConformancePackEvaluationResult[];
    assert.deepEqual(
      results.map((result) => {
        const { ConfigRuleName, ResourceId } = result.EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
        return `${ConfigRuleName} ${ResourceId} ${result.ComplianceType}`;
      }),
      estate
        .rules(pack)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((rule) => Array.from({ length: rule.resources }, (_, i) => ({ rule, ...evaluationOf(pack, rule, i) })))
        .map(({ rule, resourceId, type }) => `${rule.name} ${resourceId} ${type}`),
    );
  }
}

function packsIn(estate: Estate, scope: Scope): readonly Pack[] {
  return estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []);
}

/** Each row as the text of the members named. */
function textsAt(rows: readonly object[], ...members: readonly string[]): readonly string[] {
  return rows.map((row) => members.map((member) => Reflect.get(row, member)).join(' '));
}
