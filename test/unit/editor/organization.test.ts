import assert from 'node:assert/strict';
import { packHover } from '../../../src/views/editor/hoverContent.ts';
import { noon, type TreeOptions } from '../tree/openTree.ts';
import {
  indexOf,
  type OpenTemplates,
  onlyPack,
  organizationPack,
  packsNamed,
  withDeployments,
} from './openTemplate.ts';
import { renderHover } from './rendering.ts';

const names = 'GetOrganizationConformancePackDetailedStatus';
const real = 'OrgConformsPack-data-protection-7hd2m0pz';
const alike = 'OrgConformsPack-data-protection-00000000';
const template = organizationPack('data-protection');

/** Runs `use` where an account has a pack of its own that is called like the organization's. */
const withTwoAlike = (options: TreeOptions, use: (open: OpenTemplates) => Promise<void>) =>
  withDeployments({ attempts: 1, ...options }, async (open) => {
    const { account, region } = open.service.estate.home;
    open.service.estate.addPack(account, region, alike, [{ rule: 'restricted-ssh', resources: 4, failing: 1 }]);
    await use(open);
  });

/** What a hover over the only pack asks. */
async function hoverOver({ deployments, quiet }: OpenTemplates, text: string): Promise<void> {
  const index = indexOf(text);
  await Promise.all([deployments.ask(index), deployments.askNames(onlyPack(index))]);
  await quiet();
}

const answers = ({ deployments }: OpenTemplates, text: string) => {
  const index = indexOf(text);
  return deployments.answers(index, onlyPack(index));
};
const deployedNames = (open: OpenTemplates): string[] =>
  answers(open, template).flatMap(({ deployed }) => deployed.map(({ pack }) => pack.name));
const sent = ({ service }: OpenTemplates) =>
  service.requests.filter(({ operation }) => operation === names).map(({ input }) => input);

describe('an organization’s pack', () => {
  it('is, where the organization tells, the one that it deployed, and none that is called alike', () =>
    withTwoAlike({}, async (open) => {
      await open.deployments.ask(indexOf(template));
      await open.quiet();
      assert.deepEqual(deployedNames(open).sort(), [alike, real]);
      await hoverOver(open, template);
      assert.deepEqual(deployedNames(open), [real]);
    }));

  const silences = {
    'a member account': 'OrganizationAccessDeniedException',
    'a role without the permission': 'AccessDeniedException',
    'an organization that has no such pack': 'NoSuchOrganizationConformancePackException',
  };
  for (const [who, error] of Object.entries(silences)) {
    it(`is, for ${who}, whatever is called so, and the hover says nothing of it`, () =>
      withTwoAlike({}, async (open) => {
        const said = () => renderHover(packHover(answers(open, template), noon.getTime()));
        await open.deployments.ask(indexOf(template));
        await open.quiet();
        const before = said();
        open.service.faults = { refuse: { [names]: { name: error } } };
        await hoverOver(open, template);
        assert.equal(sent(open).length, 1);
        assert.deepEqual(deployedNames(open).sort(), [alike, real]);
        assert.equal(said(), before);
      }));
  }

  it('is whatever is called so where the organization has no row for the account', () =>
    withTwoAlike({}, async (open) => {
      const { account, region } = open.service.estate.home;
      open.service.estate.deletePack(account, region, real);
      await hoverOver(open, template);
      assert.deepEqual(deployedNames(open), [alike]);
    }));

  it('is the one that a page behind an empty one names', () =>
    withTwoAlike({}, async (open) => {
      open.service.faults = { emptyPageEvery: 2, only: [names] };
      await hoverOver(open, organizationPack('security-baseline'));
      await hoverOver(open, template);
      assert.equal(sent(open).length, 3);
      assert.deepEqual(deployedNames(open), [real]);
    }));

  it('is whatever is called so where the answer does not come to its end', () =>
    withTwoAlike({}, async (open) => {
      open.service.faults = { emptyPageEvery: 1, only: [names] };
      await hoverOver(open, template);
      assert.deepEqual(deployedNames(open).sort(), [alike, real]);
    }));
});

describe('what an organization’s pack asks of the organization', () => {
  it('is nothing before it is hovered, nor by what is looked up', () =>
    withDeployments({}, async (open) => {
      await open.deployments.ask(indexOf(template));
      answers(open, template);
      await open.quiet();
      assert.deepEqual(sent(open), []);
    }));

  it('is its names in the connection’s own account', () =>
    withDeployments({}, async (open) => {
      await hoverOver(open, template);
      const Filters = { AccountId: open.service.estate.home.account };
      assert.deepEqual(sent(open), [{ OrganizationConformancePackName: 'data-protection', Filters, Limit: 100 }]);
    }));

  for (const [how, error] of Object.entries({ told: undefined, denied: 'OrganizationAccessDeniedException' })) {
    it(`is nothing more when it is asked a hundred times and ${how}`, () =>
      withDeployments({ attempts: 1 }, async (open) => {
        open.service.faults = { latencyMs: 20, ...(error && { refuse: { [names]: { name: error } } }) };
        await Promise.all(Array.from({ length: 100 }, () => hoverOver(open, template)));
        for (let i = 0; i < 100; i += 1) await hoverOver(open, template);
        assert.equal(sent(open).length, 1);
      }));
  }

  it('is asked again after a refresh, once', () =>
    withDeployments({}, async (open) => {
      await hoverOver(open, template);
      open.estate.invalidate();
      for (let i = 0; i < 10; i += 1) await hoverOver(open, template);
      assert.equal(sent(open).length, 2);
    }));

  const unasked = {
    'a pack of the account': packsNamed(['data-protection']),
    'a name with an open part': organizationPack('!Sub "data-' + '$' + '{Env}"'),
    'a name that the service refuses': organizationPack('data_protection'),
  };
  for (const [what, text] of Object.entries(unasked)) {
    it(`is nothing for ${what}`, () =>
      withDeployments({}, async (open) => {
        await hoverOver(open, text);
        assert.deepEqual(sent(open), []);
      }));
  }

  it('is nothing where nobody is signed in', () =>
    withDeployments({ attempts: 1, signedOut: true }, async (open) => {
      await hoverOver(open, template);
      await hoverOver(open, template);
      assert.deepEqual(sent(open), []);
    }));
});
