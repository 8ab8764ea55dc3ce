import assert from 'node:assert/strict';
import { CancellationTokenSource, LanguageModelTextPart, lm } from 'vscode';
import { aggregateComplianceOutput, packDetailsOutput, scoresOutput } from '../../src/views/tools/outputs.ts';
import { problemOf } from '../../src/views/tools/schema.ts';
import { largeEstateAccount } from '../support/extensionHost/testEstate.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getExtension, type Packscope, resetPackscope } from './packscope.ts';
import { withAccount } from './withAccount.ts';

interface Answer {
  readonly complete: boolean;
  readonly cut: readonly string[];
  readonly notRead: readonly { reason: string; permission?: string }[];
  readonly packs: readonly { name: string; score: number | null; rules: readonly { name: string }[] }[];
  readonly rows: readonly { account: string }[];
  readonly counts: { readonly groups: readonly { name: string; nonCompliantPacks: number }[] };
}

const outputs = {
  packscope_scores: scoresOutput,
  packscope_packDetails: packDetailsOutput,
  packscope_aggregateCompliance: aggregateComplianceOutput,
};
type ToolName = keyof typeof outputs;

/** What each tool is asked where the estate does not matter. */
const inputs: Record<ToolName, object> = {
  packscope_scores: {},
  packscope_packDetails: { name: 'operational-best-practices-for-amazon-s3' },
  packscope_aggregateCompliance: { countBy: 'region' },
};
const names = Object.keys(outputs) as ToolName[];

/** Asks a tool as an assistant does, outside any chat. */
async function ask(
  name: ToolName,
  input: object = inputs[name],
  cancel = new CancellationTokenSource(),
): Promise<Answer> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined }, cancel.token);
  assert.equal(content.length, 1);
  const [part] = content;
  assert(part instanceof LanguageModelTextPart);
  const answer = JSON.parse(part.value);
  assert.equal(problemOf(outputs[name], answer), undefined);
  return answer;
}

