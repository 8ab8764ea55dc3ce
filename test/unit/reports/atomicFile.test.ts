import assert from 'node:assert/strict';
import { chmod, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile as write } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomically } from '../../../src/reports/atomicFile.ts';
import { createTemporaryFolder } from '../../support/folders.ts';

describe('writeFileAtomically', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await createTemporaryFolder(tmpdir());
    path = join(folder, 'rows.csv');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const never = new AbortController().signal;
  async function* createChunks(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
    for (const text of texts) {
      if (text instanceof Error) throw text;
      yield text;
    }
  }

  const unread: AsyncIterable<string> = { [Symbol.asyncIterator]: () => assert.fail('The text is read') };

  it('writes the whole text and leaves no other file', async () => {
    await writeFileAtomically(path, createChunks('ä', 'b'.repeat(1_000_000), '\n'), never);
    assert.equal(await readFile(path, 'utf8'), `ä${'b'.repeat(1_000_000)}\n`);
    assert.deepEqual(await readdir(folder), ['rows.csv']);
  });

  it('replaces an existing file', async () => {
    await write(path, 'existing content');
    await writeFileAtomically(path, createChunks('new'), never);
    assert.equal(await readFile(path, 'utf8'), 'new');
  });

  for (const name of [`${'n'.repeat(251)}.csv`, `${'ä'.repeat(125)}.csv`]) {
    it(`writes a file with a name of ${Buffer.byteLength(name)} bytes`, async () => {
      await writeFileAtomically(join(folder, name), createChunks('new'), never);
      assert.deepEqual(await readdir(folder), [name]);
    });
  }

  for (const mode of [0o600, 0o640, 0o666]) {
    it(`keeps the permissions ${mode.toString(8)} of an existing file`, async () => {
      await write(path, 'existing content');
      await chmod(path, mode);
      await writeFileAtomically(path, createChunks('new'), never);
      assert.equal((await stat(path)).mode & 0o777, mode);
    });
  }

  it('writes to the file that links lead to, whether it exists or not', async () => {
    await mkdir(join(folder, 'other'));
    await symlink(join('other', 'second'), path);
    await symlink('rows.csv', join(folder, 'other', 'second'));
    for (const text of ['first', 'second']) {
      await writeFileAtomically(path, createChunks(text), never);
      assert((await lstat(path)).isSymbolicLink());
      assert.equal(await readFile(join(folder, 'other', 'rows.csv'), 'utf8'), text);
    }
    assert.deepEqual(await readdir(join(folder, 'other')), ['rows.csv', 'second']);
  });

  it('rejects links that lead in a circle', async () => {
    await symlink('other.csv', path);
    await symlink('rows.csv', join(folder, 'other.csv'));
    await assert.rejects(writeFileAtomically(path, createChunks('new'), never), /circle/);
  });

  it('leaves an existing file unchanged if the text ends in an error', async () => {
    await assert.rejects(writeFileAtomically(path, createChunks('a', new Error('half-way')), never), /half-way/);
    assert.deepEqual(await readdir(folder), []);
    await write(path, 'existing content');
    await assert.rejects(writeFileAtomically(path, createChunks('a', new Error('half-way')), never), /half-way/);
    assert.equal(await readFile(path, 'utf8'), 'existing content');
    assert.deepEqual(await readdir(folder), ['rows.csv']);
  });

  it('ends the text when aborted', async () => {
    const controller = new AbortController();
    let hasEnded = false;
    async function* text(): AsyncGenerator<string> {
      try {
        yield 'a';
        controller.abort();
        for (;;) yield 'a';
      } finally {
        hasEnded = true;
      }
    }
    await assert.rejects(writeFileAtomically(path, text(), controller.signal), { name: 'AbortError' });
    assert(hasEnded);
  });

  it('leaves no file when aborted', async () => {
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      for (let chunk = 0; ; chunk += 1) {
        if (chunk === 3) controller.abort();
        yield 'a';
      }
    }
    await assert.rejects(writeFileAtomically(path, endless(), controller.signal), { name: 'AbortError' });
    assert.deepEqual(await readdir(folder), []);
  });

  it('reads no text if there is no such folder', async () => {
    await assert.rejects(writeFileAtomically(join(folder, 'nowhere', 'rows.csv'), unread, never), { code: 'ENOENT' });
  });

  it('reads no text if a folder, a device or a read-only file is in the way', async () => {
    await mkdir(path);
    await assert.rejects(writeFileAtomically(path, unread, never), /something other than a file/);
    await symlink(devNull, join(folder, 'device'));
    await assert.rejects(writeFileAtomically(join(folder, 'device'), unread, never), /something other than a file/);
    const evidence = join(folder, 'evidence.csv');
    await write(evidence, 'existing content');
    await chmod(evidence, 0o444);
    await assert.rejects(writeFileAtomically(evidence, unread, never), /read-only/);
    assert.equal(await readFile(evidence, 'utf8'), 'existing content');
    assert.deepEqual((await readdir(folder)).sort(), ['device', 'evidence.csv', 'rows.csv']);
  });

  it('writes long chunks of any characters', async () => {
    const long = '𝒜ä\u0000b€'.repeat(50_000);
    await writeFileAtomically(path, createChunks('', long, 'end'), never);
    assert.equal(await readFile(path, 'utf8'), `${long}end`);
  });
});
