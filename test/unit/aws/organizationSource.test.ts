import assert from 'node:assert/strict';
import { toPackItem, toSelectedRow } from '../../../src/aws/convertOrganization.ts';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { splitRuleName } from '../../../src/compliance/ruleName.ts';
import { type OrganizationSource, type Page, type PageRequest, quoteValue } from '../../../src/compliance/source.ts';
import { asRecord } from '../../../src/compliance/unknownValues.ts';
import { newAccount, suspendedAccount } from '../../config-service/estate/demo/company.ts';
import type { OperationName } from '../../config-service/model.ts';
import { withTree } from '../../support/tree/openTree.ts';

const { signal } = new AbortController();
const aggregator = 'organization';
const account = '467120985533';
const region = 'eu-central-1';
const pack = 'operational-best-practices-for-pci-dss';

type Read<T> = (source: OrganizationSource, request: PageRequest) => Promise<Page<T>>;

/** Reads every page through a connection to the demo estate. `limits` are the requested page sizes. */
async function readAll<T>(read: Read<T>, connection = {}) {
  const pages: Page<T>[] = [];
  const limits: unknown[] = [];
  await withTree({ attempts: 1, connections: [connection] }, async ({ service, estate }) => {
    const fetch = estate.getStore(connection).getOrganizationPages(read);
    let cursor: string | undefined;
    do {
      const page = await fetch({ cursor, signal });
      pages.push(page);
      cursor = page.next;
    } while (cursor !== undefined);
    limits.push(...service.requests.map(({ input }) => asRecord(input).Limit));
  });
  return { pages, limits, items: pages.flatMap(({ items }) => items) };
}

describe('OrganizationSource', () => {
  it('reads rules of all accounts in pages of 1000', async () => {
    const { pages, items } = await readAll((source, request) => source.listAggregateRules(request, aggregator, {}));
    assert.equal(pages[0]?.items.length, 1000);
    assert.equal(pages.length, Math.ceil(items.length / 1000));
    const keys = items.map((row) => `${row.account}/${row.region}/${row.rule}`);
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(new Set(items.map((row) => row.account)).size, 12);
  });

  it('groups the same rule of several accounts by its name in the template', async () => {
    const { items } = await readAll((source, request) =>
      source.listAggregateRules(request, aggregator, { compliance: 'NON_COMPLIANT', region: 'us-east-1' }),
    );
    const accounts = items
      .filter(({ rule }) => splitRuleName(rule).templateName === 's3-bucket-versioning-enabled')
      .map((row) => row.account);
    assert(new Set(accounts).size > 1);
    assert(items.every(({ compliance, resources = 0 }) => compliance === 'NON_COMPLIANT' && resources > 0));
  });

  it('reads the failing resources of a rule in another account, with annotations', async () => {
    const rules = await readAll((source, request) =>
      source.listAggregateRules(request, aggregator, { account, region, compliance: 'NON_COMPLIANT' }),
    );
    const [rule] = rules.items;
    assert(rule);
    const { items } = await readAll((source, request) =>
      source.listAggregateEvaluations(request, aggregator, rule, 'NON_COMPLIANT'),
    );
    assert.equal(items.length, rule.resources);
    for (const item of items) {
      assert.deepEqual([item.rule, item.compliance], [rule.rule, 'NON_COMPLIANT']);
      assert(item.resourceId && item.annotation && item.evaluatedAt);
    }
  });

  it('reads the organization’s packs with excluded accounts and rollout', async () => {
    const packs = await readAll((source, request) => source.listOrganizationPacks(request));
    assert.deepEqual(
      packs.items.map(({ name, excludedAccounts }) => [name, excludedAccounts]),
      [
        ['data-protection', [suspendedAccount]],
        ['security-baseline', []],
      ],
    );
    const statuses = await readAll((source, request) => source.listOrganizationPackStatuses(request));
    const dataProtection = statuses.items.find((status) => status.pack === 'data-protection');
    assert.equal(dataProtection?.state, 'CREATE_IN_PROGRESS');
    const rollout = await readAll((source, request) => source.listOrganizationRollout(request, 'data-protection', {}));
    assert(rollout.items.every(({ state }) => state === 'CREATE_SUCCESSFUL'));
    assert.equal(rollout.items.length, 12);
  });

  it('reads the errors of a rollout by account', async () => {
    const connection = { region };
    const { items } = await readAll(
      (source, request) => source.listOrganizationRollout(request, 'security-baseline', { state: 'CREATE_FAILED' }),
      connection,
    );
    const [failed] = items;
    assert.deepEqual(
      [items.length, failed?.account, failed?.errorCode],
      [1, newAccount, 'NoAvailableConfigurationRecorderException'],
    );
    assert.match(failed?.reason ?? '', /recorder/);
  });

  it('finds the id and the rules of a pack in another account', async () => {
    const { items } = await readAll((source, request) =>
      source.listPackItems(request, aggregator, { account, region }, pack),
    );
    const [item] = items;
    assert.match(item?.id ?? '', /^conformance-pack-[a-z0-9]{9}$/);
    const rules = await readAll((source, request) =>
      source.listAggregateRules(request, aggregator, { account, region }),
    );
    const expected = rules.items.filter(({ rule }) => splitRuleName(rule).suffix === `-${item?.id}`);
    assert(expected.length > 0);
    assert.deepEqual(
      new Map(item?.rules.map(({ name, compliance }) => [name, compliance])),
      new Map(expected.map(({ rule, compliance }) => [rule, compliance])),
    );
  });

  it('finds no item where packs are not recorded', async () => {
    const sandbox = { account: '895203741168', region };
    const { items } = await readAll((source, request) =>
      source.listPackItems(request, aggregator, sandbox, 'aws-control-tower-detective-guardrails'),
    );
    assert.deepEqual(items, []);
  });

  it('reads groups in pages of 500, and other rows in pages of 100', async () => {
    const groups = await readAll((source, request) =>
      source.selectAggregate(request, aggregator, 'SELECT accountId, COUNT(*) GROUP BY accountId'),
    );
    assert.equal(groups.items.length, 12);
    const rows = await readAll((source, request) => source.selectAggregate(request, aggregator, 'SELECT resourceId'));
    assert.equal(rows.pages[0]?.items.length, 100);
    assert.deepEqual([...new Set([...groups.limits, ...rows.limits])], [undefined, 100]);
  });

  const extras: readonly (readonly [OperationName, Read<unknown>])[] = [
    ['DescribeAggregateComplianceByConfigRules', (source, page) => source.listAggregateRules(page, aggregator, {})],
    [
      'GetAggregateComplianceDetailsByConfigRule',
      (source, page) => source.listAggregateEvaluations(page, aggregator, { rule: 'x', account, region }, 'COMPLIANT'),
    ],
    ['DescribeOrganizationConformancePacks', (source, page) => source.listOrganizationPacks(page)],
    ['DescribeOrganizationConformancePackStatuses', (source, page) => source.listOrganizationPackStatuses(page)],
    [
      'GetOrganizationConformancePackDetailedStatus',
      (source, page) => source.listOrganizationRollout(page, 'data-protection', {}),
    ],
    ['SelectAggregateResourceConfig', (source, page) => source.selectAggregate(page, aggregator, 'SELECT resourceId')],
    [
      'SelectAggregateResourceConfig',
      (source, page) => source.listPackItems(page, aggregator, { account, region }, pack),
    ],
    ['GetResourceConfigHistory', (source, page) => source.listRecordedPackStates(page, 'conformance-pack-172lcbx9s')],
  ];
  for (const [operation, read] of extras) {
    it(`names the missing permission for ${operation}`, () =>
      withTree({ attempts: 1 }, async ({ service, estate }) => {
        service.faults = { refuse: { [operation]: { name: 'AccessDeniedException' } } };
        const fetch = estate.getStore({}).getOrganizationPages(read);
        await assert.rejects(fetch({ cursor: undefined, signal }), (error) => {
          assert(error instanceof ComplianceError);
          assert.deepEqual([error.kind, error.details.permission], ['denied', `config:${operation}`]);
          return true;
        });
      }));

    it(`distinguishes ${operation} in an account that does not administer the organization`, () =>
      withTree({ attempts: 1 }, async ({ service, estate }) => {
        service.faults = { refuse: { [operation]: { name: 'OrganizationAccessDeniedException' } } };
        const fetch = estate.getStore({}).getOrganizationPages(read);
        await assert.rejects(fetch({ cursor: undefined, signal }), { kind: 'organizationDenied' });
      }));
  }

  it('sends no request once the connection is closed', () =>
    withTree({ attempts: 1 }, async ({ service, estate }) => {
      const store = estate.getStore({});
      const fetch = store.getOrganizationPages((source, request) => source.listAggregateRules(request, aggregator, {}));
      store.close();
      await assert.rejects(fetch({ cursor: undefined, signal }), { kind: 'cancelled' });
      assert.equal(service.requests.length, 0);
    }));
});

