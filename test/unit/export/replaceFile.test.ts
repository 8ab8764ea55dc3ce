import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { type FileReplacement, replaceFile } from '../../../src/views/export/replaceFile.ts';

const uri = { scheme: 'test', path: '/export.csv' } as Uri;

/** A file system with at most one file, which refuses content that is longer than `maxLength` after it has begun to write. */
class SmallFileSystem implements FileReplacement {
  content: Uint8Array | undefined;
  readonly #maxLength: number;

  constructor(maxLength: number, content?: string) {
    this.#maxLength = maxLength;
    this.content = content === undefined ? undefined : Buffer.from(content);
  }

  async stat() {
    if (!this.content) throw new Error('not found');
    return { type: 1, ctime: 0, mtime: 0, size: this.content.length };
  }

  async readFile(): Promise<Uint8Array> {
    return this.content ?? assert.fail('not found');
  }

  async writeFile(_: Uri, content: Uint8Array): Promise<void> {
    this.content = content.subarray(0, this.#maxLength);
    if (content.length > this.#maxLength) throw new Error('disk full');
  }

  async delete(): Promise<void> {
    this.content = undefined;
  }
}

describe('replaceFile', () => {
  it('writes a file', async () => {
    const files = new SmallFileSystem(10);
    await replaceFile(files, uri, Buffer.from('new'));
    assert.equal(String(files.content), 'new');
  });

  it('leaves nothing of a file that the file system refuses', async () => {
    const files = new SmallFileSystem(2);
    await assert.rejects(replaceFile(files, uri, Buffer.from('new')), /disk full/);
    assert.equal(files.content, undefined);
  });

  it('leaves an existing file as it was', async () => {
    const files = new SmallFileSystem(3, 'old');
    await assert.rejects(replaceFile(files, uri, Buffer.from('new content')), /disk full/);
    assert.equal(String(files.content), 'old');
  });

  it('says why the file system refuses, and that the file may be incomplete if it refuses everything', async () => {
    const files = new SmallFileSystem(0, 'old');
    await assert.rejects(
      replaceFile(files, uri, Buffer.from('new')),
      /^Error: The file may be incomplete: .* disk full$/,
    );
  });
});
