import assert from 'node:assert/strict';
import exportSchema from '../../../media/export.schema.json' with { type: 'json' };
import { TagList } from '../../../src/compliance/owners/tagList.ts';
import { resolveAggregators, resolveConnections } from '../../../src/compliance/queries/lookup.ts';
import { getResourceKey } from '../../../src/compliance/resourceModel.ts';
import { createQuery, type ExportQuery, type ExportSource } from '../../../src/reports/exportQuery.ts';
import { findSource } from '../../../src/reports/exportSources.ts';
import { exportText } from '../../../src/reports/exportText.ts';
import { type FormatName, formatNames, formats } from '../../../src/reports/formats.ts';
import { assertGolden } from '../../support/golden.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { parseCsv } from './csv.ts';
import { type Schema, validateSchema } from './schema.ts';

const s3 = 'operational-best-practices-for-amazon-s3';
const denied = { name: 'AccessDeniedException' };

async function findScope({ estate }: OpenTree): Promise<ExportSource> {
  const [connection] = (await resolveConnections([estate.getStore({})])).results;
  return connection ?? assert.fail('No connection');
}

async function findAggregator({ estate }: OpenTree): Promise<ExportSource & { readonly aggregator: object }> {
  const [aggregator] = (await resolveAggregators([estate.getStore({})], 'organization')).results;
  return aggregator ?? assert.fail('No aggregator');
}

async function read(query: ExportQuery, format: FormatName): Promise<string> {
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  let text = '';
  for await (const chunk of exportText(query, formats[format], options)) text += chunk;
  return text;
}

async function readJson(query: ExportQuery) {
  const document = JSON.parse(await read(query, 'json'));
  assert.deepEqual(validateSchema(document, exportSchema as Schema), []);
  return document;
}

/** Replaces times and ages, which are those of this run. */
const withoutTimes = (text: string): string =>
  text.replace(/20\d\d-\d\d-\d\d[T ][0-9:.]+(?:Z| UTC)( \\\([^)]*\))?/g, 'TIME');

describe('exports with rules and resources', () => {
  it('have exactly the rules and failing results of a pack, largest gain first', () =>
    withTree({}, async (tree) => {
      const scope = await findScope(tree);
      const list = tree.estate.getStore({}).getRuleList(s3);
      await list.loadAll();
      const query = createQuery([{ ...scope, packs: [s3] } as ExportSource], { content: 'resources' });
      const { rows, totals, sources } = await readJson(query);
      assert.equal(rows.length, 1);
      assert.deepEqual(sources[0].packs.length, 1);
      const [{ rules, failingResults }] = rows;
      assert.deepEqual(
        rules.map(({ rule, failing, controls, resources }: Record<string, unknown[]>) => [
          rule,
          failing,
          controls,
          resources?.map((each) => (each as { id: string }).id),
        ]),
        list.rows.map(({ name, failing, controls }) => [
          name,
          failing.length,
          controls,
          failing.map(({ resourceId }) => resourceId),
        ]),
      );
      assert.equal(failingResults, list.failingResults.rows.length);
      assert.deepEqual([totals.rules, totals.failingResults], [list.rows.length, failingResults]);
      const gains = rules.map(({ estimatedGain }: { estimatedGain: number | null }) => estimatedGain ?? 0);
      assert.deepEqual(
        gains,
        gains.toSorted((a: number, b: number) => b - a),
      );
    }));

  it('have one line per failing resource in CSV', () =>
    withTree({}, async (tree) => {
      const query = createQuery([{ ...(await findScope(tree)), packs: [s3] } as ExportSource], {
        content: 'resources',
      });
      const [head = [], ...lines] = parseCsv(await read(query, 'csv'));
      const list = tree.estate.getStore({}).getRuleList(s3);
      await list.loadAll();
      const resources = lines.map((cells) => cells[head.indexOf('resourceId')]).filter(Boolean);
      assert.deepEqual(resources.sort(), list.failingResults.rows.map(({ resourceId }) => resourceId).sort());
      const rules = new Set(lines.map((cells) => cells[head.indexOf('rule')]).filter(Boolean));
      assert.equal(rules.size, list.rows.length);
      assert(lines.every(({ length }) => length === head.length));
    }));

  it('collapse resources in Markdown', () =>
    withTree({}, async (tree) => {
      const query = createQuery([{ ...(await findScope(tree)), packs: [s3] } as ExportSource], {
        content: 'resources',
      });
      assertGolden(import.meta.url, 'pack-with-resources.md', withoutTimes(await read(query, 'markdown')));
    }));

  it('have only the rules that a panel shows, in its order, and say so', () =>
    withTree({}, async (tree) => {
      const list = tree.estate.getStore({}).getRuleList(s3);
      await list.loadAll();
      const names = list.rows
        .map(({ name }) => name)
        .slice(1, 4)
        .reverse();
      const shownRules = { names, filter: 'name contains “s3”', order: 'by rule name, descending' };
      const query = createQuery([{ ...(await findScope(tree)), packs: [s3] } as ExportSource], {
        content: 'rules',
        shownRules,
      });
      const { rows, rules } = await readJson(query);
      assert.deepEqual(
        rows[0].rules.map(({ rule }: { rule: string }) => rule),
        names,
      );
      assert.deepEqual(rules, { filter: shownRules.filter, order: shownRules.order });
      for (const format of ['csv', 'markdown', 'html'] as const)
        assert((await read(query, format)).includes('rules: name contains “s3”'), format);
    }));

  it('have the rules and resources of packs in other accounts', () =>
    withTree({}, async (tree) => {
      const source = await findAggregator(tree);
      const all = (await readJson(createQuery([source]))).rows;
      const row = all.find(({ compliance }: { compliance: string }) => compliance === 'NON_COMPLIANT');
      const { pack, account, region } = row;
      const query = createQuery([{ ...source, packs: [{ pack, account, region }] } as ExportSource], {
        content: 'resources',
      });
      const { rows, sources } = await readJson(query);
      assert.deepEqual(sources[0].packs, [{ pack, account, region }]);
      assert.equal(rows.length, 1);
      const failing = rows[0].rules.filter(({ state }: { state: string }) => state === 'NON_COMPLIANT');
      assert(failing.length > 0);
      for (const { resources, failing: count, hasAllResources } of failing) {
        assert.equal(resources.length, count);
        assert(hasAllResources);
      }
    }));

  it('name denied rules of each pack, in every format, and export the rest', () =>
    withTree({ attempts: 1 }, async (tree) => {
      const query = createQuery([{ ...(await findScope(tree)), packs: [s3] } as ExportSource], { content: 'rules' });
      tree.service.faults = { refuse: { DescribeConformancePackCompliance: denied } };
      const { rows } = await readJson(query);
      assert.match(rows[0].unread[0].what, /DescribeConformancePackCompliance/);
      for (const format of ['csv', 'jsonl', 'markdown', 'html'] as const)
        assert((await read(query, format)).includes('config:DescribeConformancePackCompliance'), format);
    }));

  it('end if the session ends', () =>
    withTree({ attempts: 1 }, async (tree) => {
      const query = createQuery([{ ...(await findScope(tree)), packs: [s3] } as ExportSource], { content: 'rules' });
      tree.service.faults = { refuse: { DescribeConformancePackCompliance: { name: 'ExpiredTokenException' } } };
      await assert.rejects(read(query, 'json'), { kind: 'expired' });
    }));

  it('end if AWS no longer accepts the credentials', () =>
    withTree({ attempts: 1 }, async (tree) => {
      const query = createQuery([await findScope(tree)], { content: 'rules' });
      const operation = 'DescribeConformancePackCompliance';
      tree.service.faults = { refuse: { [operation]: { name: 'UnrecognizedClientException' } } };
      await assert.rejects(read(query, 'json'), { kind: 'credentialsRejected' });
      assert.equal(tree.service.requests.count(operation), 1);
    }));
});

