import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { writeFileAtomically } from '../../reports/atomicFile.ts';
import { replaceFile } from './replaceFile.ts';

/** Streams text to a local file. Other file systems cannot be written in parts, so their files are written at the end. */
export async function writeText(uri: vscode.Uri, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  if (uri.scheme === 'file') return writeFileAtomically(uri.fsPath, text, signal);
  const chunks: Buffer[] = [];
  for await (const chunk of text) chunks.push(Buffer.from(chunk));
  signal.throwIfAborted();
  await replaceFile(vscode.workspace.fs, uri, Buffer.concat(chunks));
}

/** Parses the URI or absolute path in a command's arguments. */
export function parseUri(value: unknown): vscode.Uri {
  if (value instanceof vscode.Uri) return value;
  if (typeof value === 'string' && isAbsolute(value)) return vscode.Uri.file(value);
  if (typeof value === 'string' && /^[a-z][-+.\w]+:/i.test(value)) return vscode.Uri.parse(value, true);
  throw new Error('uri: Specify a URI or the absolute path of a file.');
}
