import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFile } from '../../../src/reports/file.ts';
import { temporaryFolder } from '../../support/workbench/folders.ts';

describe('a file that is written as its text comes', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await temporaryFolder(tmpdir());
    path = join(folder, 'rows.csv');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const never = new AbortController().signal;
  async function* pieces(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
    for (const text of texts) {
      if (text instanceof Error) throw text;
      yield text;
    }
  }

  it('holds all of it, and nothing is left beside it', async () => {
    await writeFile(path, pieces('ä', 'b'.repeat(1_000_000), '\n'), never);
    assert.equal(await readFile(path, 'utf8'), `ä${'b'.repeat(1_000_000)}\n`);
    assert.deepEqual(await readdir(folder), ['rows.csv']);
  });

  it('takes the place of one that was there', async () => {
    await write(path, 'what was there before');
    await writeFile(path, pieces('new'), never);
    assert.equal(await readFile(path, 'utf8'), 'new');
  });

  it('is not there where its text ends in an error, and what was there stays', async () => {
    await assert.rejects(writeFile(path, pieces('a', new Error('half-way')), never), /half-way/);
    assert.deepEqual(await readdir(folder), []);
    await write(path, 'what was there before');
    await assert.rejects(writeFile(path, pieces('a', new Error('half-way')), never), /half-way/);
    assert.equal(await readFile(path, 'utf8'), 'what was there before');
    assert.deepEqual(await readdir(folder), ['rows.csv']);
  });

  it('is not there where it was called off', async () => {
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      for (let piece = 0; ; piece += 1) {
        if (piece === 3) controller.abort();
        yield 'a';
      }
    }
    await assert.rejects(writeFile(path, endless(), controller.signal), { name: 'AbortError' });
    assert.deepEqual(await readdir(folder), []);
  });

  it('says why it cannot be written, and asks for no more text', async () => {
    let ended = false;
    async function* text(): AsyncGenerator<string> {
      try {
        for (;;) yield 'a'.repeat(100_000);
      } finally {
        ended = true;
      }
    }
    await assert.rejects(writeFile(join(folder, 'nowhere', 'rows.csv'), text(), never), { code: 'ENOENT' });
    assert(ended);
    await mkdir(path);
    await assert.rejects(writeFile(path, pieces('a'), never));
    assert.deepEqual(await readdir(folder), ['rows.csv']);
  });
});
