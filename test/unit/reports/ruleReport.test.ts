import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complianceTypes } from '../../../src/compliance/model.ts';
import type { RuleWithFailures } from '../../../src/compliance/store/ruleList.ts';
import { formatReport, type Report } from '../../../src/reports/ruleReport.ts';
import { assertGolden } from '../../support/golden.ts';
import { anyName, anyText, now } from '../panel/fixtures.ts';
import { isFormula, plain, readCsv } from './csv.ts';

const hour = 3_600_000;

/** A rule that fails for so many resources. */
const standing = (name: string, failing: number, rest: Partial<RuleWithFailures> = {}): RuleWithFailures => ({
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

const whole: Report = {
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
    standing('s3-bucket-ssl-requests-only-conformance-pack-172lcbx9s', 9, { controls: ['AC-17', 'SC-8'] }),
    standing('s3-bucket-public-read-prohibited-conformance-pack-172lcbx9s', 1, { controls: ['AC-3'] }),
    standing('redshift-require-tls-ssl-conformance-pack-172lcbx9s', 0, { compliance: 'INSUFFICIENT_DATA' }),
    standing('<img src=x onerror=alert(1)>', 0, { compliance: undefined }),
    standing('=HYPERLINK("https://evil.example","a, b")', 0),
    standing('[click](command:evil) | `code` *bold* https://evil.example me@evil.example', 0),
  ],
  failing: 25,
  filter: 'non-compliant · name contains “s3”',
  readAt: now - hour,
  writtenAt: now,
};
const { pack: _pack, ...packless } = whole;
const bare: Report = { ...packless, pack: undefined, failing: undefined, filter: '', readAt: undefined };

describe('an export', () => {
  for (const [format, ending] of [
    ['csv', 'csv'],
    ['json', 'json.txt'],
    ['markdown', 'md'],
  ] as const) {
    it(`as ${format} reads so`, () => {
      assertGolden(import.meta.url, `report.${ending}`, formatReport[format](whole));
      assertGolden(import.meta.url, `report-of-little.${ending}`, formatReport[format](bare));
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
  .map((rules) => rules.map(({ name, failing, ...rest }) => standing(name, failing, rest)));

const anyReport: fc.Arbitrary<Report> = fc
  .record({ rules: anyRules, filter: anyText, percent: fc.float({ min: 0, max: 100, noNaN: true }) })
  .map(({ rules, filter, percent }) => ({
    ...whole,
    pack: { name: 'a', deployment: undefined, score: { pack: 'a', percent, text: undefined, updatedAt: undefined } },
    rules,
    filter,
    failing: rules.reduce((sum, rule) => sum + rule.failing.length, 0),
  }));

describe('an export of anything', () => {
  it('as CSV reads back as the very rules, and a spreadsheet runs none of it', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const [head = [], ...rows] = readCsv(formatReport.csv(report));
        assert.deepEqual(head.slice(0, 5), ['Rule', 'State', 'Failing', 'Estimated gain', 'Controls']);
        assert(rows.every((row) => row.length === head.length));
        assert(!rows.flat().some(isFormula));
        assert.deepEqual(
          rows.map(([name = '', state, failing, , controls = '']) => [plain(name), state, failing, plain(controls)]),
          report.rules.map(({ name, compliance = '', failing, controls }) => [
            name,
            compliance,
            String(failing.length),
            controls.join(' '),
          ]),
        );
      }),
    );
  });

  it('as JSON is read back', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { rules, filter, version } = JSON.parse(formatReport.json(report));
        assert.equal(version, 1);
        assert.equal(filter, report.filter || null);
        assert.deepEqual(
          rules.map((rule: Record<string, unknown>) => [rule.rule, rule.failing, rule.controls]),
          report.rules.map(({ name, failing, controls }) => [name, failing.length, controls]),
        );
      }),
    );
  });

  it('as Markdown is a table of text: nothing is a link, code, HTML or another cell', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const rows = formatReport
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

  it('promises together no more than the whole score', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { rules, score } = JSON.parse(formatReport.json(report));
        const gains = rules.map(({ estimatedGain }: { estimatedGain: number | null }) => estimatedGain ?? 0);
        const sum = gains.reduce((total: number, gain: number) => total + gain, score);
        const rounding = 0.005 * gains.length + 1e-9;
        assert(sum <= 100 + rounding);
        if (report.failing) assert(sum >= 100 - rounding);
      }),
    );
  });
});
