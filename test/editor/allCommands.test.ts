import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'vscode';
import manifest from '../../package.json' with { type: 'json' };
import type { RowResult } from '../../src/views/palette/results.ts';
import { largeEstateAccount } from '../support/extensionHost/testEstate.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { type Packscope, resetPackscope } from './packscope.ts';
import { withAccount } from './withAccount.ts';

const s3 = { name: 'operational-best-practices-for-amazon-s3' };
const organization = { aggregator: 'organization' };
const file = join(tmpdir(), 'packscope-every-command.csv');

/** Commands that need an answer of the service, each with an argument and so without a question. */
const asking: Readonly<Record<string, object>> = {
  openPack: s3,
  openInConsole: s3,
  findPack: s3,
  copyArn: s3,
  copyLink: s3,
  mutePack: s3,
  lowestScores: {},
  failedDeployments: {},
  nonCompliantPacks: organization,
  loadMore: organization,
  loadAll: organization,
  export: { source: organization, format: 'csv', uri: file },
};

/** Commands that need none: they do what they do whatever the service says. */
const silent: Readonly<Record<string, object | undefined>> = {
  refresh: undefined,
  refreshAll: undefined,
  filter: { compliance: 'NON_COMPLIANT' },
  clearFilter: undefined,
  sort: { by: 'name' },
  groupBy: { by: 'pack' },
  copyName: s3,
  copyDiagnostics: undefined,
  showLog: undefined,
};

/** These begin with a person or a node: their own tests have them. */
const others = ['retry', 'signIn', 'selectConnections', 'unmutePack'];

/** What each asking command comes to: what it says where it fails, else what it returned. */
async function outcomes(): Promise<Readonly<Record<string, unknown>>> {
  const all: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(asking)) {
    all[name] = await commands
      .executeCommand(`packscope.${name}`, given)
      .then(undefined, (thrown: Error) => thrown.message);
  }
  return all;
}

describe('every command', () => {
  let packscope: Packscope;
  /** A region that nobody has read: nothing of it is known from before. */
  let regions = 0;
  const unread = () => resetPackscope({ connections: [{ regions: [`us-every-${++regions}`] }] });

  beforeEach(async () => {
    packscope = await resetPackscope();
  });

  afterEach(async () => {
    await configService.setFaults({});
    await commands.executeCommand('packscope.clearFilter');
    assert.equal(packscope.tree.isVisible, false, 'the view was never opened');
    await rm(file, { force: true });
  });

  it('is among these', () => {
    const named = [...Object.keys(asking), ...Object.keys(silent), ...others].map((name) => `packscope.${name}`);
    assert.deepEqual(named.sort(), manifest.contributes.commands.map(({ command }) => command).sort());
  });

  it('says that nobody is signed in', () =>
    withAccount(packscope, undefined, async () => {
      for (const [name, outcome] of Object.entries(await outcomes())) {
        assert.match(String(outcome), /Not signed in to AWS/, name);
      }
    }));

  it('names the permission that is missing', async () => {
    await unread();
    const denied = { name: 'AccessDeniedException' };
    const names = [
      'ListConformancePackComplianceScores',
      'DescribeConformancePackStatus',
      'DescribeConfigurationAggregators',
      'DescribeAggregateComplianceByConformancePacks',
    ];
    await configService.setFaults({ refuse: Object.fromEntries(names.map((name) => [name, denied])) });
    for (const [name, outcome] of Object.entries(await outcomes())) {
      assert.match(String(outcome), /Not permitted: config:(List|Describe)/, name);
    }
  });

  it('says that there is nothing where there is nothing', async () => {
    await unread();
    const found = await outcomes();
    const lists = ['findPack', 'lowestScores', 'failedDeployments'];
    const none = Object.keys(asking).filter((name) => !lists.includes(name));
    for (const name of none)
      assert.match(String(found[name]), /^(Nothing was exported\. )?(No|The tree has no) /, name);
    for (const name of lists) assert.deepEqual(found[name], [], name);
  });

  it('answers of ten million rows without reading them', () =>
    withAccount(packscope, largeEstateAccount, async () => {
      await configService.clearRequests();
      const packs = await commands.executeCommand<{ name: string }[]>('packscope.lowestScores', {});
      const [pack] = packs;
      assert(pack && packs.length > 20);
      const named = { name: pack.name };
      assert.match(String(await commands.executeCommand('packscope.copyLink', named)), new RegExp(pack.name));
      await commands.executeCommand('packscope.failedDeployments', {});
      const few = { ...organization, limit: 250 };
      assert.equal((await commands.executeCommand<RowResult[]>('packscope.nonCompliantPacks', few)).length, 250);
      await commands.executeCommand('packscope.groupBy', { by: 'pack' });
      const { loaded } = await commands.executeCommand<{ loaded: number }>('packscope.loadMore', organization);
      assert.equal(loaded, 100);
      const source = { ...organization, account: largeEstateAccount, region: 'us-east-1' };
      const written = await commands.executeCommand<{ rows: number }>('packscope.export', {
        source,
        format: 'jsonl',
        uri: file,
      });
      const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.includes('"row"'));
      assert(written.rows > 20 && lines.length === written.rows);
      assert((await configService.getRequests()).length < 40);
      assert.equal((await commands.executeCommand<unknown[]>('packscope.findPack', named)).length, 1);
      await commands.executeCommand('workbench.view.explorer');
      await until('the view that shows the pack to be shut', () => !packscope.tree.isVisible);
    }));

  for (const [name, given] of Object.entries(silent)) {
    it(`${name} asks nobody and works signed out`, () =>
      withAccount(packscope, undefined, async () => {
        await configService.clearRequests();
        await commands.executeCommand(`packscope.${name}`, given);
        assert.deepEqual(await configService.getRequests(), []);
      }));
  }
});
