import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Snapshot } from '../../../src/compliance/paging/list.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import type { ConnectionSnapshot } from '../../../src/compliance/store/snapshots.ts';
import { SnapshotFiles } from '../../../src/storage/snapshotFiles.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../src/storage/snapshotFormat.ts';
import { withAwsFiles } from '../aws/files.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const connection: Connection = { profile: 'audit' };
const list = (rows: readonly unknown[], readAt = 1): readonly Snapshot[] => [{ rows, complete: true, readAt }];
const known = (lists: ConnectionSnapshot['lists'] = { 'packs []': list(['a']) }): ConnectionSnapshot => ({
  scope,
  lists,
});

describe('what is kept', () => {
  const entry = { ...known(), connection: 'audit@', credentials: 'mark', savedAt: 5 };
  const text = encodeSnapshot(entry);

  it('reads again as it was written', () => {
    assert.deepEqual(decodeSnapshot(text, 'audit@'), entry);
  });

  it('is refused wherever a character is another', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(text[at] !== character);
        assert.throws(() => decodeSnapshot(text.slice(0, at) + character + text.slice(at + 1), 'audit@'));
      }),
    );
  });

  it('is refused as another connection’s', () => {
    assert.throws(() => decodeSnapshot(text, 'other@'), /another connection/);
  });

  it('has bounds: a thousand rows of a list, and no longer all then', () => {
    const rows = Array.from({ length: 1001 }, (_, index) => index);
    const [part] = decodeSnapshot(encodeSnapshot({ ...entry, lists: { long: list(rows) } }), 'audit@').lists.long ?? [];
    assert.equal(part?.rows.length, 1000);
    assert.equal(part?.complete, false);
  });

  it('has bounds: two million characters, the lists that were read last', () => {
    const lists = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`list ${index}`, list(['x'.repeat(100_000)], index)]),
    );
    const kept = Object.keys(decodeSnapshot(encodeSnapshot({ ...entry, lists }), 'audit@').lists);
    assert.deepEqual(
      kept,
      Array.from({ length: 19 }, (_, index) => `list ${29 - index}`),
    );
  });
});

describe('the files of what is known', () => {
  let folder: string;
  let told: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'packscope-memory-'));
    told = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => new SnapshotFiles(folder, (message) => told.push(message));
  const file = () => join(folder, readdirSync(folder)[0] ?? '');

  /** A session that has kept something, and ended. */
  async function keep(what = known()): Promise<void> {
    const memory = open();
    await memory.restore(connection);
    memory.save(connection, () => what);
    memory.dispose();
  }

  it('give to the next session what was kept, and only to the connection’s own', async () => {
    await keep();
    const recalled = await open().restore(connection);
    assert.deepEqual(recalled?.lists, known().lists);
    assert.deepEqual(recalled.scope, scope);
    assert(recalled.sameCredentials);
    assert.equal(await open().restore({ profile: 'other' }), undefined);
    assert.deepEqual(told, []);
  });

  it('tell when the AWS files are others than then', () =>
    withAwsFiles('[profile audit]\n', '', async () => {
      await keep();
      assert((await open().restore(connection))?.sameCredentials);
      writeFileSync(
        process.env.AWS_CONFIG_FILE ?? '',
        '[profile audit]\nrole_arn = arn:aws:iam::444455556666:role/x\n',
      );
      assert.equal((await open().restore(connection))?.sameCredentials, false);
    }));

  it('tell so also of what was still to be written when the files became others, and was looked at anew', () =>
    withAwsFiles('[profile audit]\n', '', async () => {
      const memory = open();
      await memory.restore(connection);
      memory.save(connection, () => known());
      writeFileSync(process.env.AWS_CONFIG_FILE ?? '', '[profile audit]\nregion = eu-central-1\n');
      await memory.restore(connection);
      memory.dispose();
      assert.equal((await open().restore(connection))?.sameCredentials, false);
    }));

  it('tell when the environment is another, whose secrets leave no mark', () =>
    withAwsFiles('', '', async () => {
      await keep();
      const before = readFileSync(file(), 'utf8');
      process.env.AWS_SECRET_ACCESS_KEY = 'hidden';
      assert((await open().restore(connection))?.sameCredentials);
      process.env.AWS_ACCESS_KEY_ID = 'AKIA1';
      assert.equal((await open().restore(connection))?.sameCredentials, false);
      assert(!before.includes('hidden'));
    }));

  it('are thrown away, with a line in the log, where one is damaged', async () => {
    await keep();
    writeFileSync(file(), `${readFileSync(file(), 'utf8')} `);
    assert.equal(await open().restore(connection), undefined);
    assert.deepEqual(told, ['What was kept of profile audit is thrown away: damaged or of another version']);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('are gone for a connection that is somebody else’s now', async () => {
    await keep();
    open().remove(connection);
    assert.equal(await open().restore(connection), undefined);
  });

  it('are fifty at most', async () => {
    const memory = open();
    for (let index = 0; index < 60; index++) memory.save({ profile: `p${index}` }, known);
    memory.dispose();
    assert.equal(readdirSync(folder).length, 50);
  });
});