describe('what assistants ask', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope();
    packscope.estate.reset();
  });

  afterEach(async () => {
    assert.equal(packscope.tree.isVisible, false, 'the view stayed shut');
    await configService.setFaults({});
    packscope.estate.reset();
  });

  it('is declared as it is offered', () => {
    const declared: { name: string; modelDescription: string; inputSchema: object }[] =
      getExtension().packageJSON.contributes.languageModelTools;
    const offered = lm.tools.filter(({ name }) => name.startsWith('packscope_'));
    assert.deepEqual(offered.map(({ name }) => name).sort(), [...names].sort());
    for (const { name, description, inputSchema } of offered) {
      const known = declared.find((each) => each.name === name);
      assert.deepEqual(
        { description, inputSchema },
        { description: known?.modelDescription, inputSchema: known?.inputSchema },
      );
    }
  });

  it('is answered without a prompt, with the view never opened', async () => {
    const scores = await ask('packscope_scores', { scoreBelow: 70 });
    assert.deepEqual(
      scores.packs.map(({ score }) => score),
      [43.18, 61.54, 67.5],
    );
    assert.equal(scores.complete, true);
    const [pack] = (await ask('packscope_packDetails')).packs;
    assert.equal(pack?.rules.length, 5);
    const { rows, counts } = await ask('packscope_aggregateCompliance');
    assert.equal(rows.length, 50);
    assert(counts.groups.length > 0);
  });

  for (const name of names) {
    it(`says through ${name} that nobody is signed in`, () =>
      withAccount(packscope, undefined, async () => {
        const { complete, notRead } = await ask(name);
        assert.equal(complete, false);
        assert.deepEqual(
          notRead.map(({ reason }) => reason.split(':')[0]),
          ['Not signed in to AWS'],
        );
      }));

    it(`says through ${name} that the sign-in has expired`, async () => {
      await configService.setFaults({ expiredCredentials: true });
      const { complete, notRead } = await ask(name);
      assert.equal(complete, false);
      assert.match(notRead[0]?.reason ?? '', /^The sign-in to AWS has expired/);
    });

    it(`gives through ${name} an empty answer of an empty estate`, async () => {
      const { estate } = await resetPackscope({ connections: [{ regions: ['us-nowhere-0'] }] });
      estate.reset();
      const { complete, notRead, packs, rows } = await ask(name);
      assert.deepEqual({ complete, notRead, found: packs ?? rows }, { complete: true, notRead: [], found: [] });
    });
  }

  const denials = {
    packscope_scores: 'ListConformancePackComplianceScores',
    packscope_packDetails: 'GetConformancePackComplianceDetails',
    packscope_aggregateCompliance: 'GetAggregateConformancePackComplianceSummary',
  } as const;
  for (const name of names) {
    it(`names through ${name} the permission that is missing, beside what may be read`, async () => {
      await configService.setFaults({ refuse: { [denials[name]]: { name: 'AccessDeniedException' } } });
      const { notRead, packs, rows } = await ask(name);
      assert.equal(notRead[0]?.permission, `config:${denials[name]}`);
      assert((packs ?? rows).length > 0);
    });
  }

  it('is answered of ten million rows with a few requests', () =>
    withAccount(packscope, largeEstateAccount, async () => {
      await configService.clearRequests();
      const { rows, counts, cut, complete } = await ask('packscope_aggregateCompliance', {
        countBy: 'account',
        limit: 20,
      });
      assert.equal(rows.length, 20);
      assert.equal(complete, false);
      assert.equal(cut.length, 2);
      assert.equal(counts.groups.length, 500);
      const asked = Map.groupBy(await configService.getRequests(), ({ operation }) => operation);
      assert.equal(asked.get('DescribeAggregateComplianceByConformancePacks')?.length, 1);
      assert.equal(asked.get('GetAggregateConformancePackComplianceSummary')?.length, 5);
      const { packs } = await ask('packscope_scores');
      assert(packs.length > 40);
      const [worst] = packs;
      assert(worst);
      const [details] = (await ask('packscope_packDetails', { name: worst.name })).packs;
      assert.equal(details?.rules.length, 20);
    }));

  it('is answered within the tokens that its asker has', async () => {
    const countTokens = async (text: string) => Math.ceil(text.length / 4);
    const { content } = await lm.invokeTool('packscope_scores', {
      input: {},
      toolInvocationToken: undefined,
      tokenizationOptions: { tokenBudget: 600, countTokens },
    });
    const [part] = content;
    assert(part instanceof LanguageModelTextPart && (await countTokens(part.value)) <= 600);
    const { packs, cut }: Answer = JSON.parse(part.value);
    assert(packs.length > 0 && packs.length < 14 && cut.length === 1);
  });

  it('is refused with what is allowed, where it is wrong', async () => {
    await assert.rejects(ask('packscope_scores', { limit: 0 }), /limit must be of type integer, from 1 to 500/);
    await assert.rejects(ask('packscope_scores', { profile: 'audit' }), /There is no profile: allowed are name, /);
    await assert.rejects(ask('packscope_scores', { connection: 'audit' }), /no connection audit: allowed are default/);
    await assert.rejects(ask('packscope_packDetails', {}), /name is missing/);
    await assert.rejects(ask('packscope_aggregateCompliance', { status: 'BAD' }), /NON_COMPLIANT, INSUFFICIENT_DATA/);
  });

  it('is called off with its requests', async () => {
    await ask('packscope_scores');
    await configService.setFaults({ latencyMs: 60_000, only: ['DescribeAggregateComplianceByConformancePacks'] });
    const cancel = new CancellationTokenSource();
    const asking = assert.rejects(ask('packscope_aggregateCompliance', {}, cancel));
    const list = packscope.estate.getStore({}).getAggregateRows('organization', {});
    await until('the rows to be asked for', () => list.state === 'loading');
    cancel.cancel();
    await asking;
    await until('the request to end', () => list.state !== 'loading');
    assert.deepEqual(list.errors, []);
  });
});
