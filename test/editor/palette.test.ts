import assert from 'node:assert/strict';
import { commands, Uri, window } from 'vscode';
import type { PackRef } from '../../src/compliance/packRef.ts';
import { openLink } from '../../src/views/palette/openLink.ts';
import type { PackResult, RowResult } from '../../src/views/palette/results.ts';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { type Packscope, resetPackscope } from './packscope.ts';

const home = { account: '318604927715', region: 'us-east-1' };
const s3 = 'operational-best-practices-for-amazon-s3';

/** Each question with an argument that asks for everything, and the permission that its answer stands on. */
const questions = [
  { command: 'findPack', given: {}, operation: undefined },
  { command: 'lowestScores', given: {}, operation: 'ListConformancePackComplianceScores' },
  { command: 'failedDeployments', given: {}, operation: 'DescribeConformancePackStatus' },
  {
    command: 'nonCompliantPacks',
    given: { aggregator: 'organization' },
    operation: 'DescribeAggregateComplianceByConformancePacks',
  },
] as const;

/** A region that nobody has read before: nothing of it is known. */
let regions = 0;
const unread = () => ({ connections: [{ regions: [`us-unread-${++regions}`] }] });

const run = async <T>(command: string, given?: unknown): Promise<T> =>
  commands.executeCommand<T>(`packscope.${command}`, given);

describe('a question of the palette with an argument', () => {
  let packscope: Packscope;

  beforeEach(async () => {
    packscope = await resetPackscope();
  });

  afterEach(async () => {
    await configService.setFaults({});
    assert.equal(packscope.tree.isVisible, false, 'the view was never opened');
  });

  it('gives packs as plain data, worst score first, what has no score last', async () => {
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

  it('gives failed deployments with the reason', async () => {
    const packs = await run<PackResult[]>('failedDeployments', {});
    assert.deepEqual(packs.map(({ state }) => state).sort(), ['CREATE_FAILED', 'DELETE_FAILED']);
    for (const { reason } of packs) assert.match(reason ?? '', /The following resource\(s\) failed to/);
  });

  it('gives an aggregator’s non-compliant packs: counts of rules, no score', async () => {
    const all = await run<RowResult[]>('nonCompliantPacks', { aggregator: 'organization' });
    assert(all.every((row) => row.compliance === 'NON_COMPLIANT' && row.totalRules > 0 && !('score' in row)));
    const here = await run<RowResult[]>('nonCompliantPacks', { aggregator: 'organization', ...home });
    const isHere = ({ account, region }: RowResult) => account === home.account && region === home.region;
    const names = (rows: RowResult[]) => rows.map(({ name }) => name);
    assert(here.length > 0 && here.every(isHere));
    assert.deepEqual(names(here), names(all.filter(isHere)));
    assert.equal((await run<RowResult[]>('nonCompliantPacks', { aggregator: 'organization', limit: 3 })).length, 3);
  });

  for (const { command, given, operation } of questions) {
    it(`${command} says that the sign-in has expired`, async () => {
      await resetPackscope(unread());
      await configService.setFaults({ expiredCredentials: true });
      await assert.rejects(run(command, given), /sign-in to AWS has expired\. Sign in again/);
    });

    it(`${command} says that nothing is there`, async () => {
      await resetPackscope(unread());
      if (command === 'nonCompliantPacks') await assert.rejects(run(command, given), /No aggregator organization/);
      else assert.deepEqual(await run(command, given), []);
    });

    it(`${command} names the permission that is missing`, async () => {
      await resetPackscope({ connections: [{ regions: ['us-east-1'] }] });
      const operations = operation
        ? [operation]
        : ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'];
      const refuse = Object.fromEntries(operations.map((each) => [each, { name: 'AccessDeniedException' }]));
      await configService.setFaults({ refuse });
      const words = new RegExp(`Not permitted: config:${operations[0]}`);
      if (command === 'findPack') return assert.rejects(run(command, { region: 'us-east-1' }), words);
      return assert.rejects(run(command, given), words);
    });

    it(`${command} refuses what it does not know`, async () => {
      await assert.rejects(run(command, { ...given, pack: s3 }), /Unknown argument “pack”/);
      await assert.rejects(run(command, { ...given, account: '1' }), /account: Give an account id of 12 digits/);
    });
  }

  it('answers for a large scope', async () => {
    const place = { account: home.account, region: 'sa-east-1' };
    const names = Array.from({ length: 120 }, (_, index) => `large-${String(index).padStart(3, '0')}`);
    const rules = [{ rule: 's3-bucket-logging-enabled', resources: 4, failing: 1 }];
    await Promise.all(names.map((pack) => configService.changeEstate({ ...place, pack, change: 'addPack', rules })));
    await resetPackscope({ connections: [{ regions: [place.region] }] });
    const packs = await run<PackResult[]>('lowestScores', place);
    assert.deepEqual(packs.map(({ name }) => name).sort(), names);
    assert.equal((await run<PackResult[]>('findPack', { name: 'large-119', region: place.region })).length, 1);
    assert.deepEqual(await run('failedDeployments', place), []);
    await commands.executeCommand('workbench.view.explorer');
    await until('the explorer', () => !packscope.tree.isVisible);
  });
});

describe('a question of the palette', () => {
  beforeEach(() => resetPackscope());

  const labels = () => window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

  it('opens the panel of what the person picks', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const asked = run('lowestScores');
    await eventually(async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.deepEqual(labels(), ['operational-best-practices-for-hipaa-security']);
    });
    await asked;
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is called off when it is closed', async () => {
    const { estate } = await resetPackscope(unread());
    const store = estate.getStore({ region: `us-unread-${regions}` });
    await configService.setFaults({ latencyMs: 60_000 });
    const asked = run('failedDeployments');
    await until('something to be under way', () => store.identity.state === 'loading');
    await eventually(async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      assert.notEqual(store.identity.state, 'loading');
    });
    assert.equal(await asked, undefined);
    assert.deepEqual(store.identity.errors, []);
    await configService.setFaults({});
  });
});

describe('a link to a pack', () => {
  const follow = async (query: string) => {
    const { estate } = await resetPackscope();
    const opened: PackRef[] = [];
    const palette = {
      estate,
      stores: () => [estate.getStore({})],
      scoreTarget: () => 90,
      reveal: async () => {},
      open: async (target: PackRef) => {
        opened.push(target);
      },
    };
    await openLink(palette, Uri.parse(`vscode://packscope.packscope/pack?${query}`));
    return opened;
  };

  it('opens the pack through the connection that answers for its place', async () => {
    const [pack] = await follow(`name=${s3}&account=${home.account}&region=${home.region}`);
    assert(pack && 'scope' in pack);
    assert.deepEqual([pack.name, pack.scope.account, pack.scope.region], [s3, home.account, home.region]);
  });

  it('opens nothing where it is none', async () => {
    assert.deepEqual(await follow(`name=${s3}&account=1&region=${home.region}`), []);
  });
});
