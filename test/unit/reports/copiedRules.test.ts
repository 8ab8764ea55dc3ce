import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complianceTypes } from '../../../src/compliance/model.ts';
import type { RuleWithFailures } from '../../../src/compliance/store/ruleList.ts';
import { formatRuleReport, type RuleReport } from '../../../src/reports/copiedRules.ts';
import { assertGolden } from '../../support/golden.ts';
import { anyName, anyText, now } from '../../support/panel/fixtures.ts';

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

describe('formatRuleReport', () => {
  it('formats Markdown', () => {
    assertGolden(import.meta.url, 'report.md', formatRuleReport(completeReport));
    assertGolden(import.meta.url, 'report-of-little.md', formatRuleReport(minimalReport));
  });
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

describe('formatRuleReport of arbitrary rules', () => {
  it('formats Markdown with one line per rule and one plain text cell per column', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const rows = formatRuleReport(report)
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

  it('estimates gains that add up to at most the missing score', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const rows = formatRuleReport(report)
          .split('\n')
          .slice(-1 - report.rules.length, -1);
        const gains = rows.map((row) => Number(row.split(' | ').at(-2)?.replace('+\\<0.1', '0')));
        const score = report.pack?.score?.percent ?? 0;
        const sum = gains.reduce((total, gain) => total + gain, score);
        const rounding = 0.05 * gains.length + 1e-9;
        assert(sum <= 100 + rounding);
        if (report.totalFailures) assert(sum >= 100 - rounding);
      }),
    );
  });
});
