import assert from 'node:assert/strict';
import { complianceTypes } from '../../../src/compliance/model.ts';
import { maxCharacters } from '../../../src/views/tools/fitToBudget.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, type TreeOptions, withTree } from '../../support/tree/openTree.ts';
import { type CommonOutput, callTool, tools } from './callTool.ts';

interface ScoresOutput extends CommonOutput {
  readonly places: readonly { region: string }[];
  readonly packs: readonly {
    name: string;
    region: string;
    score: number | null;
    scoreText: string;
    deployment: object | null;
  }[];
}
interface PackDetailsOutput extends CommonOutput {
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
interface AggregateOutput extends CommonOutput {
  readonly aggregators: readonly { aggregator: string; rowsComplete: boolean; countsComplete?: boolean }[];
  readonly rows: readonly { aggregator: string; account: string; region: string; pack: string; status: string }[];
  readonly counts?: { readonly groups: readonly { name: string; nonCompliantPacks: number }[] };
}

interface OverviewOutput extends CommonOutput {
  readonly aggregator: { readonly rowsExpected: number | null } | null;
  readonly accounts: readonly { account: string; packs: number; nonCompliant: number }[];
  readonly packs: readonly { accountsLacking: number }[];
}
interface RulesOutput extends CommonOutput {
  readonly rules: readonly object[];
}

const largeEstate = generatedEstate({ accounts: 12_000, regions: 17, packs: 50 }, noon);
const s3 = 'operational-best-practices-for-amazon-s3';
const countRequests = ({ service }: OpenTree, operation: string) => service.requests.count(operation);

describe('tools', () => {
  it('never return fewer packs as complete if the AWS files are touched meanwhile', () =>
    withTree({ pageSize: 2 }, async (tree) => {
      const { estate, shown } = tree;
      const call = () => callTool<object, ScoresOutput>(tools.scores, estate, { input: {} });
      const expected = (await call()).packs.length;
      for (let changes = 0, isReset = true; isReset; changes += 1) {
        estate.reset();
        const output = call();
        for (let change = 0; change < changes && estate.isLoading(); change += 1) await shown.waitForChange();
        isReset = estate.isLoading();
        estate.reset();
        const { complete, packs, notRead } = await output;
        assert.equal(complete, notRead.length === 0);
        if (complete) assert.equal(packs.length, expected);
        else assert.match(notRead[0]?.reason ?? '', /interrupted/);
      }
    }));

  it('return matching packs once per scope, lowest score first', () =>
    withTree({}, async ({ estate }) => {
      const regions = ['us-east-1', 'eu-central-1'].map((region) => ({ region }));
      const connections = [{}, ...regions];
      const all: ScoresOutput = await callTool(tools.scores, estate, { input: { limit: 500 }, connections });
      assert.deepEqual(all.places.map(({ region }) => region).sort(), ['eu-central-1', 'us-east-1']);
      assert.equal(new Set(all.packs.map(({ name, region }) => `${region}/${name}`)).size, all.packs.length);
      const percents = all.packs.map(({ score }) => score ?? 101);
      assert.deepEqual(
        percents,
        percents.toSorted((a, b) => a - b),
      );
      const low: ScoresOutput = await callTool(tools.scores, estate, {
        input: { scoreBelow: 70, region: 'us-east-1' },
        connections,
      });
      assert.deepEqual(
        low.packs.map(({ name }) => name),
        all.packs
          .filter(({ score, region }) => score !== null && score < 70 && region === 'us-east-1')
          .map(({ name }) => name),
      );
      const named: ScoresOutput = await callTool(tools.scores, estate, {
        input: { nameContains: 'AMAZON-S3' },
        connections,
      });
      assert.deepEqual([...new Set(named.packs.map(({ name }) => name))], [s3]);
      assert.equal(named.complete, true);
    }));

  it('request only the pack with a given name', () =>
    withTree({}, async (tree) => {
      const { packs, complete }: ScoresOutput = await callTool(tools.scores, tree.estate, { input: { name: s3 } });
      assert.deepEqual([packs.map(({ name }) => name), complete], [[s3], true]);
      assert.equal(countRequests(tree, 'ListConformancePackComplianceScores'), 1, JSON.stringify(tree.log));
      await callTool(tools.scores, tree.estate, { input: { name: s3 } });
      assert.equal(
        countRequests(tree, 'ListConformancePackComplianceScores'),
        1,
        'the second call uses the cached list',
      );
    }));

  it('estimate gains that add up to a score of 100', () =>
    withTree({}, async ({ estate }) => {
      const input = { name: s3, maxResources: 100 };
      const { packs, complete }: PackDetailsOutput = await callTool(tools.packDetails, estate, { input });
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

  it('find a rule by its name in the template or as deployed', () =>
    withTree({}, async ({ estate }) => {
      const rule = 's3-bucket-logging-enabled';
      const own: PackDetailsOutput = await callTool(tools.packDetails, estate, { input: { name: s3, rule } });
      const name = own.packs[0]?.rules[0]?.name ?? '';
      assert.match(name, new RegExp(`^${rule}-conformance-pack-`));
      const deployed: PackDetailsOutput = await callTool(tools.packDetails, estate, {
        input: { name: s3, rule: name },
      });
      assert.deepEqual(
        deployed.packs[0]?.rules.map((each) => each.name),
        [name],
      );
      const none: PackDetailsOutput = await callTool(tools.packDetails, estate, {
        input: { name: s3, rule: 'nothing' },
      });
      assert.deepEqual([none.complete, none.notRead.map(({ what }) => what)], [false, ['the rule nothing']]);
    }));

  it('return the searched scopes for an unknown pack', () =>
    withTree({}, async ({ estate }) => {
      const output: PackDetailsOutput & ScoresOutput = await callTool(tools.packDetails, estate, {
        input: { name: 'nothing' },
      });
      assert.deepEqual([output.packs, output.complete, output.places.length], [[], true, 1]);
    }));

  it('report a scope that no connection covers', () =>
    withTree({}, async ({ estate }) => {
      const { complete, notRead }: ScoresOutput = await callTool(tools.scores, estate, {
        input: { region: 'sa-east-1' },
      });
      assert.equal(complete, false);
      assert.deepEqual(
        notRead.map(({ what }) => what),
        ['the packs of any account in sa-east-1'],
      );
    }));

  it('return the filtered rows of an aggregator with consistent counts', () =>
    withTree({}, async ({ estate }) => {
      const input = { aggregator: 'organization', limit: 500, countBy: 'account' } as const;
      const all: AggregateOutput = await callTool(tools.aggregateCompliance, estate, { input });
      assert.equal(all.complete, true);
      for (const { name, nonCompliantPacks } of all.counts?.groups ?? []) {
        const failing = all.rows.filter(({ account, status }) => account === name && status === 'NON_COMPLIANT');
        assert.equal(failing.length, nonCompliantPacks, name);
      }
      const pack = all.rows[0]?.pack;
      assert(pack);
      const packRows: AggregateOutput = await callTool(tools.aggregateCompliance, estate, {
        input: { ...input, pack },
      });
      assert.deepEqual(
        packRows.rows,
        all.rows.filter((row) => row.pack === pack),
      );
      for (const status of complianceTypes) {
        const some: AggregateOutput = await callTool(tools.aggregateCompliance, estate, {
          input: { ...input, status },
        });
        assert.deepEqual(
          some.rows,
          all.rows.filter((row) => row.status === status),
        );
      }
    }));

  it('read aggregators one after the other until the limit is reached', () =>
    withTree({}, async (tree) => {
      const { aggregators, rows, complete }: AggregateOutput = await callTool(tools.aggregateCompliance, tree.estate, {
        input: {},
      });
      assert.equal(aggregators.length, 2);
      assert.equal(rows.length, 50);
      assert.equal(complete, false);
      assert.equal(countRequests(tree, 'DescribeAggregateComplianceByConformancePacks'), 1);
    }));

  it('list the available aggregators if the name is unknown', () =>
    withTree({}, async ({ estate }) => {
      const { notRead }: AggregateOutput = await callTool(tools.aggregateCompliance, estate, {
        input: { aggregator: 'org' },
      });
      assert.deepEqual(
        notRead.map(({ what }) => what),
        ['the aggregator org'],
      );
      assert.match(notRead[0]?.advice ?? '', /^Available: .*organization/);
    }));

  it('read only the requested number of ten million rows', () =>
    withTree({ estate: largeEstate }, async (tree) => {
      const { rows, aggregators, cut }: AggregateOutput = await callTool(tools.aggregateCompliance, tree.estate, {
        input: { limit: 500 },
      });
      assert(rows.length > 0 && rows.length <= 500);
      assert.deepEqual([aggregators.map(({ rowsComplete }) => rowsComplete), cut.length], [[false], 1]);
      assert.equal(countRequests(tree, 'DescribeAggregateComplianceByConformancePacks'), 5);
      assert.equal(tree.estate.getStore({}).getAggregateRows('organization', {}).rows.length, 500);
    }));

  it('limit the counts of many accounts', () =>
    withTree({ estate: generatedEstate({ accounts: 900, regions: 1, packs: 2 }, noon) }, async (tree) => {
      const input = { limit: 1, countBy: 'account' } as const;
      const { counts, aggregators, cut }: AggregateOutput = await callTool(tools.aggregateCompliance, tree.estate, {
        input,
      });
      assert.equal(counts?.groups.length, 500);
      assert.deepEqual([aggregators.map(({ countsComplete }) => countsComplete), cut.length], [[false], 2]);
      assert.equal(countRequests(tree, 'GetAggregateConformancePackComplianceSummary'), 5);
    }));

  it('report incomplete rows after many empty pages', () =>
    withTree({ estate: largeEstate }, async (tree) => {
      tree.service.faults = { emptyPageEvery: 1, only: ['DescribeAggregateComplianceByConformancePacks'] };
      const { rows, complete, cut }: AggregateOutput = await callTool(tools.aggregateCompliance, tree.estate, {
        input: {},
      });
      assert.deepEqual([rows, complete, cut.length], [[], false, 1]);
      assert(countRequests(tree, 'DescribeAggregateComplianceByConformancePacks') <= 10);
    }));

  it('stay within the maximum length', () =>
    withTree(
      { estate: generatedEstate({ accounts: 3, regions: 2, packs: 50, rules: 130, resources: 40 }, noon) },
      async ({ estate }) => {
        const { packs }: ScoresOutput = await callTool(tools.scores, estate, { input: { limit: 500 } });
        assert(packs.length > 40);
        const input = { name: packs[0]?.name ?? '', maxResources: 100 };
        const details: PackDetailsOutput = await callTool(tools.packDetails, estate, { input });
        assert.equal(details.complete, false);
        assert(details.cut.length > 0 && JSON.stringify(details).length <= maxCharacters);
      },
    ));
});

describe('tools with failed requests', () => {
  const failures: readonly [string, TreeOptions, OpenTree['service']['faults'], RegExp][] = [
    ['missing credentials', { signedOut: true }, {}, /^Not signed in to AWS/],
    ['an expired session', {}, { expiredCredentials: true }, /^Your AWS session has expired/],
    ['a network that breaks connections', { attempts: 1 }, { resetEvery: 1 }, /^The connection to AWS broke off/],
  ];
  for (const [title, options, faults, reason] of failures) {
    it(`report ${title}`, () =>
      withTree(options, async ({ estate, service }) => {
        service.faults = faults;
        const outputs: readonly CommonOutput[] = [
          await callTool(tools.scores, estate, { input: {} }),
          await callTool(tools.packDetails, estate, { input: { name: s3 } }),
          await callTool(tools.aggregateCompliance, estate, { input: {} }),
        ];
        for (const { complete, notRead } of outputs) {
          assert.equal(complete, false);
          assert.match(notRead[0]?.reason ?? '', reason);
          assert(notRead[0]?.advice);
        }
      }));
  }

  it('retry failed requests on the next call', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = { expiredCredentials: true };
      await callTool(tools.scores, estate, { input: {} });
      service.faults = {};
      const { packs, complete }: ScoresOutput = await callTool(tools.scores, estate, { input: {} });
      assert.deepEqual([packs.length, complete], [14, true]);
    }));

  const denied = (operation: string) => ({ refuse: { [operation]: { name: 'AccessDeniedException' } } });

  it('return packs without scores if the scores are denied', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = denied('ListConformancePackComplianceScores');
      const { packs, notRead }: ScoresOutput = await callTool(tools.scores, estate, { input: {} });
      assert.equal(packs.length, 14);
      assert(packs.every(({ score, scoreText }) => score === null && scoreText === 'not read'));
      assert.deepEqual(
        notRead.map(({ permission }) => permission),
        ['config:ListConformancePackComplianceScores'],
      );
    }));

  it('return rules without counts if the failing results are denied', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = denied('GetConformancePackComplianceDetails');
      const { packs, notRead }: PackDetailsOutput = await callTool(tools.packDetails, estate, { input: { name: s3 } });
      const [pack] = packs;
      assert.equal(pack?.failingResults, null);
      assert.deepEqual([...new Set(pack?.rules.map(({ failing, estimatedGain }) => failing ?? estimatedGain))], [null]);
      assert.deepEqual(
        notRead.map(({ permission }) => permission),
        ['config:GetConformancePackComplianceDetails'],
      );
    }));

  it('return the rules of a named pack if the packs are denied', () =>
    withTree({}, async ({ estate, service }) => {
      const refusal = { name: 'AccessDeniedException' };
      service.faults = {
        refuse: { ListConformancePackComplianceScores: refusal, DescribeConformancePackStatus: refusal },
      };
      const { packs }: PackDetailsOutput & ScoresOutput = await callTool(tools.packDetails, estate, {
        input: { name: s3 },
      });
      assert.deepEqual(
        packs.map(({ score, rules }) => [score, rules.length]),
        [[null, 5]],
      );
    }));

  it('return rows if the counts are denied', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = denied('GetAggregateConformancePackComplianceSummary');
      const output: AggregateOutput = await callTool(tools.aggregateCompliance, estate, {
        input: { countBy: 'account' },
      });
      assert.deepEqual(output.counts?.groups, []);
      assert.equal(output.rows.length, 50);
      assert.equal(output.notRead[0]?.permission, 'config:GetAggregateConformancePackComplianceSummary');
    }));

  it('return an overview of the rows if the counts are denied', () =>
    withTree({}, async ({ estate, service }) => {
      service.faults = denied('GetAggregateConformancePackComplianceSummary');
      const output: OverviewOutput = await callTool(tools.organizationOverview, estate, { input: {} });
      assert.equal(output.accounts.length, 10);
      assert.equal(output.aggregator?.rowsExpected, null);
      assert.equal(output.notRead[0]?.permission, 'config:GetAggregateConformancePackComplianceSummary');
    }));

  it('say which rows an overview could not read', () =>
    withTree({ attempts: 1 }, async ({ estate, service }) => {
      service.faults = denied('DescribeAggregateComplianceByConformancePacks');
      const output: OverviewOutput = await callTool(tools.organizationOverview, estate, { input: {} });
      assert.deepEqual([output.accounts, output.packs, output.complete], [[], [], false]);
      assert.equal(output.notRead[0]?.permission, 'config:DescribeAggregateComplianceByConformancePacks');
    }));

  it('count the packs of an overview by account, region and pack', () =>
    withTree({}, async ({ estate }) => {
      const input = { account: '895203741168', region: 'us-east-1' };
      const output: OverviewOutput = await callTool(tools.organizationOverview, estate, { input });
      assert.deepEqual(
        output.accounts.map(({ account, packs, nonCompliant }) => [account, packs, nonCompliant]),
        [['895203741168', 3, 3]],
      );
      assert(output.packs.every(({ accountsLacking }) => accountsLacking === 0));
    }));

  it('name the missing permission for rules across accounts', () =>
    withTree({ attempts: 1 }, async ({ estate, service }) => {
      service.faults = denied('DescribeAggregateComplianceByConfigRules');
      const output: RulesOutput = await callTool(tools.aggregateRules, estate, { input: {} });
      assert.deepEqual([output.rules, output.complete], [[], false]);
      assert.equal(output.notRead[0]?.permission, 'config:DescribeAggregateComplianceByConfigRules');
    }));

  it('name the aggregators that exist instead of an unknown one', () =>
    withTree({}, async ({ estate }) => {
      for (const tool of [tools.organizationOverview, tools.aggregateRules]) {
        const output = await callTool<object, CommonOutput>(tool, estate, { input: { aggregator: 'missing' } });
        assert.equal(output.complete, false);
        assert.match(output.notRead[0]?.advice ?? '', /Available: .*organization/);
      }
    }));
});
