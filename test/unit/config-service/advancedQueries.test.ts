import assert from 'node:assert/strict';
import {
  GetAggregateConformancePackComplianceSummaryCommand,
  paginateSelectAggregateResourceConfig,
} from '@aws-sdk/client-config-service';
import { hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';
import { collectRows } from './pagination.ts';

const ConfigurationAggregatorName = 'organization';
const ofPacks = "resourceType = 'AWS::Config::ConformancePackCompliance'";

describe('local AWS Config: advanced queries', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({
      estate: generatedEstate({ accounts: 7, regions: 2, packs: 9, missingPacks: 20 }),
    });
  });
  after(() => service.close());

  const select = async (Expression: string, from: ConfigService = service) => {
    const outputs = paginateSelectAggregateResourceConfig(
      { client: createConfigClient(from) },
      { ConfigurationAggregatorName, Expression },
    );
    return collectRows(outputs, (page) => page.Results?.map((result): object => JSON.parse(result)));
  };
  const selectRows = async (expression: string, from?: ConfigService) => (await select(expression, from)).rows;

  /** The packs with configuration items, in the order of the results. */
  const listPacks = ({ estate }: ConfigService) =>
    estate.accounts
      .flatMap((account) => estate.regions.map((region) => ({ account, region })))
      .flatMap((scope) => estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []))
      .filter((pack) => isDeployed(pack) && hasResults(pack));

  it('select the deployed packs with their names and ids', async () => {
    const { rows, pageSizes } = await select('SELECT accountId, awsRegion, resourceName, resourceId');
    assert.deepEqual(
      rows,
      listPacks(service).map(({ account, region, name, id }) => ({
        accountId: account,
        awsRegion: region,
        resourceName: name,
        resourceId: id,
      })),
    );
    assert.equal(pageSizes[0], 25);
  });

  it('filter with =, IN, LIKE, AND, OR and parentheses, in any case', async () => {
    const all = listPacks(service);
    const [first = '', second = ''] = service.estate.accounts;
    const prefix = 'OrgConformsPack-';
    const rows = await selectRows(
      `select resourceId where ${ofPacks} and (accountId in ('${first}', '${second}') or awsRegion = 'us-east-1') and resourceName like '${prefix}%'`,
    );
    assert.deepEqual(
      rows,
      all
        .filter(({ account, region }) => account === first || account === second || region === 'us-east-1')
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ id }) => ({ resourceId: id })),
    );
  });

  it('count by groups, in the requested order', async () => {
    const expression = `SELECT configuration.complianceType, COUNT(*) WHERE ${ofPacks} GROUP BY configuration.complianceType`;
    const rows = await selectRows(`${expression} ORDER BY COUNT(*) DESC`);
    const counts = rows.map((row) => Number(Reflect.get(row, 'COUNT(*)')));
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    );
    const [all] = await selectRows('SELECT COUNT(*)');
    assert.deepEqual(all, { 'COUNT(*)': counts.reduce((sum, count) => sum + count) });
    assert.deepEqual(Object.keys(rows[0] ?? {}), ['configuration', 'COUNT(*)']);
  });

  it('sort items by a selected property', async () => {
    const rows = await selectRows('SELECT resourceName, accountId ORDER BY resourceName DESC, accountId');
    const keys = rows.map((row) => [Reflect.get(row, 'resourceName'), Reflect.get(row, 'accountId')]);
    const expected = keys.toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? 1 : -1));
    assert.deepEqual(keys, expected);
  });

  it('return up to 500 groups on a page', async () => {
    const many = await startConfigService({ estate: generatedEstate({ accounts: 600, regions: 1, packs: 2 }) });
    const { rows, pageSizes } = await select('SELECT accountId, COUNT(*) GROUP BY accountId', many);
    await many.close();
    assert.equal(pageSizes[0], 500);
    assert.equal(pageSizes.length, 2);
    assert.equal(new Set(rows.map((row) => Reflect.get(row, 'accountId'))).size, rows.length);
  });

  it('test the members of an array independently, as AWS documents', async () => {
    const list = 'configuration.configRuleList';
    const [pack] = listPacks(service).filter(
      (each) => service.estate.ruleCounts(each).nonCompliant > 0 && service.estate.ruleCounts(each).compliant > 0,
    );
    const rules = pack === undefined ? [] : service.estate.rules(pack);
    const compliant = rules.find(({ resources, failing }) => resources > 0 && failing === 0);
    const where = `${list}.configRuleName = '${compliant?.name}' AND ${list}.complianceType = 'NON_COMPLIANT'`;
    const [row, ...others] = await selectRows(
      `SELECT resourceId, ${list}.configRuleName, ${list}.complianceType WHERE ${where}`,
    );
    assert.deepEqual(others, []);
    assert.equal(Reflect.get(row ?? {}, 'resourceId'), pack?.id);
    const { configRuleList } = Reflect.get(row ?? {}, 'configuration') as { configRuleList: readonly object[] };
    assert.equal(configRuleList.length, rules.length);
    assert.deepEqual(
      configRuleList.find((rule) => Reflect.get(rule, 'configRuleName') === compliant?.name),
      { configRuleName: compliant?.name, complianceType: 'COMPLIANT' },
    );
  });

  it('find nothing where a type is not recorded', async () => {
    assert.deepEqual(await selectRows("SELECT resourceId WHERE resourceType = 'AWS::Config::ResourceCompliance'"), []);
    const unrecorded = await startConfigService({
      estate: generatedEstate({ accounts: 3, regions: 1, packs: 4, unrecordedScopes: 100 }),
    });
    assert.deepEqual(await selectRows('SELECT resourceId', unrecorded), []);
    assert.deepEqual(await selectRows('SELECT COUNT(*)', unrecorded), [{ 'COUNT(*)': 0 }]);
    await unrecorded.close();
  });

  it('may differ from the summary: of the demo company, unrecorded scopes and deleted packs are missing', async () => {
    const demo = await startConfigService({ estate: 'demo' });
    const [counted] = await selectRows('SELECT COUNT(*)', demo);
    const { AggregateConformancePackComplianceSummaries: [summary] = [] } = await createConfigClient(demo).send(
      new GetAggregateConformancePackComplianceSummaryCommand({ ConfigurationAggregatorName }),
    );
    const sandbox = await selectRows("SELECT awsRegion WHERE accountId = '895203741168'", demo);
    await demo.close();
    const { CompliantConformancePackCount = 0, NonCompliantConformancePackCount = 0 } =
      summary?.ComplianceSummary ?? {};
    assert.ok(
      Number(Reflect.get(counted ?? {}, 'COUNT(*)')) < CompliantConformancePackCount + NonCompliantConformancePackCount,
    );
    assert.deepEqual([...new Set(sandbox.map((row) => Reflect.get(row, 'awsRegion')))], ['us-east-1']);
  });

  const refused = [
    'SELECT',
    'SELECT *',
    'SELECT name',
    'SELECT resourceId FROM resources',
    'SELECT resourceId,',
    'SELECT resourceId LIMIT 5',
    'SELECT resourceId WHERE',
    'SELECT resourceId WHERE resourceId',
    "SELECT resourceId WHERE resourceId = 'x",
    'SELECT resourceId WHERE resourceId = "x"',
    "SELECT resourceId WHERE resourceId LIKE '%x'",
    'SELECT resourceId WHERE resourceId IN ()',
    "SELECT resourceId WHERE (resourceId = 'x'",
    "SELECT resourceId WHERE resourceId = 'x' OR",
    "SELECT resourceId WHERE resourceId = 'x' AND resourceId = resourceId",
    'SELECT resourceId, COUNT(*)',
    'SELECT resourceId GROUP BY accountId',
    'SELECT resourceId ORDER BY accountId',
    'SELECT resourceId ORDER accountId',
    'SELECT COUNT(resourceId)',
    'SELECT resourceId; SELECT accountId',
  ];
  for (const expression of refused) {
    it(`refuse ${expression}`, async () => {
      await assert.rejects(select(expression), { name: 'InvalidExpressionException' });
    });
  }

  it('quote an apostrophe by doubling it', async () => {
    assert.deepEqual(await selectRows("SELECT resourceId WHERE resourceName = 'it''s'"), []);
  });
});