describe('exports of an aggregator', () => {
  it('name denied source status in every format', () =>
    withTree({ attempts: 1 }, async (tree) => {
      const query = createQuery([await findAggregator(tree)]);
      tree.service.faults = { refuse: { DescribeConfigurationAggregatorSourcesStatus: denied } };
      const { sources, unread } = await readJson(query);
      assert.equal(sources[0].unhealthySources, null);
      assert.equal(unread.length, 1);
      for (const format of ['csv', 'jsonl', 'markdown', 'html'] as const)
        assert((await read(query, format)).includes('config:DescribeConfigurationAggregatorSourcesStatus'), format);
    }));
});

describe('exports with exceptions and owners', () => {
  const nist = 'operational-best-practices-for-nist-800-53-rev-5';
  interface Resource {
    readonly id: string;
    readonly type: string;
    readonly exception: { readonly message: string | null } | null;
    readonly owner: string | null;
    readonly ownerNote: string | null;
  }
  interface ExportedRule {
    readonly rule: string;
    readonly resources: readonly Resource[];
  }
  const createDetailedQuery = async (tree: OpenTree) =>
    createQuery([{ ...(await findScope(tree)), packs: [nist] } as ExportSource], {
      content: 'resources',
      resourceColumns: ['exceptions', 'owners'],
      ownerTag: 'Owner',
    });

  it('have exactly those that AWS Config has, in every format', () =>
    withTree({}, async (tree) => {
      const query = await createDetailedQuery(tree);
      const rules: readonly ExportedRule[] = (await readJson(query)).rows[0].rules;
      const store = tree.estate.getStore({});
      const resources = rules.flatMap((rule) => rule.resources);
      for (const { rule, resources: ofRule } of rules) {
        const list = store.getExceptions(rule);
        await list.loadAll();
        const messages = new Map(list.rows.map((each) => [each.resourceId, each.message ?? null]));
        for (const { id, exception } of ofRule) assert.equal(exception?.message, messages.get(id));
      }
      const tags = new TagList(store, store.getRuleList(nist).failingResults, () => {});
      await store.getRuleList(nist).loadAll();
      await tags.loadAll();
      const owners = new Map(tags.rows.map((each) => [getResourceKey(each), each.tags.get('Owner')]));
      for (const { id, type, owner, ownerNote } of resources) {
        assert.equal(owner, owners.get(getResourceKey({ resourceId: id, resourceType: type })) ?? null);
        assert.equal(ownerNote === null, owner !== null);
      }
      const excepted = resources.find(({ exception }) => exception);
      const owned = resources.find(({ owner }) => owner);
      assert(excepted?.exception?.message && owned?.owner);
      for (const format of ['csv', 'jsonl', 'markdown', 'html'] as const) {
        const text = await read(query, format);
        assert.match(text, /exception/i, format);
        assert(text.includes(excepted.exception.message), format);
        assert(text.includes(owned.owner), format);
      }
      const [head = [], ...lines] = parseCsv(await read(query, 'csv'));
      const cells = (name: string) => lines.map((line) => line[head.indexOf(name)]).filter(Boolean);
      assert.equal(cells('exception').length, resources.filter(({ exception }) => exception).length);
      assert.equal(cells('owner').length, resources.filter(({ owner }) => owner).length);
    }));

  it('name what is denied, and export the rest', () =>
    withTree({ attempts: 1 }, async (tree) => {
      const query = await createDetailedQuery(tree);
      tree.service.faults = { refuse: { DescribeRemediationExceptions: denied, SelectResourceConfig: denied } };
      const [{ rules, unread }] = (await readJson(query)).rows;
      const what = unread.map((each: { what: string }) => each.what).join();
      assert.match(what, /config:DescribeRemediationExceptions/);
      assert.match(what, /config:SelectResourceConfig/);
      const resources = rules.flatMap((rule: ExportedRule) => rule.resources);
      assert(resources.length > 0);
      for (const { owner, ownerNote } of resources) assert.deepEqual([owner, ownerNote], [null, 'Tags not loaded']);
    }));

  it('are not read unless they are chosen', () =>
    withTree({}, async (tree) => {
      await read({ ...(await createDetailedQuery(tree)), resourceColumns: [] }, 'json');
      assert.equal(tree.service.requests.count('DescribeRemediationExceptions'), 0);
      assert.equal(tree.service.requests.count('SelectResourceConfig'), 0);
    }));
});

