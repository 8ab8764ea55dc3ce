import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Snapshot } from '../../../src/compliance/paging/list.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import type { ConnectionSnapshot } from '../../../src/compliance/store/snapshotSync.ts';
import { SnapshotFiles } from '../../../src/storage/snapshotFiles.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../src/storage/snapshotFormat.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const connection: Connection = { profile: 'audit' };
const list = (rows: readonly unknown[], readAt = 1): readonly Snapshot[] => [{ rows, complete: true, readAt }];
const createSnapshot = (lists: ConnectionSnapshot['lists'] = { 'packs []': list(['a']) }): ConnectionSnapshot => ({
  scope,
  lists,
});

describe('decodeSnapshot', () => {
  const file = { ...createSnapshot(), connection: 'audit@', credentials: 'fingerprint', savedAt: 5 };
  const text = encodeSnapshot(file);

  it('restores what was encoded', () => {
    assert.deepEqual(decodeSnapshot(text, 'audit@'), file);
  });

  it('throws for any changed character', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(text[at] !== character);
        assert.throws(() => decodeSnapshot(text.slice(0, at) + character + text.slice(at + 1), 'audit@'));
      }),
    );
  });

  it('throws for the snapshot of another connection', () => {
    assert.throws(() => decodeSnapshot(text, 'other@'), /another connection/);
  });

  it('throws for an incomplete snapshot', () => {
    const { credentials, ...incomplete } = file;
    assert.throws(() => decodeSnapshot(encodeSnapshot(incomplete as typeof file), 'audit@'), /incomplete/);
  });
});

describe('encodeSnapshot', () => {
  const file = { ...createSnapshot(), connection: 'audit@', credentials: 'fingerprint', savedAt: 5 };
  const limit = (lists: ConnectionSnapshot['lists']) =>
    decodeSnapshot(encodeSnapshot({ ...file, lists }), 'audit@').lists;

  it('limits a list to a thousand rows and marks it as incomplete', () => {
    const rows = Array.from({ length: 1001 }, (_, index) => index);
    const [part] = limit({ long: list(rows) }).long ?? [];
    assert.equal(part?.rows.length, 1000);
    assert.equal(part?.complete, false);
  });

  it('limits a snapshot to two million characters of the most recently read lists', () => {
    const lists = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`list ${index}`, list(['x'.repeat(100_000)], index)]),
    );
    assert.deepEqual(
      Object.keys(limit(lists)),
      Array.from({ length: 19 }, (_, index) => `list ${29 - index}`),
    );
  });
});

describe('SnapshotFiles', () => {
  let folder: string;
  let problems: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'packscope-snapshots-'));
    problems = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => new SnapshotFiles(folder, (message) => problems.push(message));
  const getFile = () => join(folder, readdirSync(folder)[0] ?? '');

  /** Runs a session that saves a snapshot. */
  async function saveSnapshot(): Promise<void> {
    const files = open();
    await files.restore(connection);
    files.save(connection, () => createSnapshot());
    files.dispose();
  }

  it('restores the snapshot of the last session for the same connection only', async () => {
    await saveSnapshot();
    const restored = await open().restore(connection);
    assert.deepEqual(restored?.lists, createSnapshot().lists);
    assert.deepEqual(restored.scope, scope);
    assert(restored.sameCredentials);
    assert.equal(await open().restore({ profile: 'other' }), undefined);
    assert.deepEqual(problems, []);
  });

  it('detects that the AWS files have changed since the last session', () =>
    withAwsFiles('[profile audit]\n', '', async () => {
      await saveSnapshot();
      assert((await open().restore(connection))?.sameCredentials);
      writeFileSync(
        process.env.AWS_CONFIG_FILE ?? '',
        '[profile audit]\nrole_arn = arn:aws:iam::444455556666:role/x\n',
      );
      assert.equal((await open().restore(connection))?.sameCredentials, false);
    }));

  it('saves the fingerprint of the credentials that read the rows, even if they change before the write', () =>
    withAwsFiles('[profile audit]\n', '', async () => {
      const files = open();
      await files.restore(connection);
      files.save(connection, () => createSnapshot());
      writeFileSync(process.env.AWS_CONFIG_FILE ?? '', '[profile audit]\nregion = eu-central-1\n');
      await files.restore(connection);
      files.dispose();
      assert.equal((await open().restore(connection))?.sameCredentials, false);
    }));

  it('detects changes of the environment without storing its secrets', () =>
    withAwsFiles('', '', async () => {
      await saveSnapshot();
      const before = readFileSync(getFile(), 'utf8');
      process.env.AWS_SECRET_ACCESS_KEY = 'hidden';
      assert((await open().restore(connection))?.sameCredentials);
      process.env.AWS_ACCESS_KEY_ID = 'AKIA1';
      assert.equal((await open().restore(connection))?.sameCredentials, false);
      assert(!before.includes('hidden'));
    }));

  it('deletes a damaged file and reports it', async () => {
    await saveSnapshot();
    writeFileSync(getFile(), `${readFileSync(getFile(), 'utf8')} `);
    assert.equal(await open().restore(connection), undefined);
    assert.deepEqual(problems, ['Deleting the snapshot of profile audit: it is damaged or has another version']);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('removes the snapshot of a connection', async () => {
    await saveSnapshot();
    open().remove(connection);
    assert.equal(await open().restore(connection), undefined);
  });

  it('limits the folder to fifty files', async () => {
    const files = open();
    for (let index = 0; index < 60; index++) files.save({ profile: `p${index}` }, createSnapshot);
    files.dispose();
    assert.equal(readdirSync(folder).length, 50);
  });
});
