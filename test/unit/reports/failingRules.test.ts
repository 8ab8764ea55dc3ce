import assert from 'node:assert/strict';
import fc from 'fast-check';
import exportSchema from '../../../media/export.schema.json' with { type: 'json' };
import { resolveAggregators } from '../../../src/compliance/queries/lookup.ts';
import { failingRuleOrder } from '../../../src/compliance/text/orderText.ts';
import { createQuery, type ExportFilter } from '../../../src/reports/exportQuery.ts';
import { exportText } from '../../../src/reports/exportText.ts';
import { type FormatName, formats } from '../../../src/reports/formats.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withOpenTree, withTree } from '../../support/tree/openTree.ts';
import { type ParsedExport, parsers } from './parseExport.ts';
import { type Schema, validateSchema } from './schema.ts';

const names = new Map([['111122223333', 'payments-prod']]);

const anyEstate = fc.record({
  accounts: fc.integer({ min: 1, max: 6 }),
  regions: fc.integer({ min: 1, max: 3 }),
  packs: fc.integer({ min: 1, max: 6 }),
  rules: fc.constant(4),
  troubledSources: fc.constant(250),
  seed: fc.nat(),
});

const anyFilter: fc.Arbitrary<ExportFilter> = fc.record(
  {
    ruleContains: fc.constantFrom('s3', 'E', 'no such rule'),
    accountContains: fc.constantFrom('1', '42', 'PAYMENTS'),
    region: fc.constantFrom('us-east-1', 'eu-central-1'),
  },
  { requiredKeys: [] },
);

async function readExport({ estate }: OpenTree, filter: ExportFilter, format: FormatName): Promise<string> {
  const [aggregator = assert.fail('No aggregator')] = (await resolveAggregators([estate.getStore({})], 'organization'))
    .results;
  const query = createQuery([{ ...aggregator, rowType: 'failingRules' as const }], { filter, accountNames: names });
  let text = '';
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  for await (const chunk of exportText(query, formats[format], options)) text += chunk;
  return text;
}

/** What AWS Config answers about the failing rules that match, worst first, as `account/region/rule`. */
async function findExpectedRows({ estate }: OpenTree, filter: ExportFilter): Promise<readonly string[]> {
  const fetch = estate
    .getStore({})
    .getOrganizationPages((source, request) => source.listAggregateRules(request, 'organization', {}));
  const { items, next } = await fetch({ cursor: undefined, signal: new AbortController().signal });
  assert.equal(next, undefined, 'one page');
  const failing = items
    .filter(({ compliance }) => compliance === 'NON_COMPLIANT')
    .map((row) => ({ ...row, name: row.rule.replace(/-conformance-pack-\w+$/, '') }))
    .filter(({ name }) => name.toLowerCase().includes((filter.ruleContains ?? '').toLowerCase()))
    .filter(({ region }) => filter.region === undefined || region === filter.region)
    .filter(({ account }) =>
      `${account} ${names.get(account) ?? ''}`.toLowerCase().includes((filter.accountContains ?? '').toLowerCase()),
    );
  const count = (rows: typeof failing) => rows.reduce((sum, { resources }) => sum + (resources ?? 0), 0);
  const compare = (a: string, b: string) => (a < b ? -1 : 1);
  return [...Map.groupBy(failing, ({ name }) => name)]
    .map(([name, rows]) => ({ name, rows, accounts: new Set(rows.map(({ account }) => account)).size }))
    .sort((a, b) => b.accounts - a.accounts || count(b.rows) - count(a.rows) || compare(a.name, b.name))
    .flatMap(({ name, rows }) =>
      [...Map.groupBy(rows, ({ account, region }) => `${account}/${region}`)]
        .sort(([a, rowsA], [b, rowsB]) => count(rowsB) - count(rowsA) || compare(a, b))
        .map(([location]) => `${location}/${name}`),
    );
}

describe('exports of failing rules', () => {
  it('parse back to exactly the rules that the overview ranks, in the stated order, with every failed source', async () => {
    let rowCount = 0;
    await fc.assert(
      fc.asyncProperty(anyEstate, fc.array(anyFilter, { minLength: 1, maxLength: 3 }), (size, filters) =>
        withOpenTree({ estate: generatedEstate(size, noon) }, async (tree) => {
          const sources = tree.estate.getStore({}).getUnhealthySources('organization');
          await sources.loadAll();
          for (const filter of filters) {
            const rows = await findExpectedRows(tree, filter);
            rowCount += rows.length;
            for (const [format, parse] of Object.entries(parsers)) {
              const text = await readExport(tree, filter, format as FormatName);
              const expected: Partial<ParsedExport> = {
                rows,
                order: failingRuleOrder,
                totalRows: rows.length,
                hasEnd: true,
              };
              const parsed = parse(text);
              assert.deepEqual({ ...parsed, ...expected }, parsed, format);
              assert.equal(parsed.sources.length, sources.rows.length, format);
              if (format === 'json') assert.deepEqual(validateSchema(JSON.parse(text), exportSchema as Schema), []);
            }
          }
        }),
      ),
      { numRuns: 6 },
    );
    assert(rowCount > 0);
  });

  it('name the filter, the aggregator and what was counted', () =>
    withTree({}, async (tree) => {
      const text = await readExport(tree, { ruleContains: 's3', accountContains: '1' }, 'markdown');
      assert.match(text, /^# Failing rules of aggregator organization\n/);
      assert.match(text, /- Filter: account contains “1” · rule contains “s3”\n/);
      assert.match(text, /\| Rule \| Fails in accounts \| Account \| Region \| Deployed rules \| Failing resources \|/);
    }));

  it('reject if the rules cannot be read', () =>
    withTree({}, async (tree) => {
      tree.service.faults = {
        refuse: { DescribeAggregateComplianceByConfigRules: { name: 'AccessDeniedException' } },
      };
      await assert.rejects(readExport(tree, {}, 'csv'), { kind: 'denied' });
    }));
});
