import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { UnhealthySource } from '../../../src/compliance/model.ts';
import { showInvisible } from '../../../src/compliance/text/plainText.ts';
import { aggregateTable, createPackTable } from '../../../src/reports/packTables.ts';
import type { PackDetails, ReportRule } from '../../../src/reports/report.ts';
import { assertGolden } from '../../support/golden.ts';
import { anyName, anyText, now } from '../../support/panel/fixtures.ts';
import { anyPack, anyRow, createPack, formatFile, packsMetadata, rowsMetadata, scope } from './fixtures.ts';
import { parseHtml } from './htmlDocument.ts';

const hour = 3_600_000;
const table = createPackTable(scope, now);
const hostile = '<img src=x onerror=alert(1)>\n"quoted" & \u202Etxt.exe';
const denied = new ComplianceError('denied', 'User: x is not authorized', {
  operation: 'GetConformancePackComplianceDetails',
  permission: 'config:GetConformancePackComplianceDetails',
});

const createRule = (name: string, rest: Partial<ReportRule> = {}): ReportRule => ({
  name,
  compliance: 'NON_COMPLIANT',
  failing: 0,
  hasMoreFailing: false,
  estimatedGain: undefined,
  controls: [],
  resources: [],
  hasAllResources: true,
  ...rest,
});

const createResource = (resourceId: string, annotation?: string) => ({
  rule: '',
  resourceType: 'AWS::S3::Bucket',
  resourceId,
  compliance: 'NON_COMPLIANT',
  annotation,
  evaluatedAt: now - 3 * hour,
});

const createDetails = (rules: readonly ReportRule[], rest: Partial<PackDetails> = {}): PackDetails => ({
  score: { pack: '', percent: 61.5, text: undefined, updatedAt: now - 8 * hour },
  totalFailures: 25,
  rules,
  note: undefined,
  readAt: now,
  failures: [],
  ...rest,
});

const details = createDetails([
  createRule('s3-bucket-ssl-requests-only', {
    failing: 9,
    estimatedGain: 13.85,
    controls: ['AC-17', 'SC-8'],
    resources: [createResource('a-bucket', 'No policy denies requests without TLS.'), createResource(hostile, hostile)],
  }),
  createRule(hostile, { failing: 1, estimatedGain: 0.01, controls: ['SC-8'], hasMoreFailing: true }),
  createRule('redshift-require-tls-ssl', { compliance: 'INSUFFICIENT_DATA' }),
]);

const anyRule: fc.Arbitrary<ReportRule> = fc
  .record({
    name: anyName,
    compliance: fc.option(anyText, { nil: undefined }),
    controls: fc.array(anyText),
    ids: fc.array(anyText),
  })
  .map(({ ids, ...rule }) => createRule(rule.name, { ...rule, resources: ids.map((id) => createResource(id, id)) }));

const anySource: fc.Arbitrary<UnhealthySource> = fc.record({
  id: anyText,
  region: fc.option(anyText, { nil: undefined }),
  state: fc.constantFrom('FAILED', 'OUTDATED', 'BRAND_NEW'),
  updatedAt: fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined }),
  errorCode: fc.option(anyText, { nil: undefined }),
  reason: fc.option(anyText, { nil: undefined }),
});

/** Lone surrogates have no form in UTF-8. */
const toShown = (text: string): string => showInvisible(text);

/** Fails unless every link leads to an element, and each id has one element. */
function assertLinks(text: string): void {
  const { ids, links } = parseHtml(text);
  assert.equal(new Set(ids).size, ids.length);
  for (const link of links) assert(link.startsWith('#') && ids.includes(link.slice(1)), link);
}

