import assert from 'node:assert/strict';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { assertGolden } from '../../support/golden.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { createPalette } from './queries.ts';

const home = { account: '318604927715', region: 'us-east-1' };
const name = 'operational-best-practices-for-amazon-s3';
const s3 = { name, ...home };
const organizationPack = {
  name: 'OrgConformsPack-data-protection-7hd2m0pz',
  aggregator: 'organization',
  account: '104857391826',
  region: 'us-east-1',
};

/** Runs `use` with the command on the demo estate. */
function withCommand(
  use: (run: (args: unknown, selection?: unknown) => Promise<string>, tree: OpenTree) => Promise<void>,
): Promise<void> {
  return withTree({}, async (tree) => {
    const { copyMarkdown } = await import('../../../src/views/palette/copyMarkdown.ts');
    const commandContext = createPalette(tree);
    await use(async (args, selection) => (await copyMarkdown(commandContext, args, selection)) ?? '', tree);
  });
}

/** The text without the times of this test run. */
const withoutTimes = (text: string): string =>
  text
    .replace(/^(- (?:Written|Rules read|Reading started|Reading finished): ).*$/gm, '$1…')
    .replace(/ \\\([a-z0-9 ]+ old when read\\\)/g, '');

/** Expands the node of a pack and its first rule, and returns the nodes below the pack. */
async function expandPack({
  shown,
}: OpenTree): Promise<{ rules: readonly TreeNode[]; resources: readonly TreeNode[] }> {
  shown.open();
  await shown.waitUntilIdle();
  const pack = shown.nodesOfKind('pack').find((node) => node.pack.name === name);
  assert(pack);
  shown.expand(pack);
  await shown.waitUntilIdle();
  const [rule] = shown.nodesOfKind('rule');
  assert(rule);
  shown.expand(rule);
  return { rules: shown.nodesOfKind('rule'), resources: shown.nodesOfKind('evaluation') };
}

describe('copyMarkdown', () => {
  let copied: string | undefined;
  let confirmations = 0;
  /** Ends when a progress is shown, which can cancel the command. */
  let progress = Promise.withResolvers<{ readonly cancel: () => void }>();

  before(async () => {
    stubVSCode();
    const { env, window } = await import('vscode');
    const task = { report: () => {} };
    const token = { onCancellationRequested: (cancel: () => void) => progress.resolve({ cancel }) };
    Object.assign(env.clipboard, {
      writeText: (text: string) => {
        copied = text;
      },
    });
    Object.assign(window, {
      withProgress: (_: unknown, run: (...args: unknown[]) => unknown) => run(task, token),
      setStatusBarMessage: () => {
        confirmations += 1;
      },
    });
  });

  for (const [title, args] of [
    ['a pack', s3],
    ['a rule', { ...s3, rule: 's3-bucket-ssl-requests-only' }],
    ['a pack of another account', organizationPack],
    ['an account and region', home],
    ['an account of an aggregator', { aggregator: 'organization', account: '104857391826' }],
  ] as const) {
    it(`copies ${title}`, () =>
      withCommand(async (run) => {
        const text = await run(args);
        assert.equal(copied, text);
        assertGolden(import.meta.url, `${title.replaceAll(' ', '-')}.md`, withoutTimes(text));
      }));
  }

  it('confirms what it copied', () =>
    withCommand(async (run) => {
      confirmations = 0;
      await run(s3);
      assert.equal(confirmations, 1);
    }));

  it('shows the progress of a pack that takes long, and copies nothing if the user cancels', () =>
    withCommand(async (run, { service }) => {
      // Finding the pack comes first.
      await run(organizationPack);
      progress = Promise.withResolvers();
      [copied, confirmations] = [undefined, 0];
      service.faults = { latencyMs: 60_000 };
      const running = run(organizationPack);
      (await progress.promise).cancel();
      assert.equal(await running, '');
      assert.deepEqual([copied, confirmations], [undefined, 0]);
    }));

  it('copies selected rules and resources, each pack once', () =>
    withCommand(async (run, tree) => {
      const { rules, resources } = await expandPack(tree);
      const selection = [resources[1], rules[1], resources[0]];
      assertGolden(import.meta.url, 'selection.md', withoutTimes(await run(selection[0], selection)));
    }));

  it('copies the same from the tree and by names', () =>
    withCommand(async (run, tree) => {
      const { rules, resources } = await expandPack(tree);
      const [rule] = tree.shown.nodesOfKind('rule');
      const [resource] = tree.shown.nodesOfKind('evaluation');
      assert(rule && resource && rules.length > 0 && resources.length > 0);
      const { resourceType: type, resourceId: id } = resource.evaluation;
      const pairs: readonly (readonly [TreeNode, object])[] = [
        [rule, { ...s3, rule: rule.rule.name }],
        [resource, { linked: s3, rule: rule.rule.name, resource: { type, id }, webview: 'packscope.pack' }],
      ];
      for (const [node, args] of pairs) assert.equal(withoutTimes(await run(node)), withoutTimes(await run(args)));
    }));

  it('copies exceptions that have been read, and reads none', () =>
    withCommand(async (run, { estate, service }) => {
      const rule = 's3-bucket-ssl-requests-only-conformance-pack-172lcbx9s';
      assert.doesNotMatch(await run({ ...s3, rule }), /Exception/);
      assert.equal(service.requests.count('DescribeRemediationExceptions'), 0);
      const exceptions = estate.getStore({}).getExceptions(rule);
      await exceptions.loadAll();
      assert(exceptions.rows.length > 0);
      assert.equal((await run({ ...s3, rule })).match(/ · Exception/g)?.length, exceptions.rows.length);
    }));

  it('rejects names that do not exist, and incomplete ones', () =>
    withCommand(async (run) => {
      const [rule, resource] = ['s3-bucket-ssl-requests-only', { type: 'AWS::S3::Bucket', id: 'nowhere' }];
      await assert.rejects(run({ ...s3, rule: 'no-such-rule' }), /has no rule no-such-rule\./);
      await assert.rejects(run({ ...s3, rule, resource }), /The resource nowhere \(AWS::S3::Bucket\) does not fail/);
      await assert.rejects(run({ ...s3, resource }), /rule: Specify the rule that the resource fails/);
      await assert.rejects(run({ account: home.account }), /Specify the name of a pack, an account and a region/);
      await assert.rejects(run({ aggregator: 'nowhere' }), /None of your connections has an aggregator nowhere/);
    }));

  it('rejects what cannot be read, and copies nothing', () =>
    withCommand(async (run, { service }) => {
      copied = undefined;
      service.faults = { refuse: { GetConformancePackComplianceDetails: { name: 'AccessDeniedException' } } };
      await assert.rejects(run(s3), /Not permitted: config:GetConformancePackComplianceDetails/);
      service.faults = { refuse: { DescribeAggregateComplianceByConfigRules: { name: 'AccessDeniedException' } } };
      await assert.rejects(run(organizationPack), /Not permitted: config:DescribeAggregateComplianceByConfigRules/);
      assert.equal(copied, undefined);
    }));
});
