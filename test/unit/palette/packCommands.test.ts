import assert from 'node:assert/strict';
import type { PackRef } from '../../../src/compliance/packRef.ts';
import type { ConsoleSignIn } from '../../../src/compliance/text/consoleUrls.ts';
import type { OpenOptions } from '../../../src/views/panel/packPanels.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { createPalette } from './queries.ts';

const pack = 'operational-best-practices-for-amazon-s3';
const home = { account: '318604927715', region: 'us-east-1' };
const other = { account: '104857391826', region: 'us-east-1' };
const rule = 's3-bucket-versioning-enabled-conformance-pack-qqcntbc82';
const configPage = 'https://us-east-1.console.aws.amazon.com/config/home?region=us-east-1';

/** The nodes of the pack with its first rule and its first failing resource, and an aggregator's row. */
async function getNodes({
  shown: { model },
  estate,
}: OpenTree): Promise<Readonly<Record<string, TreeNode | undefined>>> {
  const packNode = await model.findPack({}, pack);
  assert(packNode);
  const rules = estate.getStore({}).getRuleList(pack);
  await rules.loadMore();
  await rules.failingResults.loadAll();
  const [ruleNode] = model.getChildren(packNode);
  const [evaluation] = ruleNode ? model.getChildren(ruleNode) : [];
  return { pack: packNode, rule: ruleNode, evaluation };
}

describe('commands about a pack', () => {
  let opened: unknown[];
  let messages: unknown[];

  before(async () => {
    stubVSCode();
    const { env, window } = await import('vscode');
    Object.assign(env, { openExternal: (url: string) => opened.push(url), uriScheme: 'vscode' });
    Object.assign(env.clipboard, { writeText: (text: string) => opened.push(text) });
    Object.assign(window, { showInformationMessage: (text: string) => messages.push(text) });
  });

  beforeEach(() => {
    opened = [];
    messages = [];
  });

  const loadCommands = () => import('../../../src/views/palette/commands.ts');

  describe('Open Pack', () => {
    it('opens the panel at the rule of a rule, a resource or the arguments', () =>
      withTree({}, async (tree) => {
        const calls: unknown[] = [];
        const open = async (target: PackRef, { showRule }: OpenOptions = {}) => {
          calls.push(['row' in target ? target.row.pack : target.name, showRule]);
        };
        const commandContext = createPalette(tree, { open });
        const { openPack } = await loadCommands();
        const nodes = await getNodes(tree);
        for (const node of [nodes.pack, nodes.rule, nodes.evaluation, { name: pack, ...home, rule }])
          await openPack(commandContext, node);
        assert(nodes.rule?.kind === 'rule');
        const { name } = nodes.rule.rule;
        assert.deepEqual(calls, [
          [pack, undefined],
          [pack, name],
          [pack, name],
          [pack, rule],
        ]);
      }));
  });

  describe('Open in Console', () => {
    const run = async (tree: OpenTree, args: unknown, signIn?: ConsoleSignIn): Promise<unknown> => {
      const { openInConsole } = await loadCommands();
      await openInConsole(createPalette(tree, { loadConsoleSignIn: async () => signIn }), args);
      return opened.pop();
    };

    it('opens the page of a pack, a rule or a resource', () =>
      withTree({}, async (tree) => {
        const nodes = await getNodes(tree);
        assert(nodes.rule?.kind === 'rule' && nodes.evaluation?.kind === 'evaluation');
        const { resourceId, resourceType } = nodes.evaluation.evaluation;
        const packPage = `${configPage}#/conformance-packs/details?conformancePackName=${pack}`;
        assert.equal(await run(tree, nodes.pack), packPage);
        assert.equal(await run(tree, { name: pack }), packPage);
        assert.equal(
          await run(tree, nodes.rule),
          `${configPage}#/rules/details?configRuleName=${nodes.rule.rule.name}`,
        );
        const query = new URLSearchParams({ resourceId, resourceType });
        assert.equal(await run(tree, nodes.evaluation), `${configPage}#/resources/timeline?${query}`);
      }));

    it('keeps the encoding of a resource that a panel names', () =>
      withTree({}, async (tree) => {
        const args = { linked: { name: pack, ...home }, resource: { type: 'AWS::S3::Bucket', id: 'a&b#%' } };
        assert.equal(
          await run(tree, args),
          `${configPage}#/resources/timeline?resourceId=a%26b%23%25&resourceType=AWS%3A%3AS3%3A%3ABucket`,
        );
      }));

    it('opens the page of an aggregator’s row in the row’s region', () =>
      withTree({}, async (tree) => {
        const [row] = await readRows(tree);
        assert(row);
        assert.equal(
          await run(tree, { name: row.pack, account: row.account, region: row.region, aggregator: 'organization' }),
          `https://${row.region}.console.aws.amazon.com/config/home?region=${row.region}#/conformance-packs/details?conformancePackName=${row.pack}`,
        );
        assert.deepEqual(messages, []);
      }));

    it('signs in to the account of the profile, and to no other', () =>
      withTree({}, async (tree) => {
        const signIn = { startUrl: 'https://example.awsapps.com/start/#/', account: home.account, role: 'Audit' };
        const destination = encodeURIComponent(`${configPage}#/conformance-packs/details?conformancePackName=${pack}`);
        assert.equal(
          await run(tree, { name: pack }, signIn),
          `https://example.awsapps.com/start/#/console?account_id=${home.account}&role_name=Audit&destination=${destination}`,
        );
        assert.match(
          String(await run(tree, { name: pack }, { ...signIn, account: other.account })),
          /^https:\/\/us-east-1\.console/,
        );
      }));

    async function readRows({ estate }: OpenTree) {
      const rows = estate.getStore({}).getAggregateRows('organization', { account: other.account });
      await rows.loadMore();
      return rows.rows;
    }
  });

  describe('with an active panel', () => {
    it('act on its pack without a picker', () =>
      withTree({}, async (tree) => {
        const revealed: string[] = [];
        const reveal = async (_: unknown, name: string) => {
          revealed.push(name);
        };
        const commandContext = createPalette(tree, { reveal, getActivePack: async () => ({ name: pack, ...home }) });
        const { copyName, copyLink, openInConsole, revealInTree } = await loadCommands();
        assert.equal(await copyName(commandContext, undefined), pack);
        assert.match(
          (await copyLink(commandContext, undefined)) ?? '',
          new RegExp(`name=${pack}&account=${home.account}`),
        );
        await revealInTree(commandContext, undefined);
        assert.deepEqual(revealed, [pack]);
        opened = [];
        await openInConsole(commandContext, undefined);
        assert.match(String(opened[0]), new RegExp(`conformancePackName=${pack}$`));
      }));
  });
});
