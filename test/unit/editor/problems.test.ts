import { inSlices } from '../../../src/templates/slices.ts';
import { problemsOf } from '../../../src/views/editor/problems.ts';
import { assertGolden } from '../../support/golden.ts';
import type { TreeOptions } from '../tree/openTree.ts';
import {
  indexOf,
  type OpenTemplates,
  organizationPack,
  packResource,
  packsNamed,
  packTemplate,
  readAll,
  withDeployments,
} from './openTemplate.ts';
import { renderProblems } from './rendering.ts';

/** What is underlined once everything is known. */
const golden = (
  name: string,
  text: string,
  { target = 0, prepare = (_: OpenTemplates) => {}, ...options }: TreeOptions & Options = {},
) =>
  withDeployments({ attempts: 1, ...options }, async (open) => {
    prepare(open);
    const index = indexOf(text);
    await readAll(open, index);
    assertGolden(
      import.meta.url,
      `problems-${name}.txt`,
      renderProblems(await inSlices(problemsOf(index, open.deployments, target)), text),
    );
  });

interface Options {
  readonly target?: number;
  readonly prepare?: (open: OpenTemplates) => void;
}

const s3 = 'operational-best-practices-for-amazon-s3';
const failed = 'operational-best-practices-for-encryption-and-keys';
const environment = 'Parameters:\n  Env: { Type: String }\n';
const regions = { connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] };

/** A pack that carries a template of these rules. */
const carrying = (name: string, rules: readonly string[]): string =>
  `${packsNamed([name])}\n      TemplateBody: |\n${packTemplate(rules, '        ')}`;

const s3Rules = [
  's3-bucket-versioning-enabled',
  's3-bucket-server-side-encryption-enabled',
  's3-bucket-public-read-prohibited',
  's3-bucket-ssl-requests-only',
  's3-bucket-logging-enabled',
];
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `rule-${index}`);
const long = (length: number) => 'n'.repeat(length);

describe('what is underlined in a template', () => {
  it('is nothing where all is well', () => golden('none', carrying(s3, s3Rules)));

  it('is a deployment that failed, with its reason', () =>
    golden('failed', packsNamed([failed, 'operational-best-practices-for-hipaa-security', s3])));

  it('is a deployment that failed, without a reason', () =>
    golden('failed-without-reason', packsNamed([s3]), {
      prepare: ({ service: { estate } }) =>
        estate.setDeployment(estate.home.account, estate.home.region, s3, 'CREATE_FAILED'),
    }));

  it('is a score below the target', () =>
    golden('score', packsNamed([s3, 'operational-best-practices-for-load-balancing']), { target: 83 }));

  it('is a score below the target in each place', () =>
    golden('score-in-two-places', packsNamed(['operational-best-practices-for-aws-identity-and-access-management']), {
      target: 99,
      ...regions,
    }));

  it('is no score that is not known', () =>
    golden('score-unknown', packsNamed(['security-best-practices-for-redshift']), { target: 100 }));

  it('is what becomes of an organization’s pack', () =>
    golden('organization', organizationPack('data-protection'), { target: 90 }));

  it('is nothing of packs that a pattern matches', () =>
    golden('pattern', `${environment}${packsNamed([`!Sub "${failed.slice(0, -4)}\${Env}"`, '!Ref Env'])}`, {
      target: 100,
    }));

  it('is a name that the service refuses', () =>
    golden('name', packsNamed(['operational_best_practices', '9-lives', '"two words"', long(256), long(257)])));

  it('is a longer name than an organization may give', () =>
    golden('name-of-organization', organizationPack(long(129))));

  it('is nothing of a name of an organization that just fits', () =>
    golden('name-of-organization-fits', organizationPack(long(128))));

  it('is a name that stands there twice', () =>
    golden('same-name', packsNamed(['same-name', 'another', "'same-name'", '!Sub same-name'])));

  it('is nothing where the same name is an organization’s as well', () =>
    golden('same-name-of-organization', [organizationPack(s3), packResource('Other', s3)].join('\n')));

  it('is a template with too many rules', () => golden('rules', packTemplate(numbered(131))));

  it('is nothing of a template with just as many rules as there may be', () =>
    golden('rules-fit', packTemplate(numbered(130))));

  it('is a template with too many bytes', () => golden('bytes', `# ${'é'.repeat(25_600)}\n${packTemplate(['rule'])}`));

  it('is a rule that the deployed pack lacks, and one that the template lacks', () =>
    golden('difference', carrying(s3, [...s3Rules.slice(1), 'iam-password-policy'])));

  it('is no difference while the rules of the pack are not known', () =>
    golden('difference-unknown', carrying(s3, ['iam-password-policy']), {
      prepare: ({ service }) => {
        service.faults = { refuse: { DescribeConformancePackCompliance: { name: 'AccessDeniedException' } } };
      },
    }));
});
