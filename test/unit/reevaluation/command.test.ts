import assert from 'node:assert/strict';
import { createAwsAccess } from '../../../src/aws/openSource.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { createPalette } from '../palette/queries.ts';

stubVSCode();
const vscode = await import('vscode');
const { reevaluateCommand } = await import('../../../src/views/reevaluate/reevaluate.ts');

const start = 'StartConfigRulesEvaluation';
const name = 'operational-best-practices-for-amazon-s3';

interface Editor {
  readonly isAllowed?: boolean;
  readonly isTrusted?: boolean;
  /** The button that the person clicks in dialogs. */
  readonly button?: string;
}

/** Runs the command with an argument in an editor with these settings. Hands the shown dialogs to `check`. */
async function withCommand(
  { isAllowed = true, isTrusted = true, button }: Editor,
  args: unknown,
  check: (
    outcome: Promise<unknown>,
    tree: OpenTree,
    dialogs: readonly string[],
    repeat: () => Promise<unknown>,
  ) => Promise<void>,
): Promise<void> {
  const dialogs: string[] = [];
  Object.assign(vscode.workspace, {
    isTrusted,
    getConfiguration: () => ({ get: (setting: string) => (setting === 'allowActions' ? isAllowed : undefined) }),
  });
  Object.assign(vscode.window, {
    showWarningMessage: async (text: string, options: { modal?: boolean; detail?: string } = {}) => {
      if (options.modal !== true) return undefined;
      dialogs.push(`${text}\n${options.detail}`);
      return button;
    },
    showInformationMessage: async () => undefined,
    withProgress: (_options: unknown, run: (progress: object, token: object) => unknown) =>
      run({ report: () => {} }, { onCancellationRequested: () => {} }),
  });
  await withTree({ attempts: 1, connections: [{}] }, async (tree) => {
    const { openRuleEvaluator } = createAwsAccess({ pageSize: () => 100, requestsPerSecond: () => 100, log: () => {} });
    const commandContext = createPalette(tree);
    const run = () =>
      reevaluateCommand({ commandContext, openEvaluator: openRuleEvaluator, pause: async () => {} }, args);
    await check(run(), tree, dialogs, run);
  });
}

describe('packscope.reevaluate', () => {
  it('sends the request after the confirmation, which names rules, account and region', () =>
    withCommand({ button: 'Re-evaluate' }, { name, failingOnly: true }, async (outcome, { service }, dialogs) => {
      const result = (await outcome) as { started: string[]; pending: string[]; changes: unknown[] };
      assert.equal(service.requests.count(start), 1);
      assert.equal(result.started.length, 5);
      assert.deepEqual([result.pending, result.changes], [[], []]);
      assert.equal(dialogs.length, 1);
      for (const text of ['5 rules', 's3-bucket-logging-enabled', service.estate.home.account, 'us-east-1'])
        assert(dialogs[0]?.includes(text), text);
    }));

  it('sends one request after a double click', () =>
    withCommand(
      { button: 'Re-evaluate' },
      { name, failingOnly: true },
      async (outcome, { service }, dialogs, repeat) => {
        const outcomes = await Promise.all([outcome, repeat(), repeat()]);
        assert.deepEqual([service.requests.count(start), dialogs.length], [1, 1]);
        assert.deepEqual(outcomes[1], outcomes[0]);
        // It is over: another click evaluates again.
        await repeat();
        assert.deepEqual([service.requests.count(start), dialogs.length], [2, 2]);
      },
    ));

  it('accepts rules by their names in the template', () =>
    withCommand({ button: 'Re-evaluate' }, { name, rules: ['s3-bucket-logging-enabled'] }, async (outcome) => {
      const { started } = (await outcome) as { started: string[] };
      assert.equal(started.length, 1);
      assert.match(started[0] ?? '', /^s3-bucket-logging-enabled-conformance-pack-/);
    }));

  for (const args of [{ name }, { name, failingOnly: true }, { name, rules: ['s3-bucket-logging-enabled'] }]) {
    it(`sends nothing without the confirmation: ${JSON.stringify(args)}`, () =>
      withCommand({}, args, async (outcome, { service }, dialogs) => {
        assert.equal(await outcome, undefined);
        assert.equal(dialogs.length, 1);
        assert.equal(service.requests.count(start), 0);
      }));
  }

  for (const args of [{ name, confirmed: true }, { name, rules: ['nothing'] }, { name: 'nowhere' }, 'all']) {
    it(`rejects ${JSON.stringify(args)} before the dialog`, () =>
      withCommand({ button: 'Re-evaluate' }, args, async (outcome, { service }, dialogs) => {
        await assert.rejects(outcome);
        assert.deepEqual([dialogs, service.requests.count(start)], [[], 0]);
      }));
  }

  for (const [what, editor, reason] of [
    ['the setting is off', { isAllowed: false }, /unless the setting packscope\.allowActions is on/],
    ['the workspace is not trusted', { isTrusted: false }, /not trusted/],
  ] as const) {
    it(`sends nothing at all if ${what}`, async () => {
      const confirming = { ...editor, button: 'Re-evaluate' };
      await withCommand(confirming, { name }, async (outcome, { service }, dialogs) => {
        await assert.rejects(outcome, reason);
        assert.deepEqual([dialogs, service.requests.count()], [[], 0]);
      });
      await withCommand(confirming, undefined, async (outcome, { service }) => {
        assert.equal(await outcome, undefined);
        assert.equal(service.requests.count(), 0);
      });
    });
  }
});
