import assert from 'node:assert/strict';
import { CancellationTokenSource, LanguageModelTextPart, lm } from 'vscode';
import {
  aggregateComplianceOutput,
  aggregateRulesOutput,
  organizationOverviewOutput,
  packDetailsOutput,
  scoresOutput,
} from '../../src/views/tools/outputSchemas.ts';
import { validateSchema } from '../../src/views/tools/schema.ts';
import { largeEstateAccount } from '../support/extensionHost/testEstate.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getExtension, type Packscope, resetPackscope } from './packscope.ts';
import { withAccount } from './withAccount.ts';

interface ToolOutput {
  readonly complete: boolean;
  readonly cut: readonly string[];
  readonly notRead: readonly { reason: string; permission?: string }[];
  readonly packs: readonly { name: string; score: number | null; rules: readonly { name: string }[] }[];
  readonly rows: readonly { account: string }[];
  /** Of `packscope_aggregateRules`. */
  readonly rules: readonly { rule: string; accounts: number }[];
  readonly counts: { readonly groups: readonly { name: string; nonCompliantPacks: number }[] };
}

const outputs = {
  packscope_scores: scoresOutput,
  packscope_packDetails: packDetailsOutput,
  packscope_aggregateCompliance: aggregateComplianceOutput,
  packscope_organizationOverview: organizationOverviewOutput,
  packscope_aggregateRules: aggregateRulesOutput,
};
type ToolName = keyof typeof outputs;

/** The input of each tool in tests that run it on any estate. */
const inputs: Record<ToolName, object> = {
  packscope_scores: {},
  packscope_packDetails: { name: 'operational-best-practices-for-amazon-s3' },
  packscope_aggregateCompliance: { countBy: 'region' },
  packscope_organizationOverview: {},
  packscope_aggregateRules: {},
};
const names = Object.keys(outputs) as ToolName[];

/** Invokes a tool as an agent does, outside of a chat, and validates its output. */
async function invoke(
  name: ToolName,
  input: object = inputs[name],
  cancel = new CancellationTokenSource(),
): Promise<ToolOutput> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined }, cancel.token);
  assert.equal(content.length, 1);
  const [part] = content;
  assert(part instanceof LanguageModelTextPart);
  const output = JSON.parse(part.value);
  assert.equal(validateSchema(outputs[name], output), undefined);
  return output;
}

