import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'vscode';
import manifest from '../../package.json' with { type: 'json' };
import type { RowResult } from '../../src/views/palette/commandResults.ts';
import { largeEstateAccount } from '../support/extensionHost/testEstate.ts';
import { root } from '../support/folders.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { type Packscope, resetPackscope } from './packscope.ts';
import { withAccount } from './withAccount.ts';

const s3 = { name: 'operational-best-practices-for-amazon-s3' };
const organization = { aggregator: 'organization' };
const file = join(tmpdir(), 'packscope-every-command.csv');

/** Commands that send requests, with arguments that let them run without a prompt. */
const requesting: Readonly<Record<string, object>> = {
  openPack: s3,
  previewPack: s3,
  openInConsole: s3,
  revealInTree: s3,
  findPack: s3,
  copyArn: s3,
  copyLink: s3,
  copyMarkdown: s3,
  mutePack: s3,
  lowestScores: {},
  failedDeployments: {},
  nonCompliantPacks: organization,
  showOrganizationPacks: { name: 'security-baseline' },
  showChanges: { since: 'yesterday' },
  openOrganizationOverview: organization,
  loadMore: organization,
  loadAll: organization,
  export: { source: organization, format: 'csv', uri: file },
};

/** Commands that send no request, with their arguments. */
const local: Readonly<Record<string, object | undefined>> = {
  refresh: undefined,
  refreshAll: undefined,
  filter: { compliance: 'NON_COMPLIANT' },
  clearFilter: undefined,
  sort: { by: 'name' },
  groupBy: { by: 'none' },
  copyName: s3,
  keepPanel: undefined,
  copyDiagnostics: undefined,
  copyPolicy: { permissions: ['config:DescribeConformancePackStatus'] },
  openFile: { file: join(root, 'package.json'), line: 2 },
  openSetting: { setting: 'packscope.aggregators' },
  showLog: undefined,
};

/** Commands that need a person or a node. Other files test them. */
const interactive = [
  'retry',
  'signIn',
  'selectConnections',
  'unmutePack',
  'reevaluate',
  'exploreSampleData',
  'leaveSampleData',
];

/** Runs every requesting command, and returns its result or the message of its error. */
async function runRequesting(): Promise<Readonly<Record<string, unknown>>> {
  const results: Record<string, unknown> = {};
  for (const [name, args] of Object.entries(requesting)) {
    results[name] = await commands
      .executeCommand(`packscope.${name}`, args)
      .then(undefined, (error: Error) => error.message);
  }
  return results;
}

describe('every command', () => {
  let packscope: Packscope;
  let regions = 0;
  /** Resets to a region that no test has used. */
  const resetToNewRegion = () => resetPackscope({ connections: [{ regions: [`us-every-${++regions}`] }] });

  beforeEach(async () => {
    packscope = await resetPackscope();
  });

  afterEach(async () => {
    await configService.setFaults({});
    await commands.executeCommand('packscope.clearFilter');
    assert.equal(packscope.tree.isVisible, false, 'The view must stay hidden');
    await rm(file, { force: true });
  });

  it('is covered by a test', () => {
    const covered = [...Object.keys(requesting), ...Object.keys(local), ...interactive].map(
      (name) => `packscope.${name}`,
    );
    assert.deepEqual(covered.sort(), manifest.contributes.commands.map(({ command }) => command).sort());
  });

  it('reports that nobody is signed in', () =>
    withAccount(packscope, undefined, async () => {
      for (const [name, outcome] of Object.entries(await runRequesting())) {
        assert.match(String(outcome), /Not signed in to AWS/, name);
      }
    }));

  it('names the missing permission', async () => {
    await resetToNewRegion();
    const denied = { name: 'AccessDeniedException' };
    const names = [
      'ListConformancePackComplianceScores',
      'DescribeConformancePackStatus',
      'DescribeConfigurationAggregators',
      'DescribeAggregateComplianceByConformancePacks',
      'DescribeOrganizationConformancePacks',
    ];
    await configService.setFaults({ refuse: Object.fromEntries(names.map((name) => [name, denied])) });
    for (const [name, outcome] of Object.entries(await runRequesting())) {
      assert.match(String(outcome), /Not permitted: config:(List|Describe)/, name);
    }
  });

  it('reports an empty estate', async () => {
    await resetToNewRegion();
    const results = await runRequesting();
    const lists = ['findPack', 'lowestScores', 'failedDeployments', 'showOrganizationPacks'];
    const throwing = Object.keys(requesting).filter((name) => ![...lists, 'showChanges'].includes(name));
    for (const name of throwing) assert.match(String(results[name]), /^(Nothing was exported\. )?(No|None of) /, name);
    for (const name of lists) assert.deepEqual(results[name], [], name);
  });

  it('does not load ten million rows', () =>
    withAccount(packscope, largeEstateAccount, async () => {
      await configService.clearRequests();
      const packs = await commands.executeCommand<{ name: string }[]>('packscope.lowestScores', {});
      const [pack] = packs;
      assert(pack && packs.length > 20);
      const args = { name: pack.name };
      assert.match(String(await commands.executeCommand('packscope.copyLink', args)), new RegExp(pack.name));
      await commands.executeCommand('packscope.failedDeployments', {});
      const limited = { ...organization, limit: 250 };
      assert.equal((await commands.executeCommand<RowResult[]>('packscope.nonCompliantPacks', limited)).length, 250);
      await commands.executeCommand('packscope.groupBy', { by: 'none' });
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
      assert.equal((await commands.executeCommand<unknown[]>('packscope.findPack', args)).length, 1);
      await commands.executeCommand('workbench.view.explorer');
      await until('the view to be hidden', () => !packscope.tree.isVisible);
    }));

  for (const [name, args] of Object.entries(local)) {
    it(`works signed out and sends no request: ${name}`, () =>
      withAccount(packscope, undefined, async () => {
        await configService.clearRequests();
        await commands.executeCommand(`packscope.${name}`, args);
        assert.deepEqual(await configService.getRequests(), []);
      }));
  }
});
