import assert from 'node:assert/strict';
import type { TemplateIndex } from '../../../src/templates/model.ts';
import { packHover, ruleHover } from '../../../src/views/editor/hoverText.ts';
import { assertGolden } from '../golden.ts';
import { noon, type TreeOptions } from '../tree/openTree.ts';
import {
  indexOf,
  type OpenTemplates,
  onlyPack,
  organizationPack,
  packsNamed,
  packTemplate,
  readAll,
  withDeployments,
} from './openTemplate.ts';
import { renderHover } from './rendering.ts';

const hover = ({ deployments }: OpenTemplates, index: TemplateIndex): string =>
  renderHover(packHover(deployments.answers(index, onlyPack(index)), noon.getTime()));

/** What a hover says once everything has been asked. */
const golden = (name: string, text: string, options: TreeOptions = {}, prepare = (_: OpenTemplates) => {}) =>
  withDeployments({ attempts: 1, ...options }, async (open) => {
    prepare(open);
    const index = indexOf(text);
    await readAll(open, index);
    assertGolden(import.meta.url, `hover-${name}.txt`, hover(open, index));
  });

const s3 = 'operational-best-practices-for-amazon-s3';
const denied = { name: 'AccessDeniedException' };
const parameter = (value = '') => `Parameters:
  Env: { Type: String${value} }
`;
/** A name with a part, at `*`, that only the deployment gives. */
const sub = (pattern: string) => `!Sub "${pattern.replaceAll('*', '${' + 'Env}')}"`;

describe('what a person reads over a pack’s name', () => {
  const plain: Record<string, string> = {
    deployed: s3,
    'create-failed': 'operational-best-practices-for-encryption-and-keys',
    'delete-failed': 'operational-best-practices-for-hipaa-security',
    'in-progress': 'operational-best-practices-for-networking-and-content-delivery-services',
    'insufficient-data': 'security-best-practices-for-redshift',
    'many-rules': 'operational-best-practices-for-nist-800-53-rev-5',
    'not-deployed': 'operational-best-practices-for-nothing',
    deleted: 'operational-best-practices-for-fedramp-moderate',
    'name-refused': 'operational_best_practices',
  };
  for (const [name, pack] of Object.entries(plain)) {
    it(`that is ${name}`, () => golden(name, packsNamed([pack])));
  }

  it('of an organization', () => golden('organization', organizationPack('data-protection')));

  it('of an organization, that is not deployed', () =>
    golden('organization-not-deployed', organizationPack('data-protection-7hd2m0pz')));

  it('with a parameter’s default', () =>
    golden('parameter', `${parameter(`, Default: ${s3}`)}${packsNamed(['!Ref Env'])}`));

  it('that is a pattern of many', () => golden('pattern-of-many', `${parameter()}${packsNamed([sub('*e*')])}`));

  it('that is a pattern of three, none of them preferred', () =>
    golden('pattern-of-three', `${parameter()}${packsNamed([sub('*-baseline')])}`, {}, ({ service }) => {
      const { account, region } = service.estate.home;
      for (const [failing, env] of ['prod', 'dev', 'test'].entries()) {
        service.estate.addPack(account, region, `${env}-baseline`, [{ rule: 'restricted-ssh', resources: 4, failing }]);
      }
    }));

  it('that is a pattern of one, which is not taken for it', () =>
    golden('pattern-of-one', `${parameter()}${packsNamed([sub('security-best-practices-*')])}`));

  it('that is a pattern of none', () => golden('pattern-of-none', `${parameter()}${packsNamed([sub('*-baseline')])}`));

  it('that is open', () => golden('open', `${parameter()}${packsNamed(['!Ref Env'])}`));

  it('that is one of two', () =>
    golden(
      'condition',
      `Conditions: { Prod: !Equals [!Ref AWS::StackName, prod] }\n${packsNamed([`!If [Prod, ${s3}, only-in-tests]`])}`,
    ));

  it('that has the account in it', () =>
    golden(
      'account',
      packsNamed(['!Join ["-", [baseline, !Ref AWS::AccountId, !Ref AWS::Region]]']),
      {},
      ({ service }) => {
        const { account, region } = service.estate.home;
        service.estate.addPack(account, region, `baseline-${account}-${region}`, [
          { rule: 'restricted-ssh', resources: 4, failing: 1 },
        ]);
      },
    ));

  it('through two connections, each under its own account and region', () =>
    golden('two-regions', packsNamed(['operational-best-practices-for-aws-identity-and-access-management']), {
      connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }],
    }));

  it('through two connections, where one has it', () =>
    golden('one-of-two-regions', packsNamed([s3]), {
      connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }],
    }));

  it('before anything is asked, and while it is', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packsNamed([s3]));
      const before = hover(open, index);
      assert.match(before, /^Conformance pack \*\*operational.*\nyour account: asking …\n$/);
      const asked = open.deployments.ask(index);
      assert.equal(hover(open, index), before);
      await asked;
      await open.quiet();
      assert.match(hover(open, index), /\n61\.5% /);
    }));

  it('before its rules are asked', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packsNamed([s3]));
      await open.deployments.ask(index);
      await open.quiet();
      assertGolden(import.meta.url, 'hover-without-rules.txt', hover(open, index));
    }));
});

