import assert from 'node:assert/strict';
import { complianceTypes } from '../../../src/compliance/model.ts';
import { maxCharacters } from '../../../src/views/tools/fit.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, type TreeOptions, withTree } from '../tree/openTree.ts';
import { ask, type Said, tools } from './asking.ts';

interface Packs extends Said {
  readonly places: readonly { region: string }[];
  readonly packs: readonly {
    name: string;
    region: string;
    score: number | null;
    scoreText: string;
    deployment: object | null;
  }[];
}
interface Details extends Said {
  readonly packs: readonly {
    readonly score: number | null;
    readonly failingResults: number | null;
    readonly rules: readonly {
      name: string;
      failing: number | null;
      estimatedGain: number | null;
      resources: readonly object[];
    }[];
  }[];
}
interface Aggregated extends Said {
  readonly aggregators: readonly { aggregator: string; rowsComplete: boolean; countsComplete?: boolean }[];
  readonly rows: readonly { aggregator: string; account: string; region: string; pack: string; status: string }[];
  readonly counts?: { readonly groups: readonly { name: string; nonCompliantPacks: number }[] };
}

const large = generatedEstate({ accounts: 12_000, regions: 17, packs: 50 }, noon);
const s3 = 'operational-best-practices-for-amazon-s3';
const asked = ({ service }: OpenTree, operation: string) => service.requests.count(operation);

