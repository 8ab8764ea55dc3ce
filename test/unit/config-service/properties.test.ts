import assert from 'node:assert/strict';
import type { ConformancePackEvaluationResult } from '@aws-sdk/client-config-service';
import fc from 'fast-check';
import type { Estate, Pack, Scope } from '../../config-service/estate/estate.ts';
import { getEvaluation } from '../../config-service/estate/evaluations.ts';
import { computeScore, hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';
import { paginators } from './pagination.ts';

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

describe('local AWS Config: pages of any estate', () => {
  it('contain the whole estate for any page size, also with empty pages', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, limits, faults, async (size, limit, injected) => {
        const service = await startConfigService({ estate: generatedEstate(size) });
        service.faults = injected;
        try {
          await comparePages(service, limit);
        } finally {
          await service.close();
        }
      }),
      { numRuns: 20 },
    );
  });
});

async function comparePages(service: ConfigService, limit: number): Promise<void> {
  const client = createConfigClient(service);
  const { estate } = service;
  const scopes = estate.accounts.flatMap((account) => estate.regions.map((region) => ({ account, region })));
  const homePacks = listPacks(estate, estate.home).filter(isDeployed);
  const scored = homePacks.filter(hasResults);

  const aggregate = await paginators.DescribeAggregateComplianceByConformancePacks(client, limit, '');
  assert.deepEqual(
    formatRows(aggregate.rows, 'AccountId', 'AwsRegion', 'ConformancePackName'),
    scopes
      .flatMap((scope) => listPacks(estate, scope))
      .filter(hasResults)
      .map(({ account, region, name }) => `${account} ${region} ${name}`),
  );
  const status = await paginators.DescribeConformancePackStatus(client, limit, '');
  assert.deepEqual(
    formatRows(status.rows, 'ConformancePackName', 'ConformancePackState'),
    homePacks.map(({ name, state }) => `${name} ${state}`),
  );
  const scores = await paginators.ListConformancePackComplianceScores(client, limit, '');
  assert.deepEqual(
    formatRows(scores.rows, 'ConformancePackName', 'Score'),
    scored.map((pack) => `${pack.name} ${computeScore(estate.rules(pack))}`),
  );
  for (const pack of scored.slice(0, 1)) {
    const details = await paginators.GetConformancePackComplianceDetails(client, limit, pack.name);
    const results = details.rows as readonly ConformancePackEvaluationResult[];
    assert.deepEqual(
      results.map((result) => {
        const { ConfigRuleName, ResourceId } = result.EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
        return `${ConfigRuleName} ${ResourceId} ${result.ComplianceType}`;
      }),
      estate
        .rules(pack)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((rule) =>
          Array.from({ length: rule.resources }, (_, i) => ({ rule, ...getEvaluation(pack, rule, i) })),
        )
        .map(({ rule, resourceId, type }) => `${rule.name} ${resourceId} ${type}`),
    );
  }
}

function listPacks(estate: Estate, scope: Scope): readonly Pack[] {
  return estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []);
}

/** Formats these members of each row. */
function formatRows(rows: readonly object[], ...members: readonly string[]): readonly string[] {
  return rows.map((row) => members.map((member) => Reflect.get(row, member)).join(' '));
}