describe('HTML reports', () => {
  const packs = [createPack('operational-best-practices-for-amazon-s3', 61.5, 'CREATE_COMPLETE')];
  const format = (each: PackDetails) =>
    formatFile('html', { ...packsMetadata, content: 'resources' }, table, packs, [each]);

  it('show rules by estimated gain, controls and failing resources', () => {
    assertGolden(import.meta.url, 'details.html.txt', format(details));
  });

  it('leave out of one pack what is about several, and show its score beside the target', () => {
    const [pack] = packs;
    const selected = [{ pack: pack?.name ?? '', account: scope.account, region: scope.region }];
    const metadata = { ...packsMetadata, content: 'resources', packs: selected, scoreTarget: 90 } as const;
    const text = formatFile('html', metadata, table, packs, [details]);
    const { values, links } = parseHtml(text);
    const labels = values.map(([label]) => label);
    assert(!labels.includes('Order') && !labels.includes('Selected packs'));
    assert.deepEqual(
      values.find(([label]) => label === 'Score target'),
      ['Score target', '90%'],
    );
    assert.match(text, /aria-label="Published score 61\.5%, target 90%"/);
    assert.doesNotMatch(text, /lowest published score first|of each pack|End of the report/);
    assert(!links.includes('#end'));
    assertLinks(text);
  });

  it('say what could not be read of a pack', () => {
    const text = format(createDetails([], { score: undefined, totalFailures: undefined, failures: [denied] }));
    assert(
      parseHtml(text).values.some(
        ([label, value]) => label === 'Could not be read' && value.includes('config:GetConf'),
      ),
    );
    assert(!text.includes('<svg'));
  });

  it('allow nothing but their own style', () => {
    const text = format(details);
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert(
      text.includes(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`),
    );
    assert.doesNotMatch(text, /<[^>]* style=|<script|url\(|@import/);
  });

  it('parse to exactly the rows, and link to what there is', () => {
    fc.assert(
      fc.property(fc.array(anyPack, { maxLength: 4 }), fc.constantFrom('rows', 'resources'), (rows, content) => {
        const all = content === 'rows' ? [] : rows.map(() => details);
        const text = formatFile('html', { ...packsMetadata, content }, table, rows, all);
        const expected = rows.map((row) => table.displayColumns.map(({ getValue }) => toShown(String(getValue(row)))));
        const titles = table.displayColumns.map(({ name }) => name);
        const document = parseHtml(text);
        assert.deepEqual(document.sections, [{ titles, rows: expected, groups: rows.map(() => '') }]);
        assert.equal(document.packs.length, all.length);
        assertLinks(text);
      }),
    );
  });

  it('parse to exactly the rules and resources', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 4 }), (rules) => {
        const text = format(createDetails(rules));
        const [pack] = parseHtml(text).packs;
        assert.deepEqual(
          pack?.rules.map(([name]) => name),
          rules.map(({ name }) => toShown(name)),
        );
        const withResources = rules.filter(({ resources = [] }) => resources.length > 0);
        assert.deepEqual(
          pack?.resources.map(({ rule, rows }) => ({ rule, rows: rows.map((cells) => cells.slice(0, 3)) })),
          withResources.map(({ name, resources = [] }) => ({
            rule: toShown(name),
            rows: resources.map(({ resourceId }) => [toShown(resourceId), 'AWS::S3::Bucket', toShown(resourceId)]),
          })),
        );
        assertLinks(text);
      }),
    );
  });

  it('name every failed source, and have no element that a text brings', () => {
    const own = parseHtml(format(details)).elementNames;
    fc.assert(
      fc.property(fc.array(anySource, { maxLength: 4 }), fc.array(anyRow, { maxLength: 3 }), (sources, rows) => {
        const text = formatFile('html', { ...rowsMetadata, unhealthySources: sources }, aggregateTable, rows);
        const { values, elementNames } = parseHtml(text);
        const named = values.filter(([label]) => label === 'Failed or outdated source');
        assert.equal(named.length, sources.length);
        sources.forEach(({ id, reason = '' }, index) => {
          const value = named[index]?.[1] ?? '';
          assert(value.includes(toShown(id)) && value.includes(toShown(reason)), value);
        });
        assert.deepEqual(
          [...elementNames].filter((name) => !own.has(name)),
          [],
        );
      }),
    );
  });
});