describe('what assistants are told', () => {
  it('of packs: those that fit, worst first, from every place once', () =>
    withTree({}, async ({ estate }) => {
      const regions = ['us-east-1', 'eu-central-1'].map((region) => ({ region }));
      const connections = [{}, ...regions];
      const all: Packs = await ask(tools.scores, estate, { input: { limit: 500 }, connections });
      assert.deepEqual(all.places.map(({ region }) => region).sort(), ['eu-central-1', 'us-east-1']);
      assert.equal(new Set(all.packs.map(({ name, region }) => `${region}/${name}`)).size, all.packs.length);
      const percents = all.packs.map(({ score }) => score ?? 101);
      assert.deepEqual(
        percents,
        percents.toSorted((a, b) => a - b),
      );
      const low: Packs = await ask(tools.scores, estate, {
        input: { scoreBelow: 70, region: 'us-east-1' },
        connections,
      });
      assert.deepEqual(
        low.packs.map(({ name }) => name),
        all.packs
          .filter(({ score, region }) => score !== null && score < 70 && region === 'us-east-1')
          .map(({ name }) => name),
      );
      const named: Packs = await ask(tools.scores, estate, { input: { nameContains: 'AMAZON-S3' }, connections });
      assert.deepEqual([...new Set(named.packs.map(({ name }) => name))], [s3]);
      assert.equal(named.complete, true);
    }));

  it('of one pack by its name, without asking for the others', () =>
    withTree({}, async (tree) => {
      const { packs, complete }: Packs = await ask(tools.scores, tree.estate, { input: { name: s3 } });
      assert.deepEqual([packs.map(({ name }) => name), complete], [[s3], true]);
      assert.equal(asked(tree, 'ListConformancePackComplianceScores'), 1);
      await ask(tools.scores, tree.estate, { input: { name: s3 } });
      assert.equal(asked(tree, 'ListConformancePackComplianceScores'), 1, 'and what is known is not asked again');
    }));

  it('of a pack’s rules: estimates that bring the score to 100 together', () =>
    withTree({}, async ({ estate }) => {
      const input = { name: s3, maxResources: 100 };
      const { packs, complete }: Details = await ask(tools.packDetails, estate, { input });
      const [pack] = packs;
      assert(pack?.score && complete);
      const gains = pack.rules.reduce((sum, { estimatedGain }) => sum + (estimatedGain ?? 0), 0);
      assert(Math.abs(pack.score + gains - 100) < 0.05, `${pack.score} + ${gains}`);
      for (const { failing, resources } of pack.rules) assert.equal(resources.length, failing);
      assert.equal(
        pack.rules.reduce((sum, { failing }) => sum + (failing ?? 0), 0),
        pack.failingResults,
      );
    }));

  it('of one rule, by its name in the template or as deployed', () =>
    withTree({}, async ({ estate }) => {
      const rule = 's3-bucket-logging-enabled';
      const own: Details = await ask(tools.packDetails, estate, { input: { name: s3, rule } });
      const name = own.packs[0]?.rules[0]?.name ?? '';
      assert.match(name, new RegExp(`^${rule}-conformance-pack-`));
      const deployed: Details = await ask(tools.packDetails, estate, { input: { name: s3, rule: name } });
      assert.deepEqual(
        deployed.packs[0]?.rules.map((each) => each.name),
        [name],
      );
      const none: Details = await ask(tools.packDetails, estate, { input: { name: s3, rule: 'nothing' } });
      assert.deepEqual([none.complete, none.notRead.map(({ what }) => what)], [false, ['the rule nothing']]);
    }));

  it('of a pack that nobody has: where it was looked for, and no more', () =>
    withTree({}, async ({ estate }) => {
      const answer: Details & Packs = await ask(tools.packDetails, estate, { input: { name: 'nothing' } });
      assert.deepEqual([answer.packs, answer.complete, answer.places.length], [[], true, 1]);
    }));

  it('of a place that no connection answers for: just that', () =>
    withTree({}, async ({ estate }) => {
      const { complete, notRead }: Packs = await ask(tools.scores, estate, { input: { region: 'sa-east-1' } });
      assert.equal(complete, false);
      assert.deepEqual(
        notRead.map(({ what }) => what),
        ['the packs of any account in sa-east-1'],
      );
    }));

  it('of an aggregator: rows as the service filters them, and counts of packs that agree with them', () =>
    withTree({}, async ({ estate }) => {
      const input = { aggregator: 'organization', limit: 500, countBy: 'account' } as const;
      const all: Aggregated = await ask(tools.aggregateCompliance, estate, { input });
      assert.equal(all.complete, true);
      for (const { name, nonCompliantPacks } of all.counts?.groups ?? []) {
        const failing = all.rows.filter(({ account, status }) => account === name && status === 'NON_COMPLIANT');
        assert.equal(failing.length, nonCompliantPacks, name);
      }
      for (const status of complianceTypes) {
        const some: Aggregated = await ask(tools.aggregateCompliance, estate, { input: { ...input, status } });
        assert.deepEqual(
          some.rows,
          all.rows.filter((row) => row.status === status),
        );
      }
    }));

  it('of all aggregators, one after the other, as far as the limit goes', () =>
    withTree({}, async (tree) => {
      const { aggregators, rows, complete }: Aggregated = await ask(tools.aggregateCompliance, tree.estate, {
        input: {},
      });
      assert.equal(aggregators.length, 2);
      assert.equal(rows.length, 50);
      assert.equal(complete, false);
      assert.equal(asked(tree, 'DescribeAggregateComplianceByConformancePacks'), 1);
    }));

  it('of an aggregator that is not there: which there are', () =>
    withTree({}, async ({ estate }) => {
      const { notRead }: Aggregated = await ask(tools.aggregateCompliance, estate, { input: { aggregator: 'org' } });
      assert.deepEqual(
        notRead.map(({ what }) => what),
        ['the aggregator org'],
      );
      assert.match(notRead[0]?.advice ?? '', /^There are: .*organization/);
    }));

  it('of ten million rows: so many as were asked for, in few requests', () =>
    withTree({ estate: large }, async (tree) => {
      const { rows, aggregators, cut }: Aggregated = await ask(tools.aggregateCompliance, tree.estate, {
        input: { limit: 500 },
      });
      assert(rows.length > 0 && rows.length <= 500);
      assert.deepEqual([aggregators.map(({ rowsComplete }) => rowsComplete), cut.length], [[false], 1]);
      assert.equal(asked(tree, 'DescribeAggregateComplianceByConformancePacks'), 5);
      assert.equal(tree.estate.store({}).rows('organization', {}).rows.length, 500);
    }));

  it('of very many accounts: as many counts as are allowed, and that these are not all', () =>
    withTree({ estate: generatedEstate({ accounts: 900, regions: 1, packs: 2 }, noon) }, async (tree) => {
      const input = { limit: 1, countBy: 'account' } as const;
      const { counts, aggregators, cut }: Aggregated = await ask(tools.aggregateCompliance, tree.estate, { input });
      assert.equal(counts?.groups.length, 500);
      assert.deepEqual([aggregators.map(({ countsComplete }) => countsComplete), cut.length], [[false], 2]);
      assert.equal(asked(tree, 'GetAggregateConformancePackComplianceSummary'), 5);
    }));

  it('of rows that are rare among very many: that nothing was found so far, not that there is nothing', () =>
    withTree({ estate: large }, async (tree) => {
      tree.service.faults = { emptyPageEvery: 1, only: ['DescribeAggregateComplianceByConformancePacks'] };
      const { rows, complete, cut }: Aggregated = await ask(tools.aggregateCompliance, tree.estate, { input: {} });
      assert.deepEqual([rows, complete, cut.length], [[], false, 1]);
      assert(asked(tree, 'DescribeAggregateComplianceByConformancePacks') <= 10);
    }));

  it('of a generated estate: within the limits, whatever is asked', () =>
    withTree(
      { estate: generatedEstate({ accounts: 3, regions: 2, packs: 50, rules: 130, resources: 40 }, noon) },
      async ({ estate }) => {
        const { packs }: Packs = await ask(tools.scores, estate, { input: { limit: 500 } });
        assert(packs.length > 40);
        const input = { name: packs[0]?.name ?? '', maxResources: 100 };
        const details: Details = await ask(tools.packDetails, estate, { input });
        assert.equal(details.complete, false);
        assert(details.cut.length > 0 && JSON.stringify(details).length <= maxCharacters);
      },
    ));
});

