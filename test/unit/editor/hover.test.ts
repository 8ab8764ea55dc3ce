import assert from 'node:assert/strict';
import { findAggregateRow } from '../../../src/compliance/queries/findAggregateRow.ts';
import { asRecord } from '../../../src/compliance/unknownValues.ts';
import type { TemplateIndex } from '../../../src/templates/model.ts';
import { describePack } from '../../../src/views/editor/hoverContent.ts';
import { loadHover } from '../../../src/views/editor/hoverData.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';
import { noon, type TreeOptions } from '../../support/tree/openTree.ts';
import {
  indexOf,
  type LookupHarness,
  loadEverything,
  onlyPack,
  organizationPack,
  packsNamed,
  ruleTemplate,
  withLoadedTree,
  withLookup,
} from './lookupHarness.ts';
import { renderHover } from './rendering.ts';

const hover = ({ lookup }: LookupHarness, index: TemplateIndex): string =>
  renderHover(describePack(lookup.find(index, onlyPack(index)), noon.getTime()));

/** Compares the hover with a golden file once everything is loaded. */
const golden = (name: string, text: string, options: TreeOptions = {}, prepare = (_: LookupHarness) => {}) =>
  withLookup({ attempts: 1, ...options }, async (harness) => {
    prepare(harness);
    const index = indexOf(text);
    await loadEverything(harness, index);
    assertGolden(import.meta.url, `hover-${name}.txt`, hover(harness, index));
  });

const s3 = 'operational-best-practices-for-amazon-s3';
const iam = 'operational-best-practices-for-aws-identity-and-access-management';
const denied = { name: 'AccessDeniedException' };
const parameter = (value = '') => `Parameters:
  Env: { Type: String${value} }
`;
/** A name with an unknown part at `*`. */
const sub = (pattern: string) => `!Sub "${pattern.replaceAll('*', '${' + 'Env}')}"`;

/** Hovers over the first rule, which also issues the hover's requests. */
function hoverFirstRule({ lookup }: LookupHarness, index: TemplateIndex, path = '/template.yaml'): string {
  const [template] = index.packTemplates;
  const [reference] = template?.rules ?? [];
  assert(template && reference);
  return renderHover(loadHover(lookup, path, { index, kind: 'rule', reference, template }));
}

describe('describePack', () => {
  const plain: Record<string, string> = {
    deployed: s3,
    'create-failed': 'operational-best-practices-for-encryption-and-keys',
    'delete-failed': 'operational-best-practices-for-hipaa-security',
    'in-progress': 'operational-best-practices-for-networking-and-content-delivery-services',
    'insufficient-data': 'security-best-practices-for-redshift',
    'many-rules': 'operational-best-practices-for-nist-800-53-rev-5',
    'not-deployed': 'operational-best-practices-for-nothing',
    deleted: 'operational-best-practices-for-fedramp-moderate',
    'invalid-name': 'operational_best_practices',
  };
  for (const [name, pack] of Object.entries(plain)) {
    it(`describes a pack: ${name}`, () => golden(name, packsNamed([pack])));
  }

  it('describes an organization’s pack', () => golden('organization', organizationPack('data-protection')));

  it('describes an organization’s pack that is not deployed', () =>
    golden('organization-not-deployed', organizationPack('data-protection-7hd2m0pz')));

  it('uses the default of a parameter', () =>
    golden('parameter', `${parameter(`, Default: ${s3}`)}${packsNamed(['!Ref Env'])}`));

  it('lists the first packs of many that match a pattern', () =>
    golden('pattern-of-many', `${parameter()}${packsNamed([sub('*e*')])}`));

  it('lists all of three packs that match a pattern', () =>
    golden('pattern-of-three', `${parameter()}${packsNamed([sub('*-baseline')])}`, {}, ({ service }) => {
      const { account, region } = service.estate.home;
      for (const [failing, env] of ['prod', 'dev', 'test'].entries()) {
        service.estate.addPack(account, region, `${env}-baseline`, [{ rule: 'restricted-ssh', resources: 4, failing }]);
      }
    }));

  it('lists the only pack that matches a pattern, without claiming that it is the one', () =>
    golden('pattern-of-one', `${parameter()}${packsNamed([sub('security-best-practices-*')])}`));

  it('says that no pack matches a pattern', () =>
    golden('pattern-of-none', `${parameter()}${packsNamed([sub('*-baseline')])}`));

  it('says that a name is only known at deployment', () => golden('open', `${parameter()}${packsNamed(['!Ref Env'])}`));

  for (const [name, region] of Object.entries({ 'placed-here': 'eu-central-1', 'placed-elsewhere': 'sa-east-1' })) {
    it(`considers only the region that the file says: ${name}`, () =>
      withLookup({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async (harness) => {
        const text = `provider "aws" { region = "${region}" }\nresource "aws_config_conformance_pack" "p" {\n  name = "${iam}"\n}\n`;
        const index = indexTemplate({ path: 'main.tf', text });
        await loadEverything(harness, index);
        assertGolden(import.meta.url, `hover-${name}.txt`, hover(harness, index));
      }));
  }

  it('describes the names of both branches of a condition', () =>
    golden(
      'condition',
      `Conditions: { Prod: !Equals [!Ref AWS::StackName, prod] }\n${packsNamed([`!If [Prod, ${s3}, only-in-tests]`])}`,
    ));

  it('resolves the account and the region in a name', () =>
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

  it('describes a pack in the account and region of each connection', () =>
    golden('two-regions', packsNamed([iam]), {
      connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }],
    }));

  it('describes a pack that is deployed through one of two connections', () =>
    golden('one-of-two-regions', packsNamed([s3]), {
      connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }],
    }));

  it('shows a placeholder before and during loading', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(packsNamed([s3]));
      const before = hover(harness, index);
      assert.match(before, /^Conformance pack \*\*operational.*\nyour account: loading …\n$/);
      const request = harness.lookup.requestPacks(index);
      assert.equal(hover(harness, index), before);
      await request;
      await harness.waitUntilIdle();
      assert.match(hover(harness, index), /\n61\.5% /);
    }));

  it('omits the rules before they are loaded', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(packsNamed([s3]));
      await harness.lookup.requestPacks(index);
      await harness.waitUntilIdle();
      assertGolden(import.meta.url, 'hover-without-rules.txt', hover(harness, index));
    }));
});

