import assert from 'node:assert/strict';
import type { TemplateIndex } from '../../../src/templates/model.ts';
import { packHover } from '../../../src/views/editor/hoverContent.ts';
import { hoverData } from '../../../src/views/editor/hoverData.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
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
  withTreeBeside,
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
    'rules-alone': ['DescribeConformancePackCompliance'],
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

describe('what a person reads in a workspace that is not trusted', () => {
  const text = packsNamed([s3]).concat('\n      TemplateBody: |\n', packTemplate(['some-rule'], '        '));

  it('is that nothing is asked, and nothing is', () =>
    withDeployments({ trusted: false }, async (open) => {
      const index = indexOf(text);
      await readAll(open, index);
      open.deployments.askCounts(index);
      assertGolden(import.meta.url, 'hover-untrusted.txt', hover(open, index));
      assert.equal(open.service.requests.count(), 0);
    }));

  it('is what the view has read, and nothing more is asked', () =>
    withTreeBeside({ trusted: false }, async (open) => {
      const index = indexOf(text);
      await open.deployments.ask(index);
      open.deployments.askCounts(index);
      assertGolden(import.meta.url, 'hover-without-rules.txt', hover(open, index));
      const alone = indexOf(packTemplate(['some-rule']));
      const [template] = alone.packTemplates;
      const [reference] = template?.rules ?? [];
      assert(template && reference);
      const lines = hoverData(open.deployments, '/template.yaml', alone, { kind: 'rule', reference, template });
      assertGolden(import.meta.url, 'hover-rule-untrusted.txt', renderHover(lines));
      await open.quiet();
      assert.equal(open.service.requests.count(), 0);
    }));
});

describe('what a person reads over a rule’s name', () => {
  const rule = 's3-bucket-server-side-encryption-enabled';
  /** A hover over the first rule, which asks as it does. */
  const read = ({ deployments }: OpenTemplates, index: TemplateIndex, path = '/template.yaml'): string => {
    const [template] = index.packTemplates;
    const [reference] = template?.rules ?? [];
    assert(template && reference);
    return renderHover(hoverData(deployments, path, index, { kind: 'rule', reference, template }));
  };

  /** As hovers do, as often as they must. */
  async function readRules(open: OpenTemplates, index: TemplateIndex): Promise<void> {
    await open.deployments.ask(index);
    let before: string;
    do {
      await open.quiet();
      before = read(open, index);
      await open.quiet();
    } while (read(open, index) !== before);
  }

  const carried = packsNamed([s3]).concat('\n      TemplateBody: |\n', packTemplate([rule], '        '));

  it('in a template of its own: every deployed pack that has the rule', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packTemplate([rule]));
      assert.equal(read(open, index), `Rule **${rule}**\nasking …\n`);
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule.txt', read(open, index));
    }));

  it('in the template that a pack carries: that pack alone', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(carried);
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-carried.txt', read(open, index));
    }));

  it('that no deployed pack has', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packTemplate(['no-such-rule']));
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-unknown.txt', read(open, index));
    }));

  it('with rules and results denied', () =>
    withDeployments({ attempts: 1 }, async (open) => {
      open.service.faults = {
        refuse: { DescribeConformancePackCompliance: denied, GetConformancePackComplianceDetails: denied },
      };
      const index = indexOf(carried);
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-denied.txt', read(open, index));
    }));

  const many: TreeOptions = { estate: generatedEstate({ accounts: 1, regions: 1, packs: 50 }, noon) };
  const rulesAsked = ({ service }: OpenTemplates): unknown[] =>
    service.requests
      .filter(({ operation }) => operation === 'DescribeConformancePackCompliance')
      .map(({ input }) => Object(input).ConformancePackName);

  it('in a template of its own, where fifty packs are deployed: of a few at a time, and says so', () =>
    withDeployments(many, async (open) => {
      const index = indexOf(packTemplate(['no-such-rule']));
      await open.deployments.ask(index);
      await open.quiet();
      open.service.requests.clear();
      for (let i = 0; i < 100; i += 1) read(open, index);
      assertGolden(import.meta.url, 'hover-rule-asking.txt', read(open, index));
      await open.quiet();
      assert.equal(open.service.requests.count(), 5);
      assert.equal(rulesAsked(open).length, 5);
      assert.match(read(open, index), /^32 deployed packs have not been asked: the next hover goes on$/m);
      await open.quiet();
      assert.equal(open.service.requests.count(), 10);
    }));

  it('in a template of its own: the packs that are called like the file are asked first', () =>
    withDeployments(many, async (open) => {
      const index = indexOf(packTemplate(['no-such-rule']));
      await open.deployments.ask(index);
      await open.quiet();
      const last = open.deployments.known().at(-1)?.pack.name ?? '';
      const words = last.split('-');
      read(open, index, `/packs/${words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}.yaml`);
      await open.quiet();
      assert(rulesAsked(open).includes(last), `${last} is not among ${rulesAsked(open)}`);
    }));

  it('in a template of its own: the packs that have as many rules, as an aggregator tells, are asked first', () =>
    withDeployments({}, async (open) => {
      const { estate, deployments, service } = open;
      const store = estate.store({});
      const index = indexOf(packTemplate(Array.from({ length: 5 }, (_, rule) => `no-such-rule-${rule}`)));
      await deployments.ask(index);
      await estate.store({}).rows('organization', {}).loadAll();
      await open.quiet();
      const countOf = (name: unknown) => store.findRow(service.estate.home, String(name))?.totalRules;
      assert.equal(countOf(s3), 5);
      assert.notEqual(deployments.known()[0]?.pack.name, s3);
      read(open, index);
      await open.quiet();
      const counts = rulesAsked(open).map(countOf);
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => Number(b === 5) - Number(a === 5)),
      );
      assert(rulesAsked(open).includes(s3), String(rulesAsked(open)));
    }));

  it('where rules may not be read: no other pack is asked in vain', () =>
    withDeployments({ ...many, attempts: 1 }, async (open) => {
      open.service.faults = { refuse: { DescribeConformancePackCompliance: denied } };
      const index = indexOf(packTemplate([rule]));
      await readRules(open, index);
      assert.equal(rulesAsked(open).length, 5);
    }));

  it('signed out', () =>
    withDeployments({ attempts: 1, signedOut: true }, async (open) => {
      const index = indexOf(packTemplate([rule]));
      await readRules(open, index);
      assertGolden(import.meta.url, 'hover-rule-signed-out.txt', read(open, index));
    }));
});
