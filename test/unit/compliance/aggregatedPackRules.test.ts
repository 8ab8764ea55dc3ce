import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { List } from '../../../src/compliance/paging/list.ts';
import { AggregatedPackRules } from '../../../src/compliance/queries/aggregatedPackRules.ts';
import { describeMembership } from '../../../src/compliance/text/membershipText.ts';
import { createPanelEstate, large } from '../../browser/panelEstate.ts';
import { accounts, regions, securityAccount } from '../../config-service/estate/demo/company.ts';
import type { Scope } from '../../config-service/estate/estate.ts';
import { getEvaluation } from '../../config-service/estate/evaluations.ts';
import { countRules, getRuleCompliance, hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import type { Faults } from '../../config-service/faults.ts';
import type { ConfigService } from '../../config-service/index.ts';
import type { OperationName } from '../../config-service/model.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';

const aggregator = 'organization';
const rulesOperation = 'DescribeAggregateComplianceByConfigRules';
const itemsOperation = 'SelectAggregateResourceConfig';
const rowsOperation = 'DescribeAggregateComplianceByConformancePacks';
const detailsOperation = 'GetAggregateComplianceDetailsByConfigRule';

/** Waits until no list is loading. */
async function waitUntilIdle(lists: readonly List<unknown>[]): Promise<void> {
  await Promise.all(lists.filter(({ state }) => state === 'loading').map((list) => list.loadMore()));
  if (lists.some(({ state }) => state === 'loading')) await waitUntilIdle(lists);
}

async function open({ estate }: OpenTree, { account, region }: Scope, pack: string): Promise<AggregatedPackRules> {
  const data = new AggregatedPackRules(estate.getStore({}), { aggregator, account, region, pack }, () => {});
  data.ensureLoaded();
  await waitUntilIdle([data.rules, data.items, data.rows]);
  return data;
}

const isLive = (service: ConfigService, scope: Scope, name: string) => {
  const pack = service.estate.pack(scope, name);
  return pack !== undefined && isDeployed(pack) && hasResults(pack);
};

/** The rules of a pack or of all packs of a scope, as the estate has them: names with states. */
function listExpected(service: ConfigService, scope: Scope, pack?: string): ReadonlyMap<string, string> {
  const names = service.estate
    .packNames(scope)
    .filter((name) => name === (pack ?? name) && isLive(service, scope, name));
  const rules = names.flatMap((name) => {
    const live = service.estate.pack(scope, name);
    return live ? service.estate.rules(live) : [];
  });
  return new Map(rules.map((rule) => [rule.name, getRuleCompliance(rule)]));
}

/** Whether the counts of a pack are those of one pack of its scope only, so that they identify its rules. */
function hasUniqueCounts(service: ConfigService, scope: Scope, name: string): boolean {
  const counts = service.estate.packNames(scope).flatMap((each) => {
    const pack = service.estate.pack(scope, each);
    return pack && hasResults(pack) ? [JSON.stringify(countRules(service.estate.rules(pack)))] : [];
  });
  const pack = service.estate.pack(scope, name);
  const own = pack && JSON.stringify(countRules(service.estate.rules(pack)));
  return isLive(service, scope, name) && counts.filter((each) => each === own).length === 1;
}

const anyScope = fc.record({
  account: fc.constantFrom(...accounts.map(({ id }) => id)),
  region: fc.constantFrom(...regions),
});
const anyRefused = fc.subarray<OperationName>([rulesOperation, itemsOperation, rowsOperation]);
const anyFaults = fc.constantFrom<Faults>({}, { emptyPageEvery: 2 }, { shiftRowsEvery: 2 });

describe('AggregatedPackRules', () => {
  it('has the rules of the pack that the estate has, or all of the account and region and says why', () =>
    withTree({}, async (tree) => {
      const { service, estate } = tree;
      await fc.assert(
        fc.asyncProperty(anyScope, fc.nat(), anyRefused, anyFaults, async (scope, draw, refused, faults) => {
          const names = service.estate.packNames(scope);
          const pack = names[draw % names.length];
          if (pack === undefined) return;
          estate.reset();
          const refuse = Object.fromEntries(refused.map((name) => [name, { name: 'AccessDeniedException' }]));
          service.faults = { ...faults, refuse };
          const data = await open(tree, scope, pack);
          const membership = data.findMembership();
          assert(membership);
          const { evidence, rules } = membership;
          const shown = new Map(rules.map(({ rule, compliance }) => [rule, compliance]));
          assert.equal(shown.size, rules.length, 'no rule twice');

          const own = listExpected(service, scope, pack);
          const isRecorded = service.estate.recordsPacks(scope) && own.size > 0;
          const note = describeMembership(membership, scope, data);
          if (isRecorded && !refused.includes(itemsOperation)) {
            assert.deepEqual([evidence, shown], ['item', own]);
          } else if (refused.includes(rulesOperation)) {
            assert.deepEqual([evidence, rules, note], ['none', [], undefined], 'only the error speaks');
          } else if (!refused.includes(rowsOperation) && hasUniqueCounts(service, scope, pack)) {
            assert.deepEqual([evidence, shown], ['counts', own]);
            assert.match(note ?? '', /AWS does not tell which rules belong .* config:SelectAggregateResourceConfig/);
          } else {
            assert.deepEqual([evidence, shown], ['none', listExpected(service, scope)]);
            assert.match(
              note ?? '',
              shown.size === 0 ? /lists no rules/ : /AWS does not tell .* they are all rules|does not list this pack/,
            );
            if (shown.size > 0)
              assert.match(note ?? '', refused.includes(itemsOperation) ? /config:Select/ : /AWS::Config::/);
          }
          assert.deepEqual(
            data.errors.map(({ kind, details }) => [kind, details.permission]).sort(),
            refused.map((name) => ['denied', `config:${name}`]).sort(),
          );
        }),
        { numRuns: 60 },
      );
    }));

  it('has the failing resources of a rule with annotations, read when it is opened', () =>
    withTree({}, async (tree) => {
      const { service } = tree;
      const scope = { account: '684270519338', region: 'us-east-1' };
      const name = 'operational-best-practices-for-amazon-s3';
      const data = await open(tree, scope, name);
      assert.deepEqual(
        service.requests.filter(({ operation }) => operation === detailsOperation),
        [],
      );
      const pack = service.estate.pack(scope, name);
      assert(pack);
      for (const rule of service.estate.rules(pack)) {
        data.loadResources(rule.name, 100);
        const list = data.getResources(rule.name);
        assert(list);
        await waitUntilIdle([list]);
        const expected = Array.from({ length: rule.failing }, (_, index) => {
          const { resourceId, annotation } = getEvaluation(pack, rule, index);
          return [resourceId, annotation];
        });
        assert.deepEqual(
          list.rows.map(({ resourceId, annotation }) => [resourceId, annotation]),
          expected,
        );
        const shown = data.findMembership()?.rules.find((each) => each.rule === rule.name);
        assert(shown);
        const { failing, hasMoreFailing } = data.describeRule(shown);
        assert.deepEqual([failing, hasMoreFailing], [rule.failing, false]);
      }
    }));

  it('shows no resource twice that pages going round repeat, and says that there are more', () =>
    withTree({ estate: createPanelEstate(noon), attempts: 1 }, async (tree) => {
      const { service } = tree;
      const data = await open(tree, service.estate.home, large.pack);
      const [rule] = data.findMembership()?.rules ?? [];
      assert(rule);
      const total = large.failing / large.rules;
      assert.deepEqual([rule.resources, rule.isCapped], [25, true]);
      service.faults = { only: [detailsOperation], goRoundEvery: 1 };
      data.loadResources(rule.rule, 1000);
      const list = data.getResources(rule.rule);
      assert(list);
      await waitUntilIdle([list]);
      assert.equal(list.isComplete, false);
      assert.equal(new Set(list.rows.map(({ resourceId }) => resourceId)).size, list.rows.length);
      assert.equal(data.describeRule(rule).hasMoreFailing, true);
      service.faults = {};
      data.loadMore();
      await waitUntilIdle([list]);
      data.loadResources(rule.rule, 1000);
      await waitUntilIdle([list]);
      const { failing, hasMoreFailing } = data.describeRule(rule);
      assert.deepEqual([failing, hasMoreFailing, list.errors], [total, false, []]);
    }));

  it('says what is missing after a cancellation, and continues', () =>
    withTree({}, async (tree) => {
      const scope = { account: '467120985533', region: 'eu-central-1' };
      const pack = 'operational-best-practices-for-pci-dss';
      const data = new AggregatedPackRules(tree.estate.getStore({}), { aggregator, ...scope, pack }, () => {});
      data.ensureLoaded();
      data.cancel();
      await waitUntilIdle([data.rules, data.items, data.rows]);
      const membership = data.findMembership();
      assert.deepEqual(membership, { evidence: 'none', rules: [] });
      assert.match(describeMembership(membership, scope, data) ?? '', /has not been read\. Load more to continue/);
      assert.equal(data.isSettled, false);
      data.loadMore();
      await waitUntilIdle([data.rules, data.items, data.rows]);
      assert.equal(data.findMembership()?.evidence, 'item');
      assert.equal(data.isSettled, true);
    }));

  it('reads a pack with one request each for its rules, its item and its counts', () =>
    withTree({}, async (tree) => {
      await open(tree, { account: securityAccount, region: 'eu-central-1' }, 'aws-control-tower-detective-guardrails');
      // The tree reads its own lists at the same time.
      const own = [rulesOperation, itemsOperation, rowsOperation, detailsOperation];
      const operations = tree.service.requests.map(({ operation }) => operation).filter((name) => own.includes(name));
      assert.deepEqual(operations.sort(), [rowsOperation, rulesOperation, itemsOperation].sort());
    }));
});
