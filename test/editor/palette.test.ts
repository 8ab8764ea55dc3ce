import assert from 'node:assert/strict';
import { commands, Uri, window } from 'vscode';
import type { PackRef } from '../../src/compliance/packRef.ts';
import type { PackResult, RowResult } from '../../src/views/palette/commandResults.ts';
import { openLink } from '../../src/views/palette/openLink.ts';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { type Packscope, resetPackscope } from './packscope.ts';

const home = { account: '318604927715', region: 'us-east-1' };
const s3 = 'operational-best-practices-for-amazon-s3';

/** Each query with arguments that match everything, and the operation that it depends on. */
const queries = [
  { command: 'findPack', args: {}, operation: undefined },
  { command: 'lowestScores', args: {}, operation: 'ListConformancePackComplianceScores' },
  { command: 'failedDeployments', args: {}, operation: 'DescribeConformancePackStatus' },
  {
    command: 'nonCompliantPacks',
    args: { aggregator: 'organization' },
    operation: 'DescribeAggregateComplianceByConformancePacks',
  },
] as const;

let regions = 0;
/** Settings with a region that no test has used. */
const useNewRegion = () => ({ connections: [{ regions: [`us-palette-${++regions}`] }] });

const run = async <T>(command: string, args?: unknown): Promise<T> =>
  commands.executeCommand<T>(`packscope.${command}`, args);

describe('palette queries with arguments', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope();
  });

  afterEach(async () => {
    await configService.setFaults({});
    assert.equal(packscope.tree.isVisible, false, 'The view must stay hidden');
  });

  it('return packs as plain data, lowest score first, without a score last', async () => {
    const packs = await run<PackResult[]>('lowestScores', home);
    assert.equal(packs.length, 14);
    assert.deepEqual(JSON.parse(JSON.stringify(packs)), packs);
    const scores = packs.map(({ score = 101 }) => score);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => a - b),
    );
    const [worst] = packs;
    assert(worst?.readAt !== undefined);
    assert.deepEqual([worst.account, worst.region, worst.state], [home.account, home.region, 'DELETE_FAILED']);
    assert.deepEqual(await run('lowestScores', { below: 70, limit: 2 }), packs.slice(0, 2));
    assert.deepEqual(await run('findPack', home), packs);
  });

  it('return failed deployments with the reason', async () => {
    const packs = await run<PackResult[]>('failedDeployments', {});
    assert.deepEqual(packs.map(({ state }) => state).sort(), ['CREATE_FAILED', 'DELETE_FAILED']);
    for (const { reason } of packs) assert.match(reason ?? '', /The following resource\(s\) failed to/);
  });

  it('return non-compliant packs of an aggregator with rule counts and without a score', async () => {
    const all = await run<RowResult[]>('nonCompliantPacks', { aggregator: 'organization' });
    assert(all.every((row) => row.compliance === 'NON_COMPLIANT' && row.totalRules > 0 && !('score' in row)));
    const homeRows = await run<RowResult[]>('nonCompliantPacks', { aggregator: 'organization', ...home });
    const isHome = ({ account, region }: RowResult) => account === home.account && region === home.region;
    const names = (rows: RowResult[]) => rows.map(({ name }) => name);
    assert(homeRows.length > 0 && homeRows.every(isHome));
    assert.deepEqual(names(homeRows), names(all.filter(isHome)));
    assert.equal((await run<RowResult[]>('nonCompliantPacks', { aggregator: 'organization', limit: 3 })).length, 3);
  });

  for (const { command, args, operation } of queries) {
    it(`report an expired session: ${command}`, async () => {
      await resetPackscope(useNewRegion());
      await configService.setFaults({ expiredCredentials: true });
      await assert.rejects(
        run(command, args),
        /Your AWS session has expired\. Renew the credentials in the environment/,
      );
    });

    it(`return nothing for an empty estate: ${command}`, async () => {
      await resetPackscope(useNewRegion());
      if (command === 'nonCompliantPacks') await assert.rejects(run(command, args), /No aggregator organization/);
      else assert.deepEqual(await run(command, args), []);
    });

    it(`name the missing permission: ${command}`, async () => {
      await resetPackscope({ connections: [{ regions: ['us-east-1'] }] });
      const operations = operation
        ? [operation]
        : ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'];
      const refuse = Object.fromEntries(operations.map((each) => [each, { name: 'AccessDeniedException' }]));
      await configService.setFaults({ refuse });
      const message = new RegExp(`Not permitted: config:${operations[0]}`);
      if (command === 'findPack') return assert.rejects(run(command, { region: 'us-east-1' }), message);
      return assert.rejects(run(command, args), message);
    });

    it(`reject unknown and invalid arguments: ${command}`, async () => {
      await assert.rejects(run(command, { ...args, pack: s3 }), /Unknown argument “pack”/);
      await assert.rejects(run(command, { ...args, account: '1' }), /account: Enter a 12-digit account ID/);
    });
  }

  it('load a large scope', async () => {
    const scope = { account: home.account, region: 'sa-east-1' };
    const names = Array.from({ length: 120 }, (_, index) => `large-${String(index).padStart(3, '0')}`);
    const rules = [{ rule: 's3-bucket-logging-enabled', resources: 4, failing: 1 }];
    await Promise.all(names.map((pack) => configService.changeEstate({ ...scope, pack, change: 'addPack', rules })));
    await resetPackscope({ connections: [{ regions: [scope.region] }] });
    const packs = await run<PackResult[]>('lowestScores', scope);
    assert.deepEqual(packs.map(({ name }) => name).sort(), names);
    assert.equal((await run<PackResult[]>('findPack', { name: 'large-119', region: scope.region })).length, 1);
    assert.deepEqual(await run('failedDeployments', scope), []);
    await commands.executeCommand('workbench.view.explorer');
    await until('the explorer', () => !packscope.tree.isVisible);
  });
});