describe('agent tools', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope();
    packscope.estate.reset();
  });

  afterEach(async () => {
    assert.equal(packscope.tree.isVisible, false, 'The view must stay hidden');
    await configService.setFaults({});
    packscope.estate.reset();
  });

  it('are registered as they are declared', () => {
    const declared: { name: string; modelDescription: string; inputSchema: object }[] =
      getExtension().packageJSON.contributes.languageModelTools;
    const registered = lm.tools.filter(({ name }) => name.startsWith('packscope_'));
    assert.deepEqual(registered.map(({ name }) => name).sort(), [...names].sort());
    for (const { name, description, inputSchema } of registered) {
      const declaration = declared.find((each) => each.name === name);
      assert.deepEqual(
        { description, inputSchema },
        { description: declaration?.modelDescription, inputSchema: declaration?.inputSchema },
      );
    }
  });

  it('work without a prompt and without the view', async () => {
    const scores = await invoke('packscope_scores', { scoreBelow: 70 });
    assert.deepEqual(
      scores.packs.map(({ score }) => score),
      [43.18, 61.54, 67.5],
    );
    assert.equal(scores.complete, true);
    const [pack] = (await invoke('packscope_packDetails')).packs;
    assert.equal(pack?.rules.length, 5);
    const { rows, counts } = await invoke('packscope_aggregateCompliance');
    assert.equal(rows.length, 50);
    assert(counts.groups.length > 0);
    const overview = await invoke('packscope_organizationOverview');
    assert(overview.packs.length > 0);
    const { rules } = await invoke('packscope_aggregateRules');
    assert(rules.length > 0);
  });

  for (const name of names) {
    it(`report that nobody is signed in: ${name}`, () =>
      withAccount(packscope, undefined, async () => {
        const { complete, notRead } = await invoke(name);
        assert.equal(complete, false);
        assert.deepEqual(
          notRead.map(({ reason }) => reason.split(':')[0]),
          ['Not signed in to AWS'],
        );
      }));

    it(`report an expired session: ${name}`, async () => {
      await configService.setFaults({ expiredCredentials: true });
      const { complete, notRead } = await invoke(name);
      assert.equal(complete, false);
      assert.match(notRead[0]?.reason ?? '', /^Your AWS session has expired/);
    });

    it(`return nothing for an empty estate: ${name}`, async () => {
      const { estate } = await resetPackscope({ connections: [{ regions: ['us-nowhere-0'] }] });
      estate.reset();
      const { complete, notRead, packs, rows, rules } = await invoke(name);
      assert.deepEqual(
        { complete, notRead, items: packs ?? rows ?? rules },
        { complete: true, notRead: [], items: [] },
      );
    });
  }

  const denials = {
    packscope_scores: 'ListConformancePackComplianceScores',
    packscope_packDetails: 'GetConformancePackComplianceDetails',
    packscope_aggregateCompliance: 'GetAggregateConformancePackComplianceSummary',
    packscope_organizationOverview: 'GetAggregateConformancePackComplianceSummary',
  } as const;
  for (const name of Object.keys(denials) as (keyof typeof denials)[]) {
    it(`name a missing permission beside the available data: ${name}`, async () => {
      await configService.setFaults({ refuse: { [denials[name]]: { name: 'AccessDeniedException' } } });
      const { notRead, packs, rows } = await invoke(name);
      assert.equal(notRead[0]?.permission, `config:${denials[name]}`);
      assert((packs ?? rows).length > 0);
    });
  }

  it('need few requests for ten million rows', () =>
    withAccount(packscope, largeEstateAccount, async () => {
      await configService.clearRequests();
      const { rows, counts, cut, complete } = await invoke('packscope_aggregateCompliance', {
        countBy: 'account',
        limit: 20,
      });
      assert.equal(rows.length, 20);
      assert.equal(complete, false);
      assert.equal(cut.length, 2);
      assert.equal(counts.groups.length, 500);
      const requests = Map.groupBy(await configService.getRequests(), ({ operation }) => operation);
      assert.equal(requests.get('DescribeAggregateComplianceByConformancePacks')?.length, 1);
      assert.equal(requests.get('GetAggregateConformancePackComplianceSummary')?.length, 5);
      const { packs } = await invoke('packscope_scores');
      assert(packs.length > 40);
      const [worst] = packs;
      assert(worst);
      const [details] = (await invoke('packscope_packDetails', { name: worst.name })).packs;
      assert.equal(details?.rules.length, 20);
    }));

  it('keep to the token budget', async () => {
    const countTokens = async (text: string) => Math.ceil(text.length / 4);
    const { content } = await lm.invokeTool('packscope_scores', {
      input: {},
      toolInvocationToken: undefined,
      tokenizationOptions: { tokenBudget: 600, countTokens },
    });
    const [part] = content;
    assert(part instanceof LanguageModelTextPart && (await countTokens(part.value)) <= 600);
    const { packs, cut }: ToolOutput = JSON.parse(part.value);
    assert(packs.length > 0 && packs.length < 14 && cut.length === 1);
  });

  it('reject invalid input with the allowed values', async () => {
    await assert.rejects(invoke('packscope_scores', { limit: 0 }), /limit must be of type integer, from 1 to 500/);
    await assert.rejects(invoke('packscope_scores', { profile: 'audit' }), /Unknown member profile\. Allowed: name, /);
    await assert.rejects(
      invoke('packscope_scores', { connection: 'audit' }),
      /Unknown connection audit. Available: default/,
    );
    await assert.rejects(invoke('packscope_packDetails', {}), /name is missing/);
    await assert.rejects(
      invoke('packscope_aggregateCompliance', { status: 'BAD' }),
      /NON_COMPLIANT, INSUFFICIENT_DATA/,
    );
  });

  it('abort their requests when they are cancelled', async () => {
    await invoke('packscope_scores');
    await configService.setFaults({ latencyMs: 60_000, only: ['DescribeAggregateComplianceByConformancePacks'] });
    const cancel = new CancellationTokenSource();
    const rejection = assert.rejects(invoke('packscope_aggregateCompliance', {}, cancel));
    const list = packscope.estate.getStore({}).getAggregateRows('organization', {});
    await until('the rows to load', () => list.state === 'loading');
    cancel.cancel();
    await rejection;
    await until('the load to end', () => list.state !== 'loading');
    assert.deepEqual(list.errors, []);
  });
});
