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
import { getNodesOfKind, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

const scope = { account: '318604927715', region: 'us-east-1' };
const ofScope = { scope };
const ofAggregator = { aggregator: 'organization' };
const rowsOperation: CallName = 'DescribeAggregateComplianceByConformancePacks';

describe('an export', () => {
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

  /** When so many pages of rows have been asked for. */
  const pages = (count: number) =>
    until(`${count} pages to be asked for`, async () => {
      const requests = await configService.getRequests();
      return requests.filter(({ operation }) => operation === rowsOperation).length >= count;
    });

  it('of a scope is written in every format, though the view was never opened', async () => {
    assert.equal(packscope.tree.isVisible, false);
    for (const format of ['csv', 'json', 'jsonl', 'markdown', 'html']) {
      const written = await run(ofScope, format);
      assert.equal(written?.rows, 14, format);
      assert.equal(written?.uri.fsPath, path());
      assert((await text()).includes('security-best-practices-for-redshift'), format);
      assert.deepEqual(await files(), ['export'], format);
    }
  });

  it('of an aggregator has the rows that its filter leaves', async () => {
    const all = await run(ofAggregator, 'json', Uri.file(path()).toString());
    const { rows } = JSON.parse(await text());
    assert.equal(rows.length, all?.rows);
    await run({ ...ofAggregator, region: 'us-east-1', compliance: 'NON_COMPLIANT' }, 'json', path());
    const left = JSON.parse(await text()).rows;
    assert(left.length > 0);
    const fits = ({ region, compliance }: Record<string, unknown>) =>
      region === 'us-east-1' && compliance === 'NON_COMPLIANT';
    assert.deepEqual(left, rows.filter(fits));
  });

  it('of an aggregator as a report begins with what fails', async () => {
    await run(ofAggregator, 'markdown');
    const states = (await text())
      .split('\n')
      .filter((line) => / of \d+ \|$/.test(line))
      .map((line) => line.split(' | ')[3]);
    assert.deepEqual([...new Set(states)], ['non-compliant', 'insufficient data', 'compliant']);
    assert.equal(states.lastIndexOf('non-compliant') < states.indexOf('compliant'), true);
  });

  it('of a node asks only for what the node does not say', async () => {
    await waitUntilLoaded(packscope);
    const [node] = getNodesOfKind(packscope.tree, 'aggregator');
    assert(node);
    let ended = false;
    const running = Promise.resolve(commands.executeCommand('packscope.export', node)).finally(() => {
      ended = true;
    });
    await Promise.all([
      running,
      until('the export to end', async () => {
        await commands.executeCommand('workbench.action.closeQuickOpen');
        return ended;
      }),
    ]);
    assert.equal(await running, undefined);
  });

  it('asks what, how and where, one after another', async () => {
    let ended = false;
    const running = Promise.resolve(
      commands.executeCommand<{ rows: number; uri: Uri } | undefined>('packscope.export'),
    );
    const accepting = until('the export to end', async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return ended;
    });
    const written = await running.finally(() => {
      ended = true;
    });
    await accepting;
    assert.equal(written?.rows, 14);
    assert.match(written.uri.path, /\/318604927715-us-east-1\.csv$/);
    assert.match(await readFile(written.uri.fsPath, 'utf8'), /security-best-practices-for-redshift/);
    await rm(written.uri.fsPath);
  });

  it('says what it may not read, and has the rest', async () => {
    await configService.setFaults({ refuse: { DescribeConformancePackStatus: { name: 'AccessDeniedException' } } });
    await run(ofScope, 'markdown');
    assert.match(await text(), /Could not be read: Not permitted: config:DescribeConformancePackStatus/);
    assert.match(await text(), /security-best-practices-for-redshift/);
  });

  it('of nothing says that there is nothing', async () => {
    const region = 'us-nowhere-99';
    await resetPackscope({ connections: [{ regions: [region] }] });
    const written = await run({ scope: { ...scope, region } }, 'json');
    assert.equal(written?.rows, 0);
    assert.deepEqual(JSON.parse(await text()).rows, []);
  });

  const fails = (what: string, source: object, said: RegExp, faults: Parameters<typeof configService.setFaults>[0]) =>
    it(`writes no file where ${what}, and leaves what was there`, async () => {
      await writeFile(path(), 'what was there before');
      await configService.setFaults(faults);
      await assert.rejects(() => run(source, 'csv'), said);
      assert.deepEqual(await files(), ['export']);
      assert.equal(await text(), 'what was there before');
    });

  fails('nothing may be read', ofAggregator, /Nothing was exported. Not permitted: config:DescribeAggregate/, {
    refuse: { [rowsOperation]: { name: 'AccessDeniedException' } },
  });
  fails('the sign-in has expired', ofScope, /Nothing was exported. The sign-in to AWS has expired.*Sign in again/, {
    expiredCredentials: true,
  });
  fails('a page in the middle does not come', ofAggregator, /Nothing was exported. The list changed/, {
    only: [rowsOperation],
    refuseTokenEvery: 1,
  });
  fails('there is no such aggregator', { aggregator: 'nowhere' }, /No connection reads an aggregator nowhere/, {});

  it('writes no file where nobody is signed in', async () => {
    const region = 'us-nowhere-98';
    await resetPackscope({ connections: [{ regions: [region] }] });
    await configService.setFaults({ expiredCredentials: true });
    for (const source of [ofAggregator, { scope: { ...scope, region } }]) {
      await assert.rejects(() => run(source, 'json'), /Nothing was exported. The sign-in to AWS has expired/);
    }
    await assert.rejects(
      async () => commands.executeCommand('packscope.export'),
      /Nothing was exported. The sign-in to AWS has expired/,
    );
    await commands.executeCommand('workbench.action.closeQuickOpen');
    assert.deepEqual(await files(), []);
  });

  it('goes to a file of another file system, once it is whole', async () => {
    const written = new Map<string, string>();
    const provider = memoryFiles(written);
    const registration = workspace.registerFileSystemProvider('packscope-test', provider);
    const uri = Uri.from({ scheme: 'packscope-test', path: '/export.json' });
    assert.equal((await run(ofScope, 'json', uri))?.rows, 14);
    assert.equal(JSON.parse(written.get('/export.json') ?? '').rows.length, 14);
    written.clear();
    await configService.setFaults({ expiredCredentials: true });
    await assert.rejects(() => run(ofScope, 'json', uri), /Nothing was exported/);
    assert.deepEqual([...written], []);
    registration.dispose();
  });

  it('goes once more from the beginning where the service has forgotten its page token', async () => {
    const whole = await run(ofAggregator, 'json');
    const { rows } = JSON.parse(await text());
    await resetPackscope({ pageSize: 10 });
    await configService.setFaults({ only: [rowsOperation], latencyMs: 50 });
    await configService.clearRequests();
    const running = run(ofAggregator, 'json');
    await pages(3);
    await configService.expireTokens();
    assert.equal((await running)?.rows, whole?.rows);
    assert.deepEqual(JSON.parse(await text()).rows, rows);
    const asked = (await configService.getRequests()).filter(({ operation }) => operation === rowsOperation).length;
    assert(asked > Math.ceil(rows.length / 10) + 2, 'it began anew');
  });

  it('refuses an argument that is none', async () => {
    await assert.rejects(() => run(ofScope, 'xlsx'), /format: Give one of csv/);
    await assert.rejects(() => run(ofScope, 'csv', 'export.csv'), /uri: Give a URI or the absolute path/);
    assert.deepEqual(await files(), []);
  });

  it('that is cancelled half-way leaves no file', async () => {
    await resetPackscope({ pageSize: 10 });
    await configService.setFaults({ only: [rowsOperation], latencyMs: 200 });
    await configService.clearRequests();
    const running = run(ofAggregator, 'csv');
    await pages(3);
    assert.equal((await files()).length, 1, 'it is being written beside');
    await commands.executeCommand('notification.acceptPrimaryAction');
    assert.equal(await running, undefined);
    assert.deepEqual(await files(), []);
  });
});

/** A file system of files alone, which keeps what is written to it. */
const memoryFiles = (files: Map<string, string>): FileSystemProvider => ({
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