describe('toSelectedRow', () => {
  it('returns the members of an object', () => {
    assert.deepEqual(toSelectedRow('{"accountId":"1","COUNT(*)":2}'), { accountId: '1', 'COUNT(*)': 2 });
  });

  for (const text of ['', '{', 'null', '[]', '3', '"text"']) {
    it(`throws for ${text || 'nothing'}, so that a row never disappears`, () => {
      assert.throws(() => toSelectedRow(text), SyntaxError);
    });
  }
});

describe('toPackItem', () => {
  const item = { resourceName: 'a', accountId: account, awsRegion: region };

  it('finds the id in the resource ID or in the name of a rule', () => {
    const id = 'conformance-pack-abc123xyz';
    const configuration = { configRuleList: [{ configRuleName: `rule-${id}`, complianceType: 'COMPLIANT' }] };
    assert.equal(toPackItem({ ...item, resourceId: id })?.id, id);
    assert.equal(toPackItem({ ...item, resourceId: 'a', configuration })?.id, id);
    assert.equal(toPackItem({ ...item, resourceId: 'a' })?.id, undefined);
  });

  it('reads any values without throwing', () => {
    for (const value of [undefined, null, 3, 'x', [], {}, [null, 3, {}], { configRuleName: 'a' }]) {
      const read = toPackItem({ ...item, configuration: { configRuleList: value } });
      assert(Array.isArray(read?.rules));
      assert.equal(toPackItem({ ...item, accountId: value }) !== undefined, typeof value === 'string');
    }
  });
});

describe('quoteValue', () => {
  it('keeps a value inside of its quotes', () => {
    assert.equal(quoteValue("x' OR accountId = '1"), "'x'' OR accountId = ''1'");
  });
});
