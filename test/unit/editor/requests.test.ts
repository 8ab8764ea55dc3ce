import assert from 'node:assert/strict';
import { generatedEstate } from '../../config-service/index.ts';
import { noon } from '../tree/openTree.ts';
import {
  indexOf,
  type OpenTemplates,
  organizationPack,
  packsNamed,
  packTemplate,
  withDeployments,
  withTreeBeside,
} from './openTemplate.ts';

const scores = 'ListConformancePackComplianceScores';
const status = 'DescribeConformancePackStatus';
const identity = 'GetCallerIdentity';

/** Exactly so many packs are deployed. */
const estateOf = (packs: number) => generatedEstate({ accounts: 1, regions: 1, packs }, noon);

const deployedNames = ({ service: { estate } }: OpenTemplates): readonly string[] =>
  estate.packNames(estate.home).filter((name) => estate.pack(estate.home, name)?.state !== 'DELETED');

const created = (open: OpenTemplates, count: number): readonly string[] => {
  const { estate } = open.service;
  const names = deployedNames(open).filter((name) => estate.pack(estate.home, name)?.state === 'CREATE_COMPLETE');
  assert(names.length >= count);
  return names.slice(0, count);
};

const asked = ({ service }: OpenTemplates): string[] => service.requests.map(({ operation }) => operation).sort();

const namesSent = ({ service }: OpenTemplates): unknown[] =>
  service.requests
    .filter(({ operation }) => operation === status)
    .map(({ input }) => Object(input).ConformancePackNames);

async function ask(open: OpenTemplates, text: string): Promise<void> {
  await open.deployments.ask(indexOf(text));
  await open.quiet();
}

