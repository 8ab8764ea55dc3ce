import assert from 'node:assert/strict';
import { formatCodeLenses } from '../../../src/views/editor/codeLensText.ts';
import type { TreeOptions } from '../../support/tree/openTree.ts';
import { indexOf, type LookupHarness, loadEverything, onlyPack, packsNamed, withLookup } from './lookupHarness.ts';

const formatTitles = ({ lookup }: LookupHarness, text: string): string[] => {
  const index = indexOf(text);
  return formatCodeLenses(lookup.find(index, onlyPack(index)), (pack) => lookup.getRuleCounts(pack)).map(
    ({ title }) => title,
  );
};

const assertTitles = (text: string, expected: readonly string[], options: TreeOptions = {}) =>
  withLookup(options, async (harness) => {
    assert.deepEqual(formatTitles(harness, text), []);
    await loadEverything(harness, indexOf(text));
    assert.deepEqual(formatTitles(harness, text), expected);
  });

const s3 = packsNamed(['operational-best-practices-for-amazon-s3']);

describe('formatCodeLenses', () => {
  it('shows the score, the failing rules and the region', () =>
    assertTitles(s3, ['61.5% · 5 of 5 rules failing · us-east-1']));

  it('omits the rules before they are loaded', () =>
    withLookup({}, async (harness) => {
      await harness.lookup.requestPacks(indexOf(s3));
      await harness.waitUntilIdle();
      assert.deepEqual(formatTitles(harness, s3), ['61.5% · us-east-1']);
    }));

  it('omits the rules if listing them is denied, even if failing results name some of them', () =>
    withLookup({ attempts: 1 }, async (harness) => {
      harness.service.faults = { refuse: { DescribeConformancePackCompliance: { name: 'AccessDeniedException' } } };
      await loadEverything(harness, indexOf(s3));
      assert.deepEqual(formatTitles(harness, s3), ['61.5% · us-east-1']);
    }));

  it('takes the counts from an aggregator’s row without a request', () =>
    withLookup({}, async (harness) => {
      await harness.lookup.requestPacks(indexOf(s3));
      await harness.estate.getStore({}).getAggregateRows('organization', {}).loadAll();
      await harness.waitUntilIdle();
      harness.service.requests.clear();
      assert.deepEqual(formatTitles(harness, s3), ['61.5% · 5 of 5 rules failing · us-east-1']);
      harness.lookup.requestRuleCounts(indexOf(s3));
      await harness.waitUntilIdle();
      assert.equal(harness.service.requests.count(), 0);
    }));

  it('counts the rules of a document’s only pack after one request', () =>
    withLookup({}, async (harness) => {
      const index = indexOf(s3);
      await harness.lookup.requestPacks(index);
      await harness.waitUntilIdle();
      harness.service.requests.clear();
      for (let i = 0; i < 100; i += 1) harness.lookup.requestRuleCounts(index);
      await harness.waitUntilIdle();
      assert.deepEqual(
        harness.service.requests.map(({ operation }) => operation),
        ['DescribeConformancePackCompliance'],
      );
      assert.deepEqual(formatTitles(harness, s3), ['61.5% · 5 of 5 rules failing · us-east-1']);
    }));

  const iam = 'operational-best-practices-for-aws-identity-and-access-management';
  const several = {
    'two packs': packsNamed(['operational-best-practices-for-amazon-s3', iam]),
    'one pack with two possible names': `Conditions: { Prod: !Equals [!Ref AWS::StackName, prod] }\n${packsNamed([`!If [Prod, operational-best-practices-for-amazon-s3, ${iam}]`])}`,
  };
  for (const [what, text] of Object.entries(several)) {
    it(`requests no rules if a document has ${what}`, () =>
      withLookup({}, async (harness) => {
        const index = indexOf(text);
        await harness.lookup.requestPacks(index);
        await harness.waitUntilIdle();
        assert.equal(harness.lookup.getLoadedPacks().length, 2);
        harness.service.requests.clear();
        harness.lookup.requestRuleCounts(index);
        await harness.waitUntilIdle();
        assert.equal(harness.service.requests.count(), 0);
      }));
  }

  it('shows a deployment state other than CREATE_COMPLETE', () =>
    assertTitles(packsNamed(['operational-best-practices-for-encryption-and-keys']), [
      'no score · CREATE_FAILED · us-east-1',
    ]));

  it('shows one line per account and region', () =>
    assertTitles(
      packsNamed(['operational-best-practices-for-aws-identity-and-access-management']),
      ['84% · 3 of 9 rules failing · us-east-1', '97% · 1 of 9 rules failing · eu-central-1'],
      { connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] },
    ));

  it('names each pack that matches a pattern', () =>
    assertTitles(
      `Parameters:\n  Env: { Type: String }\n${packsNamed(['!Join ["", [operational-best-practices-for-a, !Ref Env]]'])}`,
      [
        'operational-best-practices-for-amazon-s3: 61.5% · 5 of 5 rules failing · us-east-1',
        'operational-best-practices-for-aws-identity-and-access-management: 84% · 3 of 9 rules failing · us-east-1',
      ],
    ));

  it('shows nothing if no pack is deployed', () => assertTitles(packsNamed(['no-such-pack']), []));
});
