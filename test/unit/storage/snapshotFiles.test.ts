import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import type { Snapshot } from '../../../src/compliance/paging/list.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import type { ConnectionSnapshot } from '../../../src/compliance/store/snapshotSync.ts';
import { SnapshotFiles } from '../../../src/storage/snapshotFiles.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../src/storage/snapshotFormat.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';
import { withReadOnlyFolder } from '../../support/readOnlyFolder.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const newScope = { ...scope, account: '444455556666' };
const connection: Connection = { profile: 'audit' };
const list = (rows: readonly unknown[], readAt = 1): readonly Snapshot[] => [{ rows, complete: true, readAt }];
/** The key of a list of names. */
const names = (query: string | number) => `organizationNames ["${query}"]`;
const createSnapshot = (lists: ConnectionSnapshot['lists'] = { [names('a')]: list(['a']) }): ConnectionSnapshot => ({
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
});

describe('encodeSnapshot', () => {
  const file = { ...createSnapshot(), connection: 'audit@', credentials: 'fingerprint', savedAt: 5 };
  const limit = (lists: ConnectionSnapshot['lists']) =>
    decodeSnapshot(encodeSnapshot({ ...file, lists }), 'audit@').lists;

  it('limits a list to a thousand rows and marks it as incomplete', () => {
    const rows = Array.from({ length: 1001 }, (_, index) => `${index}`);
    const [part] = limit({ [names('long')]: list(rows) })[names('long')] ?? [];
    assert.equal(part?.rows.length, 1000);
    assert.equal(part?.complete, false);
  });

  it('limits a snapshot to two million characters of the most recently read lists', () => {
    const lists = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [names(index), list(['x'.repeat(100_000)], index)]),
    );
    assert.deepEqual(
      Object.keys(limit(lists)),
      Array.from({ length: 19 }, (_, index) => names(29 - index)),
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
  async function saveSnapshot(of = scope, { lists } = createSnapshot()): Promise<void> {
    const files = open();
    await files.restore(connection);
    files.save(connection, () => ({ scope: of, lists }));
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

  it('detects that the AWS files were replaced by files of the same size', () =>
    withAwsFiles('[profile audit]\n', '', async () => {
      await saveSnapshot();
      utimesSync(process.env.AWS_CONFIG_FILE ?? '', 1, 1);
      assert.equal((await open().restore(connection))?.sameCredentials, false);
    }));

  it('ignores variables that are not about AWS', () =>
    withAwsFiles('', '', async () => {
      await saveSnapshot();
      process.env.PACKSCOPE_TEST = 'changed';
      assert((await open().restore(connection))?.sameCredentials);
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
    open().remove(connection, scope);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('keeps a snapshot that another window has written for the new account', async () => {
    await saveSnapshot(newScope);
    open().remove(connection, scope);
    assert.deepEqual((await open().restore(connection))?.scope, newScope);
  });

  it('drops a save that is pending for the old account', async () => {
    const files = open();
    files.save(connection, createSnapshot);
    files.remove(connection, scope);
    files.dispose();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('never restores a removed snapshot, even if its file cannot be deleted', async () => {
    await saveSnapshot();
    await withReadOnlyFolder(folder, async () => {
      const files = open();
      files.remove(connection, scope);
      assert.equal(await files.restore(connection), undefined);
      files.save(connection, () => ({ scope: newScope, lists: {} }));
      files.dispose();
      assert.equal(await files.restore(connection), undefined);
      assert.equal(problems.length, 2);
      assert.match(problems.join(), /Could not delete.*EACCES.*Could not save.*EACCES/);
    });
    assert.equal(readdirSync(folder).length, 1);
  });

  it('restores the snapshots of other accounts, regions and connections after a removal', async () => {
    const files = open();
    files.remove(connection, scope);
    for (const remaining of [newScope, { ...scope, region: 'eu-central-1' }]) {
      await saveSnapshot(remaining);
      assert.deepEqual((await files.restore(connection))?.scope, remaining);
    }
    const other = { profile: 'other' };
    const window = open();
    window.save(other, createSnapshot);
    window.dispose();
    assert.deepEqual((await files.restore(other))?.scope, scope);
  });

  it('leaves no draft if the file cannot be replaced', async () => {
    await saveSnapshot();
    const path = getFile();
    rmSync(path);
    mkdirSync(path);
    await saveSnapshot();
    assert.deepEqual(readdirSync(folder), [basename(path)]);
    assert.equal(problems.length, 1);
  });

  it('restores a scope again once it has been saved after its removal', async () => {
    const files = open();
    files.remove(connection, scope);
    files.save(connection, createSnapshot);
    files.dispose();
    assert.deepEqual((await files.restore(connection))?.scope, scope);
  });

  it('never stores lists of one account in the snapshot of another', async () => {
    await saveSnapshot();
    await saveSnapshot(newScope, { ...createSnapshot(), lists: {} });
    assert.deepEqual((await open().restore(connection))?.lists, {});
  });

  it('reports a damaged file that cannot be deleted', async () => {
    await saveSnapshot();
    writeFileSync(getFile(), 'damaged');
    await withReadOnlyFolder(folder, async () => assert.equal(await open().restore(connection), undefined));
    assert.equal(problems.length, 2);
  });

  it('keeps the lists of several windows, and of each the one that was read last', async () => {
    const windows = [open(), open()];
    for (const window of windows) await window.restore(connection);
    const snapshots = [
      { [names('first')]: list(['a']), [names('both')]: list(['old'], 1) },
      { [names('both')]: list(['new'], 2), [names('second')]: list(['b']) },
    ];
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      for (const index of order) {
        windows[index]?.save(connection, () => createSnapshot(snapshots[index]));
        windows[index]?.dispose();
      }
      assert.deepEqual((await open().restore(connection))?.lists, { ...snapshots[0], ...snapshots[1] });
    }
  });

  it('does not read files that are too large for a snapshot', async () => {
    await saveSnapshot();
    writeFileSync(getFile(), ' '.repeat(9_000_000));
    assert.equal(await open().restore(connection), undefined);
    assert.deepEqual(problems, []);
  });

  it('saves files that only the user can read, and no others', async () => {
    await saveSnapshot();
    assert.equal(statSync(getFile()).mode & 0o777, 0o600);
    assert.equal(readdirSync(folder).length, 1);
  });

  it('saves the other snapshots if one cannot be saved', async () => {
    const files = open();
    files.save({ profile: 'broken' }, () => {
      throw new Error('for a test');
    });
    files.save(connection, createSnapshot);
    files.dispose();
    assert.deepEqual(problems, ['Could not save the snapshot of profile broken: for a test']);
    assert.equal(readdirSync(folder).length, 1);
  });

  it('limits the folder to fifty files', async () => {
    const files = open();
    for (let index = 0; index < 60; index++) files.save({ profile: `p${index}` }, createSnapshot);
    files.dispose();
    assert.equal(readdirSync(folder).length, 50);
  });
});
