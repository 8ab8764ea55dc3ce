import assert from 'node:assert/strict';
import { CancellationTokenSource, commands, env, lm, Uri, window } from 'vscode';
import { configService } from './configService.ts';
import { getExtension, getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

const name = 'operational-best-practices-for-amazon-s3';
const home = { account: '318604927715', region: 'us-east-1' };
const start = 'StartConfigRulesEvaluation';
const run = async (args?: unknown): Promise<unknown> => commands.executeCommand('packscope.reevaluate', args);

describe('Re-evaluate', () => {
  let packscope: Packscope;
  let button: string | undefined;
  const dialogs: string[] = [];
  const original = window.showWarningMessage;

  before(() => {
    Object.assign(window, {
      showWarningMessage: async (text: string, options: { modal?: boolean; detail?: string } | string) => {
        if (typeof options !== 'object' || !options.modal) return undefined;
        dialogs.push(`${text}\n${options.detail}`);
        return button;
      },
    });
  });
  after(async () => {
    Object.assign(window, { showWarningMessage: original });
    await resetPackscope({ allowActions: undefined });
  });

  const reset = async (allowActions: boolean | undefined) => {
    packscope = await resetPackscope({ allowActions });
    dialogs.length = 0;
    button = undefined;
    await configService.clearRequests();
  };
  const countStarts = async () =>
    (await configService.getRequests()).filter(({ operation }) => operation === start).length;

  it('is refused while the setting is off, without a dialog', async () => {
    await reset(undefined);
    button = 'Re-evaluate';
    await assert.rejects(run({ name }), /unless the setting packscope\.allowActions is on/);
    assert.equal(await run(), undefined);
    assert.deepEqual([dialogs, await countStarts()], [[], 0]);
  });

  it('asks for confirmation even with arguments, and sends nothing without it', async () => {
    await reset(true);
    assert.equal(await run({ name, ...home, failingOnly: true }), undefined);
    assert.equal(dialogs.length, 1);
    for (const text of [name, home.account, home.region, 's3-bucket-logging-enabled'])
      assert(dialogs[0]?.includes(text));
    assert.equal(await countStarts(), 0);
  });

  it('asks for confirmation on a node of the tree', async () => {
    await reset(true);
    await waitUntilLoaded(packscope);
    const pack = getNodesOfKind(packscope.tree, 'pack').find((node) => node.pack.name === name);
    assert(pack);
    await waitUntilLoaded(packscope, pack);
    const [rule] = packscope.tree.getChildren(pack);
    assert.equal(rule?.kind, 'rule');
    assert.equal(await run(rule), undefined);
    assert.match(dialogs[0] ?? '', /^Re-evaluate 1 rule of /);
    assert.equal(await countStarts(), 0);
  });

  it('is reached by no tool and by no link', async () => {
    await reset(true);
    button = 'Re-evaluate';
    const { languageModelTools } = getExtension().packageJSON.contributes;
    const input = { name, pack: name, action: 'reevaluate', rules: ['s3-bucket-logging-enabled'] };
    for (const tool of languageModelTools as { name: string }[]) {
      const { token } = new CancellationTokenSource();
      await lm.invokeTool(tool.name, { input, toolInvocationToken: undefined }, token).then(undefined, () => {});
    }
    for (const path of ['/reevaluate', '/pack', '/command/packscope.reevaluate']) {
      const query = `name=${name}&account=${home.account}&region=${home.region}&reevaluate=true`;
      await env
        .openExternal(Uri.parse(`${env.uriScheme}://packscope.packscope${path}?${query}`))
        .then(undefined, () => {});
    }
    assert.deepEqual([dialogs, await countStarts()], [[], 0]);
  });

  it('starts the evaluation once it is confirmed, and returns what changed', async () => {
    await reset(true);
    button = 'Re-evaluate';
    const result = (await run({ name, ...home, rules: ['s3-bucket-logging-enabled'] })) as Record<string, unknown[]>;
    assert.deepEqual([result.started?.length, result.pending, result.failed, result.unconfirmed], [1, [], [], []]);
    assert(Array.isArray(result.changes));
    assert.equal(await countStarts(), 1);
  });
});
