import assert from 'node:assert/strict';
import { worstFirst } from '../../../src/compliance/source.ts';
import { failed, lowest, PackQuery, packsFor } from '../../../src/views/palette/packQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { until } from '../../support/workbench/until.ts';
import { withTree } from '../tree/openTree.ts';
import { answerOf, askingOf, shown } from './queries.ts';

const refused = (operation: string) => ({ refuse: { [operation]: { name: 'AccessDeniedException' } } });
const everything = packsFor('Find Conformance Pack');

describe('a question about the packs of one’s own scopes', () => {
  for (const [name, query] of Object.entries({ find: everything, lowest, failed })) {
    it(`reads like this: ${name}`, () =>
      withTree({}, async (tree) => {
        const lines = await answerOf(new PackQuery(askingOf(tree), query));
        assertGolden(import.meta.url, `${name}.txt`, `${shown(lines)}\n`);
      }));
  }

  it('joins several scopes, worst score first, what has no score last', () =>
    withTree({}, async (tree) => {
      const question = new PackQuery(askingOf(tree, [{ region: 'us-east-1' }, { region: 'eu-central-1' }]), lowest);
      await answerOf(question);
      const scores = question.packs.map(({ pack }) => pack.score?.percent ?? 101);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => a - b),
      );
      assert.equal(new Set(question.packs.map(({ scope }) => scope.region)).size, 2);
    }));

  it('says where it looked and found nothing', () =>
    withTree({}, async (tree) => {
      const asking = askingOf(tree, [{ region: 'us-nowhere-1' }]);
      const lines = await Promise.all(
        [everything, lowest, failed].map((query) => answerOf(new PackQuery(asking, query))),
      );
      const elsewhere = await answerOf(new PackQuery(askingOf(tree), lowest, { account: '000000000000' }));
      assertGolden(import.meta.url, 'nothing.txt', `${shown([...lines.flat(), ...elsewhere])}\n`);
    }));

  it('says that one is signed out, and never that there is nothing', () =>
    withTree({ signedOut: true }, async (tree) => {
      const question = new PackQuery(askingOf(tree), lowest);
      assertGolden(import.meta.url, 'signed-out.txt', `${shown(await answerOf(question))}\n`);
      assert.equal(question.missing.length, 1);
    }));

  it('names the permission that is missing; a neighbour’s costs its own part alone', () =>
    withTree({}, async (tree) => {
      tree.service.faults = refused('DescribeConformancePackStatus');
      const scores = new PackQuery(askingOf(tree), lowest);
      const lines = await answerOf(scores);
      assert.match(shown(lines), /lock \| Not permitted: config:DescribeConformancePackStatus/);
      assert(lines.length > 5);
      assert.deepEqual(scores.missing, []);
      const deployments = new PackQuery(askingOf(tree), failed);
      assert.match(shown(await answerOf(deployments)), /^lock \| Not permitted[^\n]*\n[^\n]*$/);
      assert.equal(deployments.missing.length, 1);
    }));

  it('asks again what did not come, when it is asked again', () =>
    withTree({}, async (tree) => {
      tree.service.faults = refused('ListConformancePackComplianceScores');
      const question = new PackQuery(askingOf(tree), lowest);
      await answerOf(question);
      tree.service.faults = {};
      const lines = await answerOf(question);
      assert(lines.every(({ pick }) => pick.kind === 'pack'));
    }));

  it('fills page by page', () =>
    withTree({ estate: generatedEstate({ accounts: 1, regions: 1, packs: 400 }), pageSize: 20 }, async (tree) => {
      const question = new PackQuery(askingOf(tree), everything);
      const counts: number[] = [];
      tree.estate.onDidChange(() => counts.push(question.lines(true, 0).length));
      await answerOf(question);
      assert(question.packs.length > 350);
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => a - b),
      );
    }));

  it('calls off what it alone was waiting for', () =>
    withTree({}, async (tree) => {
      tree.service.faults = { latencyMs: 60_000, only: ['ListConformancePackComplianceScores'] };
      const closed = new AbortController();
      const connection = { region: 'us-east-1' };
      const reading = new PackQuery(askingOf(tree, [connection]), lowest).read(closed.signal);
      const packs = tree.estate.store(connection).packs(worstFirst);
      await until('the scores to be asked', () => packs.state === 'loading');
      closed.abort();
      await reading;
      assert.notEqual(packs.state, 'loading');
    }));
});
