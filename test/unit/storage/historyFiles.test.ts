import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGap, type PacksReading, type RowsReading, type Visit } from '../../../src/compliance/history/reading.ts';
import { HistoryFiles } from '../../../src/storage/historyFiles.ts';
import { maxHistoryFileSize } from '../../../src/storage/historyFormat.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 26, 12);
const scope = { account: '111122223333', region: 'eu-central-1' };

const createPacks = (readAt: number, percent = 61.54, at = scope): PacksReading => ({
  scope: at,
  readAt,
  kind: 'packs',
  packs: [{ name: 'soc-2', id: 'conformance-pack-a1', percent, computedAt: readAt, state: 'CREATE_COMPLETE' }],
});

const createRows = (count: number, readAt: number, toPack: (index: number) => string): RowsReading => ({
  scope,
  readAt,
  kind: 'rows',
  aggregator: 'organization',
  filter: {},
  rows: Array.from({ length: count }, (_, index) => ({
    pack: toPack(index),
    account: String(100_000_000_000 + Math.floor(index / 5)),
    region: 'eu-central-1',
    compliance: index % 3 === 0 ? 'NON_COMPLIANT' : 'COMPLIANT',
    compliantRules: 30 + (index % 7),
    nonCompliantRules: index % 3 === 0 ? 1 + (index % 5) : 0,
    totalRules: 40,
  })),
});

