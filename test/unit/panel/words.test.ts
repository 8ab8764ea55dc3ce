import { expectedGain } from '../../../src/compliance/impact.ts';
import { headOf, headWithout } from '../../../src/views/panel/facts.ts';
import { linesOf } from '../../../src/webview/lines.ts';
import type { Facts, View } from '../../../src/webview/state.ts';
import {
  chosenWords,
  differenceWords,
  estimateWords,
  failingWords,
  filterWords,
  gainWords,
  progressWords,
  resultWords,
  stateWords,
} from '../../../src/webview/words.ts';
import { assertGolden } from '../../support/golden.ts';
import { withTree } from '../tree/openTree.ts';
import { factsOf, now, ruleLine, viewOf } from './fixtures.ts';

const rules = [
  ruleLine('s3-bucket-ssl-requests-only', { compliance: 'NON_COMPLIANT', controls: ['SC-8'], failing: 9, passing: 4 }),
  ruleLine('s3-bucket-logging-enabled', { compliance: 'NON_COMPLIANT', controls: ['AU-2'], failing: 1, passing: 12 }),
  ruleLine('redshift-require-tls-ssl', { compliance: 'INSUFFICIENT_DATA' }),
  ruleLine('s3-bucket-versioning-enabled', { compliance: 'COMPLIANT', passing: 13 }),
  ruleLine('a-rule-of-unknown-state'),
];

/** Facts with some of the results changed. */
function withResults(facts: Facts, change: Partial<NonNullable<Facts['results']>>): Facts {
  return facts.results ? { ...facts, results: { ...facts.results, ...change } } : facts;
}

const read = factsOf(rules, 74.36);
const failingOnly = withResults(read, { passing: { count: 20, complete: false }, loading: true });
const reading = withResults(read, { failing: { count: 7, complete: false }, passing: { count: 0, complete: false } });
const { head } = factsOf([]);
const loadingHead: Pick<Facts, 'head'> = head ? { head: { ...head, loading: true } } : {};
const situations: readonly (readonly [string, Facts, View])[] = [
  ['everything is read', read, viewOf({})],
  ['passing results still come', failingOnly, viewOf({})],
  [
    'failing results still come',
    withResults(reading, { loading: true }),
    viewOf({ chosen: ['s3-bucket-logging-enabled'] }),
  ],
  ['reading was called off', reading, viewOf({})],
  ['there is no score', factsOf(rules, null), viewOf({ chosen: ['s3-bucket-logging-enabled'] })],
  ['one rule is chosen', read, viewOf({ chosen: ['s3-bucket-logging-enabled'] })],
  ['two rules are chosen', read, viewOf({ chosen: rules.slice(0, 2).map(({ name }) => name) })],
  ['a rule that holds is chosen', read, viewOf({ chosen: ['s3-bucket-versioning-enabled'] })],
  ['a chosen rule is gone', read, viewOf({ chosen: ['no-such-rule'] })],
  ['the score is a point off', factsOf(rules, 75.3), viewOf({})],
  ['the score is old', factsOf(rules, 61.5), viewOf({})],
  ['everything holds', factsOf(rules.slice(3), 100), viewOf({})],
  ['the head is still read', { ...factsOf([]), ...loadingHead }, viewOf({})],
  ['a filter is set', read, viewOf({ text: ' S3 ', compliance: 'NON_COMPLIANT', control: 'SC-8' })],
];

describe('the words of the panel', () => {
  it('are these', () => {
    const text = situations.map(([situation, facts, view]) => `${situation}\n${linesFor(facts, view)}\n`).join('\n');
    assertGolden(import.meta.url, 'words.txt', text);
  });

  it('of a small or a whole gain', () => {
    const gains = [
      [60, 40],
      [0, 100],
      [99.9, 0.04],
      [99.9, 0.08],
      [99.9, expectedGain(99.9, 7, 7)],
      [61.54, expectedGain(61.54, 3, 25)],
    ] as const;
    const text = gains.map(([percent, gain]) => `${percent} and ${gain}: ${gainWords(factsOf([], percent), gain)}\n`);
    assertGolden(import.meta.url, 'gains.txt', text.join(''));
  });
});

function linesFor(facts: Facts, view: View): string {
  const table = linesOf(facts, view).flatMap((line) => {
    if (line.kind !== 'rule' || !facts.results) return [];
    const { rule, gain } = line;
    return [
      [rule.name, stateWords(rule), failingWords(rule, facts.results.passing), gainWords(facts, gain)].join(' | '),
    ];
  });
  return [
    resultWords(facts),
    progressWords(facts),
    filterWords(view),
    ...table,
    chosenWords(facts, view),
    estimateWords(facts, now),
    differenceWords(facts),
  ]
    .filter(Boolean)
    .map((line) => `  ${line}`)
    .join('\n');
}

describe("the panel's head", () => {
  it('tells of every pack of the demo', async () => {
    await withTree({}, async ({ estate }) => {
      const store = estate.store({});
      const packs = store.packs({ by: 'name', descending: false });
      await Promise.all([store.scope.loadMore(), packs.loadMore()]);
      const [scope] = store.scope.rows;
      if (!scope) throw new Error('The service says not who asks');
      const heads = packs.rows.map((pack) => {
        const { readAt, ...head } = headOf(
          { connection: { profile: 'audit' }, scope, name: pack.name },
          pack,
          packs,
          90,
        );
        return { ...head, readAt: typeof readAt };
      });
      assertGolden(import.meta.url, 'heads.txt', `${JSON.stringify(heads, null, 2)}\n`);
    });
  });

  it('tells nothing of a pack where the connection has become somebody else', async () => {
    await withTree({}, async ({ estate }) => {
      const scopes = estate.store({}).scope;
      const own = { account: '999999999999', partition: 'aws', region: 'us-east-1' };
      const before = headWithout({ connection: {}, scope: own, name: 'a-pack' }, scopes, 90);
      await scopes.loadMore();
      const after = headWithout({ connection: {}, scope: own, name: 'a-pack' }, scopes, 90);
      assertGolden(import.meta.url, 'heads-of-others.txt', `${JSON.stringify({ before, after }, null, 2)}\n`);
    });
  });
});