describe('describePack after errors', () => {
  const deniedOperations = {
    scores: ['ListConformancePackComplianceScores'],
    status: ['DescribeConformancePackStatus'],
    both: ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'],
    rules: ['DescribeConformancePackCompliance', 'GetConformancePackComplianceDetails'],
    'rules-alone': ['DescribeConformancePackCompliance'],
    identity: ['GetCallerIdentity'],
  };
  for (const [name, operations] of Object.entries(deniedOperations)) {
    it(`describes denied requests: ${name}`, () =>
      golden(`denied-${name}`, packsNamed([s3]), {}, ({ service }) => {
        service.faults = { refuse: Object.fromEntries(operations.map((operation) => [operation, denied])) };
      }));
  }

  it('asks to sign in', () => golden('signed-out', packsNamed([s3]), { signedOut: true }));

  it('describes an expired session', () =>
    golden('expired', packsNamed([s3]), {}, ({ service }) => {
      service.faults = { expiredCredentials: true };
    }));

  it('shows the same error of two lists once', () =>
    golden('throttled', packsNamed([s3]), {}, ({ service }) => {
      service.faults = {
        throttleEvery: 1,
        only: ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'],
      };
    }));
});

describe('Hover in an untrusted workspace', () => {
  const text = packsNamed([s3]).concat('\n      TemplateBody: |\n', ruleTemplate(['some-rule'], '        '));

  it('sends no request and says why', () =>
    withLookup({ isTrusted: false }, async (harness) => {
      const index = indexOf(text);
      await loadEverything(harness, index);
      harness.lookup.requestRuleCounts(index);
      assertGolden(import.meta.url, 'hover-untrusted.txt', hover(harness, index));
      assert.equal(harness.service.requests.count(), 0);
    }));

  it('shows what the sidebar has loaded without further requests', () =>
    withLoadedTree({ isTrusted: false }, async (harness) => {
      const index = indexOf(text);
      await harness.lookup.requestPacks(index);
      harness.lookup.requestRuleCounts(index);
      assertGolden(import.meta.url, 'hover-without-rules.txt', hover(harness, index));
      const ruleIndex = indexOf(ruleTemplate(['some-rule']));
      assertGolden(import.meta.url, 'hover-rule-untrusted.txt', hoverFirstRule(harness, ruleIndex));
      await harness.waitUntilIdle();
      assert.equal(harness.service.requests.count(), 0);
    }));
});

