import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { writeFile } from '../../reports/file.ts';

/** Writes text as it comes; where the file is no file of this machine, which cannot be written in parts, at its end. */
export async function writeText(uri: vscode.Uri, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  if (uri.scheme === 'file') return writeFile(uri.fsPath, text, signal);
  const pieces: Buffer[] = [];
  for await (const piece of text) pieces.push(Buffer.from(piece));
  signal.throwIfAborted();
  await vscode.workspace.fs.writeFile(uri, Buffer.concat(pieces));
}

/** A file as an argument names it. */
export function parseUri(args: unknown): vscode.Uri {
  if (args instanceof vscode.Uri) return args;
  if (typeof args === 'string' && isAbsolute(args)) return vscode.Uri.file(args);
  if (typeof args === 'string' && /^[a-z][-+.\w]+:/i.test(args)) return vscode.Uri.parse(args, true);
  throw new Error('uri: Give a URI or the absolute path of a file.');
}
