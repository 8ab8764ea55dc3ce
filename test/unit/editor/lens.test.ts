import assert from 'node:assert/strict';
import { lensTexts } from '../../../src/views/editor/lensText.ts';
import type { TreeOptions } from '../tree/openTree.ts';
import { indexOf, type OpenTemplates, onlyPack, packsNamed, readAll, withDeployments } from './openTemplate.ts';

const titles = ({ deployments }: OpenTemplates, text: string): string[] => {
  const index = indexOf(text);
  return lensTexts(deployments.answers(index, onlyPack(index)), (on) => deployments.ruleCounts(on)).map(
    ({ title }) => title,
  );
};

const read = (text: string, expected: readonly string[], options: TreeOptions = {}) =>
  withDeployments(options, async (open) => {
    assert.deepEqual(titles(open, text), []);
    await readAll(open, indexOf(text));
    assert.deepEqual(titles(open, text), expected);
  });

const s3 = packsNamed(['operational-best-practices-for-amazon-s3']);

describe('what stands above a pack’s resource', () => {
  it('is its score, its failing rules and its region', () => read(s3, ['61.5% · 5 of 5 rules failing · us-east-1']));

  it('is without rules while these are not known', () =>
    withDeployments({}, async (open) => {
      await open.deployments.ask(indexOf(s3));
      await open.quiet();
      assert.deepEqual(titles(open, s3), ['61.5% · us-east-1']);
    }));

  it('is without rules where the list of them may not be read, though its results name those that fail', () =>
    withDeployments({ attempts: 1 }, async (open) => {
      open.service.faults = { refuse: { DescribeConformancePackCompliance: { name: 'AccessDeniedException' } } };
      await readAll(open, indexOf(s3));
      assert.deepEqual(titles(open, s3), ['61.5% · us-east-1']);
    }));

  it('counts its rules as an aggregator has told of the same account and region, and asks nothing for it', () =>
    withDeployments({}, async (open) => {
      await open.deployments.ask(indexOf(s3));
      await open.estate.store({}).rows('organization', {}).loadAll();
      await open.quiet();
      open.service.requests.clear();
      assert.deepEqual(titles(open, s3), ['61.5% · 5 of 5 rules failing · us-east-1']);
      open.deployments.askCounts(indexOf(s3));
      await open.quiet();
      assert.equal(open.service.requests.count(), 0);
    }));

  it('counts the rules of a document’s only pack, after one request', () =>
    withDeployments({}, async (open) => {
      const index = indexOf(s3);
      await open.deployments.ask(index);
      await open.quiet();
      open.service.requests.clear();
      for (let i = 0; i < 100; i += 1) open.deployments.askCounts(index);
      await open.quiet();
      assert.deepEqual(
        open.service.requests.map(({ operation }) => operation),
        ['DescribeConformancePackCompliance'],
      );
      assert.deepEqual(titles(open, s3), ['61.5% · 5 of 5 rules failing · us-east-1']);
    }));

  const iam = 'operational-best-practices-for-aws-identity-and-access-management';
  const several = {
    'two packs': packsNamed(['operational-best-practices-for-amazon-s3', iam]),
    'one pack of two names': `Conditions: { Prod: !Equals [!Ref AWS::StackName, prod] }\n${packsNamed([`!If [Prod, operational-best-practices-for-amazon-s3, ${iam}]`])}`,
  };
  for (const [what, text] of Object.entries(several)) {
    it(`asks for no rules where a document has ${what}`, () =>
      withDeployments({}, async (open) => {
        const index = indexOf(text);
        await open.deployments.ask(index);
        await open.quiet();
        assert.equal(open.deployments.known().length, 2);
        open.service.requests.clear();
        open.deployments.askCounts(index);
        await open.quiet();
        assert.equal(open.service.requests.count(), 0);
      }));
  }

  it('is its deployment’s state where that is not complete', () =>
    read(packsNamed(['operational-best-practices-for-encryption-and-keys']), ['no score · CREATE_FAILED · us-east-1']));

  it('is one for each place', () =>
    read(
      packsNamed(['operational-best-practices-for-aws-identity-and-access-management']),
      ['84% · 3 of 9 rules failing · us-east-1', '97% · 1 of 9 rules failing · eu-central-1'],
      { connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] },
    ));

  it('says which pack, where a pattern may mean several', () =>
    read(
      `Parameters:\n  Env: { Type: String }\n${packsNamed(['!Join ["", [operational-best-practices-for-a, !Ref Env]]'])}`,
      [
        'operational-best-practices-for-amazon-s3: 61.5% · 5 of 5 rules failing · us-east-1',
        'operational-best-practices-for-aws-identity-and-access-management: 84% · 3 of 9 rules failing · us-east-1',
      ],
    ));

  it('is nothing where nothing is deployed', () => read(packsNamed(['no-such-pack']), []));
});
