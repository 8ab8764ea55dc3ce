import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complianceTypes } from '../../../src/compliance/model.ts';
import type { RuleWithFailures } from '../../../src/compliance/store/ruleList.ts';
import { showInvisible } from '../../../src/compliance/text/plainText.ts';
import { type RuleReport, ruleReportFormatters } from '../../../src/reports/ruleReport.ts';
import { assertGolden } from '../../support/golden.ts';
import { anyName, anyText, now } from '../../support/panel/fixtures.ts';
import { isFormula, parseCsv, unescapeFormulas } from './csv.ts';

const hour = 3_600_000;

const createRule = (name: string, failing: number, rest: Partial<RuleWithFailures> = {}): RuleWithFailures => ({
  name,
  compliance: failing > 0 ? 'NON_COMPLIANT' : 'COMPLIANT',
  controls: [],
  failing: Array.from({ length: failing }, (_, index) => ({
    rule: name,
    resourceType: 'AWS::S3::Bucket',
    resourceId: `bucket-${index}`,
    compliance: 'NON_COMPLIANT',
    annotation: undefined,
    evaluatedAt: undefined,
  })),
  ...rest,
});

const completeReport: RuleReport = {
  target: {
    connection: { profile: 'audit' },
    scope: { account: '111122223333', partition: 'aws', region: 'eu-central-1' },
    name: 'operational-best-practices-for-amazon-s3',
  },
  pack: {
    name: 'operational-best-practices-for-amazon-s3',
    score: {
      pack: 'operational-best-practices-for-amazon-s3',
      percent: 61.54,
      text: undefined,
      updatedAt: now - 8 * hour,
    },
    deployment: {
      pack: 'operational-best-practices-for-amazon-s3',
      id: 'conformance-pack-172lcbx9s',
      arn: undefined,
      state: 'CREATE_COMPLETE',
      reason: undefined,
      stackArn: undefined,
      requestedAt: undefined,
      completedAt: undefined,
    },
  },
  rules: [
    createRule('s3-bucket-ssl-requests-only-conformance-pack-172lcbx9s', 9, { controls: ['AC-17', 'SC-8'] }),
    createRule('s3-bucket-public-read-prohibited-conformance-pack-172lcbx9s', 1, { controls: ['AC-3'] }),
    createRule('redshift-require-tls-ssl-conformance-pack-172lcbx9s', 0, { compliance: 'INSUFFICIENT_DATA' }),
    createRule('<img src=x onerror=alert(1)>', 0, { compliance: undefined }),
    createRule('=HYPERLINK("https://evil.example","a, b")', 0),
    createRule('[click](command:evil) | `code` *bold* https://evil.example me@evil.example', 0),
  ],
  totalFailures: 25,
  filter: 'non-compliant · name contains “s3”',
  readAt: now - hour,
  writtenAt: now,
};
const { pack: _pack, ...reportWithoutPack } = completeReport;
const minimalReport: RuleReport = {
  ...reportWithoutPack,
  pack: undefined,
  totalFailures: undefined,
  filter: '',
  readAt: undefined,
};

describe('ruleReportFormatters', () => {
  for (const [format, extension] of [
    ['csv', 'csv'],
    ['json', 'json.txt'],
    ['markdown', 'md'],
  ] as const) {
    it(`format ${format}`, () => {
      assertGolden(import.meta.url, `report.${extension}`, ruleReportFormatters[format](completeReport));
      assertGolden(import.meta.url, `report-of-little.${extension}`, ruleReportFormatters[format](minimalReport));
    });
  }
});

const anyRules = fc
  .array(
    fc.record({
      name: anyName,
      failing: fc.nat({ max: 5 }),
      compliance: fc.constantFrom(undefined, ...complianceTypes),
      controls: fc.array(anyText, { maxLength: 3 }),
    }),
    { maxLength: 8 },
  )
  .map((rules) => rules.map(({ name, failing, ...rest }) => createRule(name, failing, rest)));

const anyReport: fc.Arbitrary<RuleReport> = fc
  .record({ rules: anyRules, filter: anyText, percent: fc.float({ min: 0, max: 100, noNaN: true }) })
  .map(({ rules, filter, percent }) => ({
    ...completeReport,
    pack: { name: 'a', deployment: undefined, score: { pack: 'a', percent, text: undefined, updatedAt: undefined } },
    rules,
    filter,
    totalFailures: rules.reduce((sum, rule) => sum + rule.failing.length, 0),
  }));

describe('ruleReportFormatters of arbitrary rules', () => {
  it('format CSV that parses to the same rules and contains no formula', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const [header = [], ...rows] = parseCsv(ruleReportFormatters.csv(report));
        assert.deepEqual(header.slice(0, 5), ['Rule', 'State', 'Failing', 'Estimated gain', 'Controls']);
        assert(rows.every((row) => row.length === header.length));
        assert(!rows.flat().some(isFormula));
        assert.deepEqual(
          rows.map(([name = '', state, failing, , controls = '']) => [
            unescapeFormulas(name),
            state,
            failing,
            unescapeFormulas(controls),
          ]),
          report.rules.map(({ name, compliance = '', failing, controls }) => [
            showInvisible(name),
            compliance,
            String(failing.length),
            showInvisible(controls.join(' ')),
          ]),
        );
      }),
    );
  });

  it('format JSON that parses to the same rules', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { rules, filter, version } = JSON.parse(ruleReportFormatters.json(report));
        assert.equal(version, 1);
        assert.equal(filter, report.filter || null);
        assert.deepEqual(
          rules.map((rule: Record<string, unknown>) => [rule.rule, rule.failing, rule.controls]),
          report.rules.map(({ name, failing, controls }) => [name, failing.length, controls]),
        );
      }),
    );
  });

  it('format Markdown with one line per rule and one plain text cell per column', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const rows = ruleReportFormatters
          .markdown(report)
          .split('\n')
          .slice(-1 - report.rules.length, -1);
        assert.equal(rows.length, report.rules.length);
        for (const row of rows) {
          assert.match(row, /^\| .* \|$/su);
          const cells = row
            .slice(2, -2)
            .replace(/\\[!-/:-@[-`{-~]/g, '')
            .split(' | ');
          assert.equal(cells.length, 5);
          for (const cell of cells) assert.doesNotMatch(cell, /[\\`*_{}[\]<>()#!|~&@]|:\/\/|\p{L}\.\p{L}/u);
        }
      }),
    );
  });

  it('estimate gains that add up to at most the missing score', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { rules, score } = JSON.parse(ruleReportFormatters.json(report));
        const gains = rules.map(({ estimatedGain }: { estimatedGain: number | null }) => estimatedGain ?? 0);
        const sum = gains.reduce((total: number, gain: number) => total + gain, score);
        const rounding = 0.005 * gains.length + 1e-9;
        assert(sum <= 100 + rounding);
        if (report.totalFailures) assert(sum >= 100 - rounding);
      }),
    );
  });
});
