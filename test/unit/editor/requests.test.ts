import assert from 'node:assert/strict';
import { asRecord } from '../../../src/compliance/unknownValues.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon } from '../../support/tree/openTree.ts';
import {
  indexOf,
  type LookupHarness,
  organizationPack,
  packsNamed,
  ruleTemplate,
  withLoadedTree,
  withLookup,
} from './lookupHarness.ts';

const scores = 'ListConformancePackComplianceScores';
const status = 'DescribeConformancePackStatus';
const identity = 'GetCallerIdentity';

/** An estate with exactly this many packs in one account and region. */
const estateOf = (packs: number) => generatedEstate({ accounts: 1, regions: 1, packs }, noon);

const getDeployedNames = ({ service: { estate } }: LookupHarness): readonly string[] =>
  estate.packNames(estate.home).filter((name) => estate.pack(estate.home, name)?.state !== 'DELETED');

const getCreatedNames = (harness: LookupHarness, count: number): readonly string[] => {
  const { estate } = harness.service;
  const names = getDeployedNames(harness).filter((name) => estate.pack(estate.home, name)?.state === 'CREATE_COMPLETE');
  assert(names.length >= count);
  return names.slice(0, count);
};

const sortedOperations = ({ service }: LookupHarness): string[] =>
  service.requests.map(({ operation }) => operation).sort();

const requestedNames = ({ service }: LookupHarness): unknown[] =>
  service.requests
    .filter(({ operation }) => operation === status)
    .map(({ input }) => asRecord(input).ConformancePackNames);

async function requestPacks(harness: LookupHarness, text: string): Promise<void> {
  await harness.lookup.requestPacks(indexOf(text));
  await harness.waitUntilIdle();
}