describe('what assistants are told of what cannot be read', () => {
  const troubles: readonly [string, TreeOptions, OpenTree['service']['faults'], RegExp][] = [
    ['that nobody is signed in', { signedOut: true }, {}, /^Not signed in to AWS/],
    ['that the sign-in has expired', {}, { expiredCredentials: true }, /^The sign-in to AWS has expired/],
    ['that AWS is out of reach', { attempts: 1 }, { resetEvery: 1 }, /^AWS could not be reached/],
  ];
  for (const [what, options, faults, reason] of troubles) {
    it(`is ${what}, by every tool`, () =>
      withTree(options, async ({ estate, service }) => {
        service.faults = faults;
        const answers: readonly Said[] = [
          await ask(tools.scores, estate, { input: {} }),
          await ask(tools.packDetails, estate, { input: { name: s3 } }),
          await ask(tools.aggregateCompliance, estate, { input: {} }),
        ];
        for (const { complete, notRead } of answers) {
          assert.equal(complete, false);
          assert.match(notRead[0]?.reason ?? '', reason);
          assert(notRead[0]?.advice);
        }
      }));
  }

  it('is over when it can be read again: the next question asks anew', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = { expiredCredentials: true };
      await ask(tools.scores, estate, { input: {} });
      service.faults = {};
      const { packs, complete }: Packs = await ask(tools.scores, estate, { input: {} });
      assert.deepEqual([packs.length, complete], [14, true]);
    }));

  const denied = (operation: string) => ({ refuse: { [operation]: { name: 'AccessDeniedException' } } });

  it('is the scores alone: packs are told, and none of them has “no score”', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = denied('ListConformancePackComplianceScores');
      const { packs, notRead }: Packs = await ask(tools.scores, estate, { input: {} });
      assert.equal(packs.length, 14);
      assert(packs.every(({ score, scoreText }) => score === null && scoreText === 'not read'));
      assert.deepEqual(
        notRead.map(({ permission }) => permission),
        ['config:ListConformancePackComplianceScores'],
      );
    }));

  it('is what fails the rules: the rules are told, without a number that would be too small', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = denied('GetConformancePackComplianceDetails');
      const { packs, notRead }: Details = await ask(tools.packDetails, estate, { input: { name: s3 } });
      const [pack] = packs;
      assert.equal(pack?.failingResults, null);
      assert.deepEqual([...new Set(pack?.rules.map(({ failing, estimatedGain }) => failing ?? estimatedGain))], [null]);
      assert.deepEqual(
        notRead.map(({ permission }) => permission),
        ['config:GetConformancePackComplianceDetails'],
      );
    }));

  it('is the packs: the rules of one that was named are told all the same', () =>
    withTree({}, async ({ estate, service }) => {
      const refusal = { name: 'AccessDeniedException' };
      service.faults = {
        refuse: { ListConformancePackComplianceScores: refusal, DescribeConformancePackStatus: refusal },
      };
      const { packs }: Details & Packs = await ask(tools.packDetails, estate, { input: { name: s3 } });
      assert.deepEqual(
        packs.map(({ score, rules }) => [score, rules.length]),
        [[null, 5]],
      );
    }));

  it('is the counts: the rows are told', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = denied('GetAggregateConformancePackComplianceSummary');
      const answer: Aggregated = await ask(tools.aggregateCompliance, estate, { input: { countBy: 'account' } });
      assert.deepEqual(answer.counts?.groups, []);
      assert.equal(answer.rows.length, 50);
      assert.equal(answer.notRead[0]?.permission, 'config:GetAggregateConformancePackComplianceSummary');
    }));
});
