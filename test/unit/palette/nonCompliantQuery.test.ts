import assert from 'node:assert/strict';
import { NonCompliantQuery } from '../../../src/views/palette/nonCompliantQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { until } from '../../support/workbench/until.ts';
import { withTree } from '../tree/openTree.ts';
import { answerOf, askingOf, shown } from './queries.ts';

const large = () => generatedEstate({ accounts: 400, regions: 3, packs: 5 });

describe('a question about non-compliant packs', () => {
  it('asks which aggregator where there are several, and goes on with its rows', () =>
    withTree({}, async (tree) => {
      const question = new NonCompliantQuery(askingOf(tree));
      const aggregators = await answerOf(question);
      const [first] = aggregators;
      assert(first && aggregators.length > 1);
      question.continueFrom(first.pick);
      const rows = await answerOf(question);
      assertGolden(import.meta.url, 'non-compliant.txt', `${shown([...aggregators, ...rows.slice(0, 12)])}\n`);
      for (const { description, detail } of rows) {
        assert.match(description ?? '', /^\d+ of \d+ rules passing$/);
        assert.match(detail ?? '', /^\d{12} · [\w-]+ · read just now$/);
      }
    }));

  it('shows the one aggregator’s at once, and goes on where the person wants more', () =>
    withTree({ estate: large() }, async (tree) => {
      const question = new NonCompliantQuery(askingOf(tree));
      const lines = await answerOf(question);
      const more = lines.at(-1);
      assert(more?.pick.kind === 'more' && lines.length > 500 && lines.length < 650, `${lines.length}`);
      assert.equal(more.description, `${lines.length - 1} loaded`);
      question.continueFrom(more.pick);
      const further = await answerOf(question);
      assert(further.length >= lines.length + 500);
      assert.deepEqual(
        further.slice(0, lines.length - 1).map(({ key }) => key),
        lines.slice(0, -1).map(({ key }) => key),
      );
    }));

  it('picks the connection that answers for a row’s place, where there is one', () =>
    withTree({}, async (tree) => {
      const question = new NonCompliantQuery(askingOf(tree));
      const [first] = await answerOf(question);
      assert(first);
      question.continueFrom(first.pick);
      const picks = (await answerOf(question)).flatMap(({ pick }) => (pick.kind === 'pack' ? [pick.pack] : []));
      const { account, region } = tree.service.estate.home;
      for (const pick of picks) if ('row' in pick) assert(pick.row.account !== account || pick.row.region !== region);
      assert(picks.some((pick) => 'scope' in pick) && picks.some((pick) => 'row' in pick));
    }));

  it('says why there is nothing', async () => {
    const said: string[] = [];
    await withTree({}, async (tree) => {
      said.push(shown(await answerOf(new NonCompliantQuery(askingOf(tree, [{ region: 'us-nowhere-1' }])))));
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'AccessDeniedException' } } };
      said.push(shown(await answerOf(new NonCompliantQuery(askingOf(tree, [{ region: 'us-east-1' }])))));
    });
    await withTree({ estate: large() }, async (tree) => {
      tree.service.faults = {
        refuse: { DescribeAggregateComplianceByConformancePacks: { name: 'AccessDeniedException' } },
      };
      said.push(shown(await answerOf(new NonCompliantQuery(askingOf(tree)))));
    });
    await withTree({ signedOut: true }, async (tree) => {
      said.push(shown(await answerOf(new NonCompliantQuery(askingOf(tree)))));
    });
    assertGolden(import.meta.url, 'non-compliant-nothing.txt', `${said.join('\n')}\n`);
  });

  it('calls off only what it began itself', () =>
    withTree({ estate: large() }, async (tree) => {
      const list = tree.estate.store({}).rows('organization', { compliance: 'NON_COMPLIANT' });
      tree.service.faults = { latencyMs: 60_000 };
      const own = new AbortController();
      const reading = list.loadUpTo(10, own.signal);
      await until('a request', () => list.state === 'loading');
      own.abort();
      await reading;
      assert.equal(list.state, 'idle');

      tree.service.faults = { latencyMs: 100 };
      const others = list.loadMore();
      const joined = new AbortController();
      const joining = list.loadUpTo(1000, joined.signal);
      joined.abort();
      await Promise.all([others, joining]);
      assert.equal(list.rows.length, 100);
    }));
});