describe('what a person reads over a pack’s name in trouble', () => {
  const refusals = {
    scores: ['ListConformancePackComplianceScores'],
    status: ['DescribeConformancePackStatus'],
    both: ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'],
    rules: ['DescribeConformancePackCompliance', 'GetConformancePackComplianceDetails'],
    identity: ['GetCallerIdentity'],
  };
  for (const [name, operations] of Object.entries(refusals)) {
    it(`with ${name} denied`, () =>
      golden(`denied-${name}`, packsNamed([s3]), {}, ({ service }) => {
        service.faults = { refuse: Object.fromEntries(operations.map((operation) => [operation, denied])) };
      }));
  }

  it('signed out', () => golden('signed-out', packsNamed([s3]), { signedOut: true }));

  it('with a session that has expired', () =>
    golden('expired', packsNamed([s3]), {}, ({ service }) => {
      service.faults = { expiredCredentials: true };
    }));

  it('throttled: the same words once', () =>
    golden('throttled', packsNamed([s3]), {}, ({ service }) => {
      service.faults = {
        throttleEvery: 1,
        only: ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'],
      };
    }));
});

describe('what a person reads over a rule’s name', () => {
  const rule = 's3-bucket-server-side-encryption-enabled';
  const read = ({ deployments }: OpenTemplates, index: TemplateIndex, name = rule) => {
    const [template] = index.packTemplates;
    assert(template);
    const deployed = deployments.withTemplate(index, template);
    return { deployed, text: renderHover(ruleHover(name, deployed, deployments.progress(index))) };
  };

  /** As hovers do, as often as they must. */
  async function readRules(open: OpenTemplates, index: TemplateIndex): Promise<void> {
    await open.deployments.ask(index);
    await open.quiet();
    for (const { rules } of read(open, index).deployed) rules.ensure();
    await open.quiet();
  }

  const carried = packsNamed([s3]).concat('\n      TemplateBody: |\n', packTemplate([rule], '        '));

  it('in a template of its own: every deployed pack that has the rule', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packTemplate([rule]));
      assert.equal(read(open, index).text, `Rule **${rule}**\nasking …\n`);
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule.txt', read(open, index).text);
    }));

  it('in the template that a pack carries: that pack alone', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(carried);
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-carried.txt', read(open, index).text);
    }));

  it('that no deployed pack has', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packTemplate(['no-such-rule']));
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-unknown.txt', read(open, index, 'no-such-rule').text);
    }));

  it('with rules and results denied', () =>
    withDeployments({ attempts: 1 }, async (open) => {
      open.service.faults = {
        refuse: { DescribeConformancePackCompliance: denied, GetConformancePackComplianceDetails: denied },
      };
      const index = indexOf(carried);
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-denied.txt', read(open, index).text);
    }));

  it('signed out', () =>
    withDeployments({ attempts: 1, signedOut: true }, async (open) => {
      const index = indexOf(packTemplate([rule]));
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-signed-out.txt', read(open, index).text);
    }));
});
