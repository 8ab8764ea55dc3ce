import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commands,
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';
import type { CallName } from '../config-service/faults.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, type Packscope, resetPackscope, runWithFirstEntries, waitUntilLoaded } from './packscope.ts';

const scope = { account: '318604927715', region: 'us-east-1' };
const scopeSource = { scope };
const aggregatorSource = { aggregator: 'organization' };
const rowsOperation: CallName = 'DescribeAggregateComplianceByConformancePacks';

describe('export', () => {
  let packscope: Packscope;
  let folder: string;

  beforeEach(async () => {
    packscope = await resetPackscope();
    folder = await mkdtemp(join(tmpdir(), 'packscope-export-'));
    await commands.executeCommand('notifications.clearAll');
    await configService.clearRequests();
  });

  afterEach(async () => {
    await configService.setFaults({});
    await rm(folder, { recursive: true, force: true });
  });

  const path = () => join(folder, 'export');
  const text = () => readFile(path(), 'utf8');
  const files = () => readdir(folder);
  const run = async (source: object, format: string, uri: Uri | string = Uri.file(path())) =>
    (await commands.executeCommand('packscope.export', { source, format, uri })) as
      | { rows: number; uri: Uri }
      | undefined;

  /** Waits until this many pages of rows have been requested. */
  const waitForPages = (count: number) =>
    until(`${count} requests for pages`, async () => {
      const requests = await configService.getRequests();
      return requests.filter(({ operation }) => operation === rowsOperation).length >= count;
    });

  it('writes a scope in every format without the view', async () => {
    assert.equal(packscope.tree.isVisible, false);
    for (const format of ['csv', 'json', 'jsonl', 'markdown', 'html']) {
      const written = await run(scopeSource, format);
      assert.equal(written?.rows, 14, format);
      assert.equal(written?.uri.fsPath, path());
      assert((await text()).includes('security-best-practices-for-redshift'), format);
      assert.deepEqual(await files(), ['export'], format);
    }
  });

  it('writes the rows of an aggregator that match the filter', async () => {
    const all = await run(aggregatorSource, 'json', Uri.file(path()).toString());
    const { rows } = JSON.parse(await text());
    assert.equal(rows.length, all?.rows);
    await run({ ...aggregatorSource, region: 'us-east-1', compliance: 'NON_COMPLIANT' }, 'json', path());
    const filtered = JSON.parse(await text()).rows;
    assert(filtered.length > 0);
    const matches = ({ region, compliance }: Record<string, unknown>) =>
      region === 'us-east-1' && compliance === 'NON_COMPLIANT';
    assert.deepEqual(filtered, rows.filter(matches));
  });

  it('writes one pack with its failing resources, and a framework over all accounts', async () => {
    const pack = 'operational-best-practices-for-amazon-s3';
    const uri = Uri.file(path());
    await commands.executeCommand('packscope.export', {
      source: { ...scopeSource, packs: [pack] },
      content: 'resources',
      format: 'json',
      uri,
    });
    const { rows } = JSON.parse(await text());
    assert.deepEqual(
      rows.map(({ pack: name }: { pack: string }) => name),
      [pack],
    );
    assert(rows[0].rules.some(({ resources }: { resources: unknown[] }) => resources.length > 0));
    const written = await run({ framework: pack }, 'markdown');
    assert(written && written.rows > 1);
    assert.match(await text(), new RegExp(`framework ${pack}`));
  });

  it('writes what the filtered view shows of a node, or everything', async () => {
    await waitUntilLoaded(packscope);
    packscope.tree.updateQuery({ filter: { nameContains: 's3' } });
    await waitUntilLoaded(packscope);
    const [node] = getNodesOfKind(packscope.tree, 'scope');
    assert(node);
    // As Shown is the first item.
    const written = await runWithFirstEntries<{ rows: number; uri: Uri }>('packscope.export', node);
    packscope.tree.updateQuery({ filter: {} });
    assert.equal(written.rows, 1);
    const content = await readFile(written.uri.fsPath, 'utf8');
    await rm(written.uri.fsPath);
    assert.match(content, /"name contains “s3”"/);
  });

  it('begins a report of an aggregator with non-compliant packs', async () => {
    await run(aggregatorSource, 'markdown');
    const states = (await text())
      .split('\n')
      .filter((line) => / of \d+ \|$/.test(line))
      .map((line) => line.split(' | ')[3]);
    assert.deepEqual([...new Set(states)], ['non-compliant', 'insufficient data', 'compliant']);
    assert.equal(states.lastIndexOf('non-compliant') < states.indexOf('compliant'), true);
  });

  it('prompts only for what the node does not determine', async () => {
    await waitUntilLoaded(packscope);
    const [node] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(node);
    let hasEnded = false;
    const running = Promise.resolve(commands.executeCommand('packscope.export', node)).finally(() => {
      hasEnded = true;
    });
    await Promise.all([
      running,
      until('the export to end', async () => {
        await commands.executeCommand('workbench.action.closeQuickOpen');
        return hasEnded;
      }),
    ]);
    assert.equal(await running, undefined);
  });

  it('prompts for source, format and file', async () => {
    const written = await runWithFirstEntries<{ rows: number; uri: Uri }>('packscope.export');
    assert.equal(written.rows, 14);
    assert.match(written.uri.path, /\/318604927715-us-east-1\.csv$/);
    assert.match(await readFile(written.uri.fsPath, 'utf8'), /security-best-practices-for-redshift/);
    await rm(written.uri.fsPath);
  });

  it('names denied data and exports the rest', async () => {
    await configService.setFaults({ refuse: { DescribeConformancePackStatus: { name: 'AccessDeniedException' } } });
    await run(scopeSource, 'markdown');
    assert.match(await text(), /Could not be read: Not permitted: config:DescribeConformancePackStatus/);
    assert.match(await text(), /security-best-practices-for-redshift/);
  });

  it('writes an empty list for an empty scope', async () => {
    const region = 'us-nowhere-99';
    await resetPackscope({ connections: [{ regions: [region] }] });
    const written = await run({ scope: { ...scope, region } }, 'json');
    assert.equal(written?.rows, 0);
    assert.deepEqual(JSON.parse(await text()).rows, []);
  });

  const testFailure = (
    condition: string,
    source: object,
    message: RegExp,
    faults: Parameters<typeof configService.setFaults>[0],
  ) =>
    it(`does not touch the file if ${condition}`, async () => {
      await writeFile(path(), 'existing content');
      await configService.setFaults(faults);
      await assert.rejects(() => run(source, 'csv'), message);
      assert.deepEqual(await files(), ['export']);
      assert.equal(await text(), 'existing content');
    });

  testFailure('reading is denied', aggregatorSource, /Nothing was exported. Not permitted: config:DescribeAggregate/, {
    refuse: { [rowsOperation]: { name: 'AccessDeniedException' } },
  });
  testFailure(
    'the session has expired',
    scopeSource,
    /Nothing was exported. Your AWS session has expired.*Renew the credentials in the environment/,
    {
      expiredCredentials: true,
    },
  );
  testFailure('a later page fails', aggregatorSource, /Nothing was exported. The list changed/, {
    only: [rowsOperation],
    refuseTokenEvery: 1,
  });
  testFailure(
    'the aggregator does not exist',
    { aggregator: 'nowhere' },
    /None of your connections has an aggregator nowhere/,
    {},
  );

  it('is refused with a message that has no links', async () => {
    const message = '[Sign in again](command:workbench.action.closeWindow)';
    const operation: CallName = 'ListConformancePackComplianceScores';
    await configService.setFaults({ refuse: { [operation]: { name: 'ValidationException', message } } });
    await assert.rejects(run(scopeSource, 'csv'), ({ message }: Error) => {
      assert(message.startsWith('Nothing was exported.') && message.includes('[Sign in again] (command:'), message);
      return true;
    });
  });

  it('writes no file if the session has expired before anything is loaded', async () => {
    const region = 'us-nowhere-98';
    await resetPackscope({ connections: [{ regions: [region] }] });
    await configService.setFaults({ expiredCredentials: true });
    for (const source of [aggregatorSource, { scope: { ...scope, region } }]) {
      await assert.rejects(() => run(source, 'json'), /Nothing was exported. Your AWS session has expired/);
    }
    // A person sees a message instead.
    assert.equal(await commands.executeCommand('packscope.export'), undefined);
    await commands.executeCommand('workbench.action.closeQuickOpen');
    assert.deepEqual(await files(), []);
  });

  it('writes to another file system only when it is complete', async () => {
    const written = new Map<string, string>();
    const provider = createFileSystem(written);
    const registration = workspace.registerFileSystemProvider('packscope-test', provider);
    const uri = Uri.from({ scheme: 'packscope-test', path: '/export.json' });
    assert.equal((await run(scopeSource, 'json', uri))?.rows, 14);
    assert.equal(JSON.parse(written.get('/export.json') ?? '').rows.length, 14);
    written.clear();
    await configService.setFaults({ expiredCredentials: true });
    await assert.rejects(() => run(scopeSource, 'json', uri), /Nothing was exported/);
    assert.deepEqual([...written], []);
    registration.dispose();
  });

  it('starts again if a page token expires', async () => {
    const complete = await run(aggregatorSource, 'json');
    const { rows } = JSON.parse(await text());
    await resetPackscope({ pageSize: 10 });
    await configService.setFaults({ only: [rowsOperation], latencyMs: 50 });
    await configService.clearRequests();
    const running = run(aggregatorSource, 'json');
    await waitForPages(3);
    await configService.expireTokens();
    assert.equal((await running)?.rows, complete?.rows);
    assert.deepEqual(JSON.parse(await text()).rows, rows);
    const requested = (await configService.getRequests()).filter(({ operation }) => operation === rowsOperation).length;
    assert(requested > Math.ceil(rows.length / 10) + 2, 'The export must start again');
  });

  it('rejects an invalid format and URI', async () => {
    await assert.rejects(() => run(scopeSource, 'xlsx'), /format: Specify one of csv/);
    await assert.rejects(() => run(scopeSource, 'csv', 'export.csv'), /uri: Specify a URI or the absolute path/);
    assert.deepEqual(await files(), []);
  });

  it('leaves no file if it is cancelled', async () => {
    await resetPackscope({ pageSize: 10 });
    await configService.setFaults({ only: [rowsOperation], latencyMs: 200 });
    await configService.clearRequests();
    const running = run(aggregatorSource, 'csv');
    await waitForPages(3);
    assert.equal((await files()).length, 1, 'A partial file must exist');
    await commands.executeCommand('notification.acceptPrimaryAction');
    assert.equal(await running, undefined);
    assert.deepEqual(await files(), []);
  });
});

/** A flat file system that stores its files in a map. */
const createFileSystem = (files: Map<string, string>): FileSystemProvider => ({
  onDidChangeFile: new EventEmitter<FileChangeEvent[]>().event,
  watch: () => new Disposable(() => {}),
  stat: ({ path }) => {
    if (path !== '/' && !files.has(path)) throw FileSystemError.FileNotFound(path);
    return { type: path === '/' ? FileType.Directory : FileType.File, ctime: 0, mtime: 0, size: 0 };
  },
  readDirectory: () => [],
  createDirectory: () => {},
  readFile: ({ path }) => new TextEncoder().encode(files.get(path)),
  writeFile: ({ path }, content) => void files.set(path, new TextDecoder().decode(content)),
  delete: () => {},
  rename: () => {},
});