describe('exports of selected packs', () => {
  for (const find of [findScope, findAggregator])
    it(`name those that are not listed any more, in every format: ${find.name}`, () =>
      withTree({}, async (tree) => {
        const source = await find(tree);
        const [row] = (await readJson(createQuery([source]))).rows;
        const { pack, account, region } = row;
        const packs = source.aggregator ? [row, { pack: 'gone', account, region }] : [pack, 'gone'];
        const query = createQuery([{ ...source, packs } as ExportSource]);
        const { rows, sources } = await readJson(query);
        assert.deepEqual(
          rows.map((each: { pack: string }) => each.pack),
          [pack],
        );
        assert.deepEqual(sources[0].missingPacks, [{ pack: 'gone', account, region }]);
        for (const format of ['csv', 'markdown', 'html'] as const) {
          const text = await read(query, format);
          assert.match(text, /Selected pack not found/, format);
          assert.match(text, /gone/, format);
        }
      }));
});

describe('exports of a framework', () => {
  it('name the connections that could not be read, in every format', () =>
    withTree({ attempts: 1, connections: [{}, { profile: 'unknown' }] }, async (tree) => {
      const stores = tree.estate.getStores([{}, { profile: 'unknown' }]);
      const query = await findSource(stores, { framework: s3 });
      const { unread, rows } = await readJson(query);
      assert(rows.length > 0);
      assert.match(unread[0].what, /^Could not read the account \(.*unknown/);
      for (const format of formatNames) assert.match(await read(query, format), /Could not read the account/, format);
    }));

  it('have its packs of every source, also as the organization deploys them', () =>
    withTree({ connections: [{}, { region: 'eu-central-1' }] }, async (tree) => {
      const stores = tree.estate.getStores([{}, { region: 'eu-central-1' }]);
      const framework = 'operational-best-practices-for-pci-dss';
      const query = await findSource(stores, { framework });
      const { rows, sources, filter, sourceTotals, totals } = await readJson(query);
      assert.deepEqual(filter, { framework });
      const keys = sources.map(
        ({ account, region, aggregator = '' }: Record<string, string>) => `${account}/${region}/${aggregator}`,
      );
      assert.equal(new Set(keys).size, sources.length);
      assert(sources.length > 2 && rows.length > 2);
      const names = rows.map(({ pack }: { pack: string }) => pack);
      assert(
        names.every(
          (name: string) =>
            name === framework || /^OrgConformsPack-operational-best-practices-for-pci-dss-\w{8}$/.test(name),
        ),
      );
      assert.equal(sourceTotals.length, sources.length);
      assert.equal(totals.rows, rows.length);
      assert(rows.every(({ source }: { source: number }) => sources[source]));
      for (const format of formatNames) await read(query, format);
    }));
});