describe('what a template asks the service', () => {
  it('is nothing by itself, nor by what is looked up in it', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(packsNamed(['some-pack', 'other-pack']));
      for (const pack of index.packs) open.deployments.answers(index, pack);
      open.deployments.known();
      await open.quiet();
      assert.deepEqual(asked(open), []);
    }));

  it('is two requests and the identity, for twenty exact names', () =>
    withDeployments({ estate: estateOf(40) }, async (open) => {
      const names = created(open, 20);
      await ask(open, packsNamed(names));
      assert.deepEqual(asked(open), [status, identity, scores]);
      assert.deepEqual(namesSent(open), [[...names].sort()]);
    }));

  it('is two requests and the identity, for twenty-five names that are not all deployed', () =>
    withDeployments({}, async (open) => {
      await ask(open, packsNamed(Array.from({ length: 25 }, (_, index) => `pack-${index}`)));
      assert.deepEqual(asked(open), [status, identity, scores]);
    }));

  it('follows the page tokens of both, where twenty-five names are all deployed', () =>
    withDeployments({ estate: estateOf(60) }, async (open) => {
      const names = created(open, 25);
      const text = packsNamed(names);
      await ask(open, text);
      assert.deepEqual(asked(open), [status, status, identity, scores, scores]);
      const index = indexOf(text);
      const found = index.packs
        .flatMap((pack) => open.deployments.answers(index, pack))
        .map(({ deployed }) => deployed.length);
      assert.deepEqual(found, Array(25).fill(1));
    }));

  it('is at most twenty-five names at a time, each once', () =>
    withDeployments({}, async (open) => {
      const names = Array.from({ length: 60 }, (_, index) => `pack-${index}`);
      await ask(open, packsNamed([...names, ...names]));
      assert.deepEqual(
        namesSent(open)
          .map((sent) => Object(sent).length)
          .sort(),
        [10, 25, 25],
      );
      assert.deepEqual(namesSent(open).flat().sort(), names.sort());
    }));

  const text = packsNamed(['operational-best-practices-for-amazon-s3', 'some-pack']);

  it('is nothing more when it is asked a hundred times, while it is under way and after', () =>
    withDeployments({}, async (open) => {
      await Promise.all(Array.from({ length: 100 }, () => ask(open, text)));
      assert.deepEqual(asked(open), [status, identity, scores]);
      for (let i = 0; i < 100; i += 1) await ask(open, text);
      assert.deepEqual(asked(open), [status, identity, scores]);
    }));

  it('is nothing more when it is asked a hundred times and fails', () =>
    withDeployments({ attempts: 1 }, async (open) => {
      const denied = { name: 'AccessDeniedException' };
      open.service.faults = { latencyMs: 20, refuse: { [scores]: denied, [status]: denied } };
      await Promise.all(Array.from({ length: 100 }, () => ask(open, text)));
      assert.deepEqual(asked(open), [status, identity, scores]);
      for (let i = 0; i < 100; i += 1) await ask(open, text);
      assert.deepEqual(asked(open), [status, identity, scores]);
    }));

  it('goes on to the end of scores where deployments are denied', () =>
    withDeployments({ estate: estateOf(60), attempts: 1 }, async (open) => {
      open.service.faults = { refuse: { [status]: { name: 'AccessDeniedException' } } };
      const names = created(open, 25);
      await ask(open, packsNamed(names));
      assert.deepEqual(asked(open), [status, identity, scores, scores]);
      assert.equal(open.deployments.known().length, 25);
    }));

  it('is asked again after a refresh, once', () =>
    withDeployments({}, async (open) => {
      await ask(open, text);
      open.estate.invalidate();
      open.service.requests.clear();
      await Promise.all(Array.from({ length: 10 }, () => ask(open, text)));
      assert.deepEqual(asked(open), [status, scores]);
    }));

  it('has no name that breaks the service’s pattern', () =>
    withDeployments({}, async (open) => {
      await ask(open, packsNamed(['good-name', 'bad_name', '9-lives', '"two words"', 'n'.repeat(257)]));
      assert.deepEqual(namesSent(open), [['good-name']]);
      assert.deepEqual(
        open.service.requests.filter(({ status }) => status !== 200),
        [],
      );
    }));

  it('is nothing but the identity where no name can be asked for', () =>
    withDeployments({}, async (open) => {
      await ask(open, packsNamed(['bad_name']));
      assert.deepEqual(asked(open), [identity]);
    }));

  it('is nothing but the identity where no resource is named', () =>
    withDeployments({}, async (open) => {
      await ask(open, 'Resources: { Pack: { Type: AWS::Config::ConformancePack } }');
      assert.deepEqual(asked(open), [identity]);
    }));

  const whole = {
    'an organization’s pack': organizationPack('data-protection'),
    'a name with an open part': packsNamed(['!Join ["-", [!Ref Env, baseline]]']),
    'a template of rules': packTemplate(['restricted-ssh']),
  };
  for (const [what, template] of Object.entries(whole)) {
    it(`is the whole list, once, for ${what}`, () =>
      withDeployments({}, async (open) => {
        await Promise.all(Array.from({ length: 10 }, () => ask(open, template)));
        assert.deepEqual(asked(open), [status, identity, scores]);
        assert.deepEqual(namesSent(open), [undefined]);
        assert.equal(open.deployments.known().length, 14);
      }));
  }

  for (const [what, template] of Object.entries({ ...whole, 'exact names': text })) {
    it(`is nothing where the tree has read the packs, for ${what}`, () =>
      withTreeBeside({}, async (open) => {
        await ask(open, template);
        assert.deepEqual(asked(open), []);
      }));
  }

  it('goes on where the tree has read a first page alone', () =>
    withTreeBeside({ estate: estateOf(60), pageSize: 5 }, async (open) => {
      await ask(open, organizationPack('security'));
      assert(open.service.requests.count(scores) > 5);
      assert.equal(open.service.requests.count(), open.service.requests.count(scores));
      assert.equal(open.deployments.known().length, deployedNames(open).length);
    }));

  it('is asked of each connection', () =>
    withDeployments({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async (open) => {
      await ask(open, text);
      assert.deepEqual(asked(open), [status, status, identity, identity, scores, scores]);
    }));
});
