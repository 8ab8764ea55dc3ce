import type * as vscode from 'vscode';
import { toOneLine } from '../../compliance/text/plainText.ts';

/** Writes a line to the log. Data in it can neither begin further lines nor hide. */
export const writeLine = (log: vscode.LogOutputChannel, level: 'info' | 'warn' | 'error', text: string): void =>
  log[level](toOneLine(text));