describe('HistoryFiles', () => {
  let folder: string;
  let problems: string[];
  const open = (at = now) =>
    new HistoryFiles(
      folder,
      (message) => problems.push(message),
      () => at,
    );
  const readAll = async (files: HistoryFiles, at = scope): Promise<readonly (Visit | undefined)[]> =>
    Promise.all((await files.list(at)).toSorted((a, b) => a.readAt - b.readAt).map((visit) => files.read(at, visit)));
  const getSizes = async () =>
    Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packscope-history-'));
    problems = [];
  });

  afterEach(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });

  it('reads what another window wrote, also texts and counts that are unusual', async () => {
    const rows = createRows(3, now, (index) => `pack-\u202E${index}`);
    const [first] = rows.rows;
    assert(first);
    const visits: Visit[] = [
      createPacks(now - day),
      { ...rows, rows: [...rows.rows, { ...first, pack: 'odd', compliance: undefined, countsText: '-1, 2, 3' }] },
      { scope, readAt: now + 1, listId: { kind: 'packs' }, reason: 'Access denied' },
    ];
    for (const visit of visits) await open().write(visit);
    assert.deepEqual(await readAll(open()), JSON.parse(JSON.stringify(visits)));
    assert.deepEqual(problems, []);
  });

  it('keeps the files from other users', async () => {
    if (process.platform === 'win32') return;
    await open().write(createPacks(now));
    for (const name of await readdir(folder)) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600);
  });

  it('lists only visits of the account and region', async () => {
    const others = [
      { account: '444455556666', region: scope.region },
      { account: scope.account, region: 'us-east-1' },
    ];
    for (const other of others) await open().write(createPacks(now, 50, other));
    assert.deepEqual(await open().list(scope), []);
    for (const other of others) assert.equal((await readAll(open(), other)).length, 1);
  });

  it('rejects a file of another account under this account’s name', async () => {
    await open().write(createPacks(now, 50));
    const [ours] = await open().list(scope);
    const other = { account: '444455556666', region: scope.region };
    await open().write(createPacks(now, 50, other));
    const [theirs] = await open().list(other);
    assert(ours && theirs);
    await writeFile(join(folder, ours.id), await readFile(join(folder, theirs.id)));
    assert.equal(await open().read(scope, ours), undefined);
    assert.match(problems.join(), /belongs to another account or region/);
    assert.deepEqual(await open().list(scope), []);
  });

  it('deletes a damaged file and one that is cut off', async () => {
    for (const damage of [
      (path: string) => truncate(path, 100),
      async (path: string) => writeFile(path, (await readFile(path)).reverse()),
      (path: string) => writeFile(path, ''),
    ]) {
      await open().write(createPacks(now));
      const [visit] = await open().list(scope);
      assert(visit);
      await damage(join(folder, visit.id));
      assert.equal(await open().read(scope, visit), undefined);
      assert.deepEqual(await readdir(folder), []);
    }
    assert.equal(problems.length, 3);
  });

  it('keeps the last visits, then one a day, then one a week, and gaps do not displace readings', async () => {
    for (let days = 400; days >= 0; days -= 1) {
      const at = now - days * day;
      for (const minutes of days < 3 ? [0, 5, 10] : [10]) await open(at).write(createPacks(at + minutes * 60_000));
      if (days < 20) await open(at).write({ scope, readAt: at + 1, listId: { kind: 'packs' }, reason: 'Cancelled' });
    }
    const visits = await open().list(scope);
    const readings = visits.filter((visit) => !visit.isGap).map(({ readAt }) => (now - readAt) / day);
    const count = (from: number, to: number) => readings.filter((age) => age >= from && age < to).length;
    assert.equal(count(-1, 2.5), 3 * 3 - 1, 'the last eight visits');
    assert.equal(count(2.5, 29.5), 27, 'one a day');
    assert(count(30, 364) >= 46 && count(30, 364) <= 48, `one a week, not ${count(30, 364)}`);
    assert.equal(count(372, 500), 0, 'nothing is older than a year');
    assert(visits.some(({ isGap: each }) => each));
  }).timeout(60_000);

  it('holds 20 MB at most, also while two windows write, and deletes the oldest visits first', async () => {
    const files = open();
    const getSize = async () => (await getSizes()).reduce((sum, size) => sum + size, 0);
    let largest = 0;
    for (let index = 0; index < 24; index += 1) {
      const readAt = now - (40 - index) * 1000;
      const filter = { account: String(100_000_000_000 + index) };
      await files.write({ ...createRows(10, readAt, () => 'soc-2'), filter });
      const [visit] = (await files.list(scope)).filter((each) => each.readAt === readAt);
      assert(visit);
      largest = Math.max(largest, (await getSize()) + 2 * maxHistoryFileSize);
      await truncate(join(folder, visit.id), 1_990_000);
    }
    assert(largest > 17_000_000 && largest < 20_000_000, `${largest} bytes`);
    const times = (await files.list(scope)).map(({ readAt }) => readAt);
    assert.equal(Math.max(...times), now - 17_000);
    assert(Math.min(...times) > now - 40_000 && times.length > 5);
    assert.deepEqual(problems, []);
  }).timeout(120_000);

  it('deletes a file that is too large for a visit, and none of the others for it', async () => {
    await open().write(createPacks(now - day));
    await open().write(createPacks(now));
    const visit = (await open().list(scope)).find(({ readAt }) => readAt === now);
    assert(visit);
    await truncate(join(folder, visit.id), 30_000_000);
    await open().write(createPacks(now - 1000));
    assert.deepEqual(
      (await readAll(open())).map((each) => each?.readAt),
      [now - day, now - 1000],
    );
  });

  it('stores a gap instead of a visit that is too large', async () => {
    await open().write(createRows(50, now, () => randomBytes(50_000).toString('hex')));
    const [visit] = await readAll(open());
    assert(visit && isGap(visit));
    assert.equal(visit.reason, 'Too much data to store');
  }).timeout(60_000);

  it('stores 10,000 rows of an aggregator in less than 150 KB', async () => {
    await open().write(createRows(10_000, now, (index) => `OrgConformsPack-baseline-${index % 5}-a1b2c3d4`));
    const [size = 0] = await getSizes();
    assert(size > 1000 && size < 150_000, `${size} bytes`);
  });

  it('deletes temporary files that an ended window left behind', async () => {
    const path = join(folder, 'left.123e4567');
    await writeFile(path, 'x');
    await open().write(createPacks(now));
    assert.equal((await readdir(folder)).length, 2, 'another window may be writing it');
    await utimes(path, new Date(now - day), new Date(now - day));
    await open().write(createPacks(now + 1));
    assert.equal((await readdir(folder)).includes('left.123e4567'), false);
  });
});