describe('palette queries', () => {
  beforeEach(() => resetPackscope());

  const getTabLabels = () => window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

  it('open the panel of the picked pack', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const running = run('lowestScores');
    await eventually(async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.deepEqual(getTabLabels(), ['operational-best-practices-for-hipaa-security']);
    });
    await running;
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('abort their requests when the picker is closed', async () => {
    const { estate } = await resetPackscope(useNewRegion());
    const store = estate.getStore({ region: `us-palette-${regions}` });
    await configService.setFaults({ latencyMs: 60_000 });
    const running = run('failedDeployments');
    await until('a load to start', () => store.identity.state === 'loading');
    await eventually(async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      assert.notEqual(store.identity.state, 'loading');
    });
    assert.equal(await running, undefined);
    assert.deepEqual(store.identity.errors, []);
    await configService.setFaults({});
  });
});

describe('openLink', () => {
  const follow = async (query: string) => {
    const { estate } = await resetPackscope();
    const opened: PackRef[] = [];
    const commandContext = {
      estate,
      getStores: () => [estate.getStore({})],
      getScoreTarget: () => 90,
      reveal: async () => {},
      loadConsoleSignIn: async () => undefined,
      getActivePack: async () => undefined,
      open: async (target: PackRef) => {
        opened.push(target);
      },
      loadHistory: () => Promise.reject(new Error('Links need no history.')),
    };
    await openLink(commandContext, Uri.parse(`vscode://packscope.packscope/pack?${query}`));
    return opened;
  };

  it('opens the pack through the connection of its scope', async () => {
    const [pack] = await follow(`name=${s3}&account=${home.account}&region=${home.region}`);
    assert(pack && 'scope' in pack);
    assert.deepEqual([pack.name, pack.scope.account, pack.scope.region], [s3, home.account, home.region]);
  });

  it('opens nothing for an invalid link', async () => {
    assert.deepEqual(await follow(`name=${s3}&account=1&region=${home.region}`), []);
  });
});
