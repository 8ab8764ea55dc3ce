import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

  it('leaves an existing file unchanged if the text ends in an error', async () => {
    await assert.rejects(writeFileAtomically(path, createChunks('a', new Error('half-way')), never), /half-way/);
    assert.deepEqual(await readdir(folder), []);
    await write(path, 'existing content');
    await assert.rejects(writeFileAtomically(path, createChunks('a', new Error('half-way')), never), /half-way/);
    assert.equal(await readFile(path, 'utf8'), 'existing content');
    assert.deepEqual(await readdir(folder), ['rows.csv']);
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

  it('rejects and stops reading text if the file cannot be written', async () => {
    let hasEnded = false;
    async function* text(): AsyncGenerator<string> {
      try {
        for (;;) yield 'a'.repeat(100_000);
      } finally {
        hasEnded = true;
      }
    }
    await assert.rejects(writeFileAtomically(join(folder, 'nowhere', 'rows.csv'), text(), never), { code: 'ENOENT' });
    assert(hasEnded);
    await mkdir(path);
    await assert.rejects(writeFileAtomically(path, createChunks('a'), never));
    assert.deepEqual(await readdir(folder), ['rows.csv']);
  });
});