describe('PackLookup.requestPacks', () => {
  it('is the only method that requests packs', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(packsNamed(['some-pack', 'other-pack']));
      for (const pack of index.packs) harness.lookup.find(index, pack);
      harness.lookup.getLoadedPacks();
      await harness.waitUntilIdle();
      assert.deepEqual(sortedOperations(harness), []);
    }));

  it('sends two requests and the identity’s for twenty exact names', () =>
    withLookup({ estate: estateOf(40) }, async (harness) => {
      const names = getCreatedNames(harness, 20);
      await requestPacks(harness, packsNamed(names));
      assert.deepEqual(sortedOperations(harness), [status, identity, scores]);
      assert.deepEqual(requestedNames(harness), [[...names].sort()]);
    }));

  it('sends two requests and the identity’s for twenty-five names that are not deployed', () =>
    withLookup({}, async (harness) => {
      await requestPacks(harness, packsNamed(Array.from({ length: 25 }, (_, index) => `pack-${index}`)));
      assert.deepEqual(sortedOperations(harness), [status, identity, scores]);
    }));

  it('follows the page tokens of both lists for twenty-five deployed packs', () =>
    withLookup({ estate: estateOf(60) }, async (harness) => {
      const names = getCreatedNames(harness, 25);
      const text = packsNamed(names);
      await requestPacks(harness, text);
      assert.deepEqual(sortedOperations(harness), [status, status, identity, scores, scores]);
      const index = indexOf(text);
      const packCounts = index.packs
        .flatMap((pack) => harness.lookup.find(index, pack))
        .map(({ packs }) => packs.length);
      assert.deepEqual(packCounts, Array(25).fill(1));
    }));

  it('sends at most twenty-five names per request, each once', () =>
    withLookup({}, async (harness) => {
      const names = Array.from({ length: 60 }, (_, index) => `pack-${index}`);
      await requestPacks(harness, packsNamed([...names, ...names]));
      assert.deepEqual(
        requestedNames(harness)
          .map((names) => (Array.isArray(names) ? names.length : undefined))
          .sort(),
        [10, 25, 25],
      );
      assert.deepEqual(requestedNames(harness).flat().sort(), names.sort());
    }));

  const text = packsNamed(['operational-best-practices-for-amazon-s3', 'some-pack']);

  it('sends no further request when called a hundred times, during and after loading', () =>
    withLookup({}, async (harness) => {
      await Promise.all(Array.from({ length: 100 }, () => requestPacks(harness, text)));
      assert.deepEqual(sortedOperations(harness), [status, identity, scores]);
      for (let i = 0; i < 100; i += 1) await requestPacks(harness, text);
      assert.deepEqual(sortedOperations(harness), [status, identity, scores]);
    }));

  it('sends no further request when called a hundred times after a failure', () =>
    withLookup({ attempts: 1 }, async (harness) => {
      const denied = { name: 'AccessDeniedException' };
      harness.service.faults = { latencyMs: 20, refuse: { [scores]: denied, [status]: denied } };
      await Promise.all(Array.from({ length: 100 }, () => requestPacks(harness, text)));
      assert.deepEqual(sortedOperations(harness), [status, identity, scores]);
      for (let i = 0; i < 100; i += 1) await requestPacks(harness, text);
      assert.deepEqual(sortedOperations(harness), [status, identity, scores]);
    }));

  it('loads all scores if deployments are denied', () =>
    withLookup({ estate: estateOf(60), attempts: 1 }, async (harness) => {
      harness.service.faults = { refuse: { [status]: { name: 'AccessDeniedException' } } };
      const names = getCreatedNames(harness, 25);
      await requestPacks(harness, packsNamed(names));
      assert.deepEqual(sortedOperations(harness), [status, identity, scores, scores]);
      assert.equal(harness.lookup.getLoadedPacks().length, 25);
    }));

  it('sends the requests once more after a refresh', () =>
    withLookup({}, async (harness) => {
      await requestPacks(harness, text);
      harness.estate.invalidate();
      harness.service.requests.clear();
      await Promise.all(Array.from({ length: 10 }, () => requestPacks(harness, text)));
      assert.deepEqual(sortedOperations(harness), [status, scores]);
    }));

  it('never sends a name that the service would reject', () =>
    withLookup({}, async (harness) => {
      await requestPacks(harness, packsNamed(['good-name', 'bad_name', '9-lives', '"two words"', 'n'.repeat(257)]));
      assert.deepEqual(requestedNames(harness), [['good-name']]);
      assert.deepEqual(
        harness.service.requests.filter(({ status }) => status !== 200),
        [],
      );
    }));

  it('requests only the identity if all names are invalid', () =>
    withLookup({}, async (harness) => {
      await requestPacks(harness, packsNamed(['bad_name']));
      assert.deepEqual(sortedOperations(harness), [identity]);
    }));

  it('requests only the identity if no resource has a name', () =>
    withLookup({}, async (harness) => {
      await requestPacks(harness, 'Resources: { Pack: { Type: AWS::Config::ConformancePack } }');
      assert.deepEqual(sortedOperations(harness), [identity]);
    }));

  const needingAllPacks = {
    'an organization’s pack': organizationPack('data-protection'),
    'a name with an open part': packsNamed(['!Join ["-", [!Ref Env, baseline]]']),
    'a template of rules': ruleTemplate(['restricted-ssh']),
  };
  for (const [what, template] of Object.entries(needingAllPacks)) {
    it(`loads the list of all packs once for ${what}`, () =>
      withLookup({}, async (harness) => {
        await Promise.all(Array.from({ length: 10 }, () => requestPacks(harness, template)));
        assert.deepEqual(sortedOperations(harness), [status, identity, scores]);
        assert.deepEqual(requestedNames(harness), [undefined]);
        assert.equal(harness.lookup.getLoadedPacks().length, 14);
      }));
  }

  for (const [what, template] of Object.entries({ ...needingAllPacks, 'exact names': text })) {
    it(`sends no request if the sidebar has loaded the packs, for ${what}`, () =>
      withLoadedTree({}, async (harness) => {
        await requestPacks(harness, template);
        assert.deepEqual(sortedOperations(harness), []);
      }));
  }

  it('continues a list of which the sidebar has loaded one page', () =>
    withLoadedTree({ estate: estateOf(60), pageSize: 5 }, async (harness) => {
      await requestPacks(harness, organizationPack('security'));
      assert(harness.service.requests.count(scores) > 5);
      assert.equal(harness.service.requests.count(), harness.service.requests.count(scores));
      assert.equal(harness.lookup.getLoadedPacks().length, getDeployedNames(harness).length);
    }));

  it('sends requests through each connection', () =>
    withLookup({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async (harness) => {
      await requestPacks(harness, text);
      assert.deepEqual(sortedOperations(harness), [status, status, identity, identity, scores, scores]);
    }));
});
