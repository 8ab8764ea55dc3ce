import assert from 'node:assert/strict';
import { describePack } from '../../../src/views/editor/hoverContent.ts';
import { noon, type TreeOptions } from '../../support/tree/openTree.ts';
import { indexOf, type LookupHarness, onlyPack, organizationPack, packsNamed, withLookup } from './lookupHarness.ts';
import { renderHover } from './rendering.ts';

const operation = 'GetOrganizationConformancePackDetailedStatus';
const deployed = 'OrgConformsPack-data-protection-7hd2m0pz';
const similar = 'OrgConformsPack-data-protection-00000000';
const template = organizationPack('data-protection');

/** Runs `use` in an account with another pack whose name has the pattern of the organization's pack. */
const withSimilarPack = (options: TreeOptions, use: (harness: LookupHarness) => Promise<void>) =>
  withLookup({ attempts: 1, ...options }, async (harness) => {
    const { account, region } = harness.service.estate.home;
    harness.service.estate.addPack(account, region, similar, [{ rule: 'restricted-ssh', resources: 4, failing: 1 }]);
    await use(harness);
  });

/** Issues the requests of a hover over the only pack. */
async function requestAll({ lookup, waitUntilIdle }: LookupHarness, text: string): Promise<void> {
  const index = indexOf(text);
  await Promise.all([lookup.requestPacks(index), lookup.requestDeployedNames(onlyPack(index))]);
  await waitUntilIdle();
}

const findResults = ({ lookup }: LookupHarness, text: string) => {
  const index = indexOf(text);
  return lookup.find(index, onlyPack(index));
};
const deployedNames = (harness: LookupHarness): string[] =>
  findResults(harness, template).flatMap(({ packs }) => packs.map(({ pack }) => pack.name));
const getInputs = ({ service }: LookupHarness) =>
  service.requests.filter(({ operation: each }) => each === operation).map(({ input }) => input);

describe('PackLookup.find for an organization’s pack', () => {
  it('finds only the pack whose name the organization reports', () =>
    withSimilarPack({}, async (harness) => {
      await harness.lookup.requestPacks(indexOf(template));
      await harness.waitUntilIdle();
      assert.deepEqual(deployedNames(harness).sort(), [similar, deployed]);
      await requestAll(harness, template);
      assert.deepEqual(deployedNames(harness), [deployed]);
    }));

  const failures = {
    'a member account': 'OrganizationAccessDeniedException',
    'a role without the permission': 'AccessDeniedException',
    'an organization without such a pack': 'NoSuchOrganizationConformancePackException',
  };
  for (const [who, error] of Object.entries(failures)) {
    it(`finds all packs that match the pattern for ${who}, and shows no error`, () =>
      withSimilarPack({}, async (harness) => {
        const getHover = () => renderHover(describePack(findResults(harness, template), noon.getTime()));
        await harness.lookup.requestPacks(indexOf(template));
        await harness.waitUntilIdle();
        const before = getHover();
        harness.service.faults = { refuse: { [operation]: { name: error } } };
        await requestAll(harness, template);
        assert.equal(getInputs(harness).length, 1);
        assert.deepEqual(deployedNames(harness).sort(), [similar, deployed]);
        assert.equal(getHover(), before);
      }));
  }

  it('finds all packs that match the pattern if the organization reports no name for the account', () =>
    withSimilarPack({}, async (harness) => {
      const { account, region } = harness.service.estate.home;
      harness.service.estate.deletePack(account, region, deployed);
      await requestAll(harness, template);
      assert.deepEqual(deployedNames(harness), [similar]);
    }));

  it('reads the name from the page after an empty page', () =>
    withSimilarPack({}, async (harness) => {
      harness.service.faults = { emptyPageEvery: 2, only: [operation] };
      await requestAll(harness, organizationPack('security-baseline'));
      await requestAll(harness, template);
      assert.equal(getInputs(harness).length, 3);
      assert.deepEqual(deployedNames(harness), [deployed]);
    }));

  it('finds all packs that match the pattern if the list of names never ends', () =>
    withSimilarPack({}, async (harness) => {
      harness.service.faults = { emptyPageEvery: 1, only: [operation] };
      await requestAll(harness, template);
      assert.deepEqual(deployedNames(harness).sort(), [similar, deployed]);
    }));
});

describe('PackLookup.requestDeployedNames', () => {
  it('is the only method that requests the deployed names', () =>
    withLookup({}, async (harness) => {
      await harness.lookup.requestPacks(indexOf(template));
      findResults(harness, template);
      await harness.waitUntilIdle();
      assert.deepEqual(getInputs(harness), []);
    }));

  it('requests the names in the connection’s account', () =>
    withLookup({}, async (harness) => {
      await requestAll(harness, template);
      const Filters = { AccountId: harness.service.estate.home.account };
      assert.deepEqual(getInputs(harness), [
        { OrganizationConformancePackName: 'data-protection', Filters, Limit: 100 },
      ]);
    }));

  for (const [outcome, error] of Object.entries({
    succeeds: undefined,
    'is denied': 'OrganizationAccessDeniedException',
  })) {
    it(`sends one request for a hundred calls if it ${outcome}`, () =>
      withLookup({ attempts: 1 }, async (harness) => {
        harness.service.faults = { latencyMs: 20, ...(error && { refuse: { [operation]: { name: error } } }) };
        await Promise.all(Array.from({ length: 100 }, () => requestAll(harness, template)));
        for (let i = 0; i < 100; i += 1) await requestAll(harness, template);
        assert.equal(getInputs(harness).length, 1);
      }));
  }

  it('sends one request after a refresh', () =>
    withLookup({}, async (harness) => {
      await requestAll(harness, template);
      harness.estate.invalidate();
      for (let i = 0; i < 10; i += 1) await requestAll(harness, template);
      assert.equal(getInputs(harness).length, 2);
    }));

  const withoutRequest = {
    'a pack of the account': packsNamed(['data-protection']),
    'a name with an unknown part': organizationPack('!Sub "data-' + '$' + '{Env}"'),
    'an invalid name': organizationPack('data_protection'),
  };
  for (const [what, text] of Object.entries(withoutRequest)) {
    it(`sends no request for ${what}`, () =>
      withLookup({}, async (harness) => {
        await requestAll(harness, text);
        assert.deepEqual(getInputs(harness), []);
      }));
  }

  it('sends no request while signed out', () =>
    withLookup({ attempts: 1, signedOut: true }, async (harness) => {
      await requestAll(harness, template);
      await requestAll(harness, template);
      assert.deepEqual(getInputs(harness), []);
    }));
});
