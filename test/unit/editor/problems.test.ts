import { runInSlices } from '../../../src/timeSlicing.ts';
import { findProblems } from '../../../src/views/editor/problems.ts';
import { assertGolden } from '../../support/golden.ts';
import type { TreeOptions } from '../../support/tree/openTree.ts';
import {
  indexOf,
  type LookupHarness,
  loadEverything,
  organizationPack,
  packResource,
  packsNamed,
  ruleTemplate,
  withLookup,
} from './lookupHarness.ts';
import { renderProblems } from './rendering.ts';

/** Compares the problems with a golden file once everything is loaded. */
const golden = (
  name: string,
  text: string,
  { target = 0, prepare = (_: LookupHarness) => {}, ...options }: TreeOptions & Options = {},
) =>
  withLookup({ attempts: 1, ...options }, async (harness) => {
    prepare(harness);
    const index = indexOf(text);
    await loadEverything(harness, index);
    assertGolden(
      import.meta.url,
      `problems-${name}.txt`,
      renderProblems(await runInSlices(findProblems(index, harness.lookup, target)), text),
    );
  });

interface Options {
  readonly target?: number;
  readonly prepare?: (harness: LookupHarness) => void;
}

const s3 = 'operational-best-practices-for-amazon-s3';
const failedPack = 'operational-best-practices-for-encryption-and-keys';
const environmentParameter = 'Parameters:\n  Env: { Type: String }\n';
const twoRegions = { connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] };

/** A pack whose resource contains a rule template. */
const packWithTemplate = (name: string, rules: readonly string[]): string =>
  `${packsNamed([name])}\n      TemplateBody: |\n${ruleTemplate(rules, '        ')}`;

const s3Rules = [
  's3-bucket-versioning-enabled',
  's3-bucket-server-side-encryption-enabled',
  's3-bucket-public-read-prohibited',
  's3-bucket-ssl-requests-only',
  's3-bucket-logging-enabled',
];
const numberedRules = (count: number) => Array.from({ length: count }, (_, index) => `rule-${index}`);
const longName = (length: number) => 'n'.repeat(length);

describe('findProblems', () => {
  it('finds nothing if all is well', () => golden('none', packWithTemplate(s3, s3Rules)));

  it('reports a failed deployment with its reason', () =>
    golden('failed', packsNamed([failedPack, 'operational-best-practices-for-hipaa-security', s3])));

  it('reports a failed deployment without a reason', () =>
    golden('failed-without-reason', packsNamed([s3]), {
      prepare: ({ service: { estate } }) =>
        estate.setDeployment(estate.home.account, estate.home.region, s3, 'CREATE_FAILED'),
    }));

  it('reports a score below the target', () =>
    golden('score', packsNamed([s3, 'operational-best-practices-for-load-balancing']), { target: 83 }));

  it('reports a score below the target in each account and region', () =>
    golden('score-in-two-places', packsNamed(['operational-best-practices-for-aws-identity-and-access-management']), {
      target: 99,
      ...twoRegions,
    }));

  it('ignores an unknown score', () =>
    golden('score-unknown', packsNamed(['security-best-practices-for-redshift']), { target: 100 }));

  it('checks an organization’s pack', () =>
    golden('organization', organizationPack('data-protection'), { target: 90 }));

  it('ignores packs that only match a pattern', () =>
    golden(
      'pattern',
      `${environmentParameter}${packsNamed([`!Sub "${failedPack.slice(0, -4)}\${Env}"`, '!Ref Env'])}`,
      {
        target: 100,
      },
    ));

  it('reports invalid names', () =>
    golden('name', packsNamed(['operational_best_practices', '9-lives', '"two words"', longName(256), longName(257)])));

  it('reports a name that is too long for an organization’s pack', () =>
    golden('name-of-organization', organizationPack(longName(129))));

  it('accepts a name of maximum length for an organization’s pack', () =>
    golden('name-of-organization-fits', organizationPack(longName(128))));

  it('reports duplicate names', () =>
    golden('same-name', packsNamed(['same-name', 'another', "'same-name'", '!Sub same-name'])));

  it('accepts the same name for a pack and an organization’s pack', () =>
    golden('same-name-of-organization', [organizationPack(s3), packResource('Other', s3)].join('\n')));

  it('reports a template with too many rules', () => golden('rules', ruleTemplate(numberedRules(131))));

  it('accepts a template with the maximum number of rules', () =>
    golden('rules-fit', ruleTemplate(numberedRules(130))));

  it('advises to upload a template that is too large for a request', () =>
    golden('bytes', `# ${'é'.repeat(25_600)}\n${ruleTemplate(['rule'])}`));

  it('reports a template that is too large for S3', () =>
    golden('bytes-s3', `# ${'é'.repeat(153_600)}\n${ruleTemplate(['rule'])}`));

  it('reports a template body that is too large', () =>
    golden(
      'bytes-body',
      `${packWithTemplate('not-deployed-yet', s3Rules.slice(0, 1))}\n          Description: ${'x'.repeat(51_200)}`,
    ));

  it('reports rules that are missing in the deployed pack or in the template', () =>
    golden('difference', packWithTemplate(s3, [...s3Rules.slice(1), 'iam-password-policy'])));

  it('reports no difference before the rules are loaded', () =>
    golden('difference-unknown', packWithTemplate(s3, ['iam-password-policy']), {
      prepare: ({ service }) => {
        service.faults = { refuse: { DescribeConformancePackCompliance: { name: 'AccessDeniedException' } } };
      },
    }));
});