describe('loadHover over a rule’s name', () => {
  const rule = 's3-bucket-server-side-encryption-enabled';

  /** Hovers until the text no longer changes. */
  async function hoverRepeatedly(harness: LookupHarness, index: TemplateIndex): Promise<void> {
    await harness.lookup.requestPacks(index);
    let previous: string;
    do {
      await harness.waitUntilIdle();
      previous = hoverFirstRule(harness, index);
      await harness.waitUntilIdle();
    } while (hoverFirstRule(harness, index) !== previous);
  }

  const packWithTemplate = packsNamed([s3]).concat('\n      TemplateBody: |\n', ruleTemplate([rule], '        '));

  it('describes the rule in every pack that has it, for a template in a file of its own', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(ruleTemplate([rule]));
      assert.equal(hoverFirstRule(harness, index), `Rule **${rule}**\nloading …\n`);
      await hoverRepeatedly(harness, index);
      assertGolden(import.meta.url, 'hover-rule.txt', hoverFirstRule(harness, index));
    }));

  it('describes the rule in one pack, for a template inside the pack’s resource', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(packWithTemplate);
      await hoverRepeatedly(harness, index);
      assertGolden(import.meta.url, 'hover-rule-carried.txt', hoverFirstRule(harness, index));
    }));

  it('says that no loaded pack has the rule', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(ruleTemplate(['no-such-rule']));
      await hoverRepeatedly(harness, index);
      assertGolden(import.meta.url, 'hover-rule-unknown.txt', hoverFirstRule(harness, index));
    }));

  it('describes denied rules and results', () =>
    withLookup({ attempts: 1 }, async (harness) => {
      harness.service.faults = {
        refuse: { DescribeConformancePackCompliance: denied, GetConformancePackComplianceDetails: denied },
      };
      const index = indexOf(packWithTemplate);
      await hoverRepeatedly(harness, index);
      assertGolden(import.meta.url, 'hover-rule-denied.txt', hoverFirstRule(harness, index));
    }));

  const many: TreeOptions = { estate: generatedEstate({ accounts: 1, regions: 1, packs: 50 }, noon) };
  const requestedPacks = ({ service }: LookupHarness): unknown[] =>
    service.requests
      .filter(({ operation }) => operation === 'DescribeConformancePackCompliance')
      .map(({ input }) => asRecord(input).ConformancePackName);

  it('loads the rules of a few packs at a time and says so', () =>
    withLookup(many, async (harness) => {
      const index = indexOf(ruleTemplate(['no-such-rule']));
      await harness.lookup.requestPacks(index);
      await harness.waitUntilIdle();
      harness.service.requests.clear();
      for (let i = 0; i < 100; i += 1) hoverFirstRule(harness, index);
      assertGolden(import.meta.url, 'hover-rule-loading.txt', hoverFirstRule(harness, index));
      await harness.waitUntilIdle();
      assert.equal(harness.service.requests.count(), 5);
      assert.equal(requestedPacks(harness).length, 5);
      assert.match(hoverFirstRule(harness, index), /^32 packs not checked yet\. Hover again to continue$/m);
      await harness.waitUntilIdle();
      assert.equal(harness.service.requests.count(), 10);
    }));

  it('first loads the rules of packs with a name like the file’s', () =>
    withLookup(many, async (harness) => {
      const index = indexOf(ruleTemplate(['no-such-rule']));
      await harness.lookup.requestPacks(index);
      await harness.waitUntilIdle();
      const last = harness.lookup.getLoadedPacks().at(-1)?.pack.name ?? '';
      const words = last.split('-');
      hoverFirstRule(
        harness,
        index,
        `/packs/${words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}.yaml`,
      );
      await harness.waitUntilIdle();
      assert(requestedPacks(harness).includes(last), `${last} is not among ${requestedPacks(harness)}`);
    }));

  it('first loads the rules of packs with the same number of rules in an aggregator', () =>
    withLookup({}, async (harness) => {
      const { estate, lookup, service } = harness;
      const store = estate.getStore({});
      const index = indexOf(ruleTemplate(Array.from({ length: 5 }, (_, rule) => `no-such-rule-${rule}`)));
      await lookup.requestPacks(index);
      await estate.getStore({}).getAggregateRows('organization', {}).loadAll();
      await harness.waitUntilIdle();
      const ruleCountOf = (name: unknown) => findAggregateRow(store, service.estate.home, String(name))?.totalRules;
      assert.equal(ruleCountOf(s3), 5);
      assert.notEqual(lookup.getLoadedPacks()[0]?.pack.name, s3);
      hoverFirstRule(harness, index);
      await harness.waitUntilIdle();
      const counts = requestedPacks(harness).map(ruleCountOf);
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => Number(b === 5) - Number(a === 5)),
      );
      assert(requestedPacks(harness).includes(s3), String(requestedPacks(harness)));
    }));

  it('does not continue with other packs if reading rules is denied', () =>
    withLookup({ ...many, attempts: 1 }, async (harness) => {
      harness.service.faults = { refuse: { DescribeConformancePackCompliance: denied } };
      const index = indexOf(ruleTemplate([rule]));
      await hoverRepeatedly(harness, index);
      assert.equal(requestedPacks(harness).length, 5);
    }));

  it('asks to sign in', () =>
    withLookup({ attempts: 1, signedOut: true }, async (harness) => {
      const index = indexOf(ruleTemplate([rule]));
      await hoverRepeatedly(harness, index);
      assertGolden(import.meta.url, 'hover-rule-signed-out.txt', hoverFirstRule(harness, index));
    }));
});
