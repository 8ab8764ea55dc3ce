import * as vscode from 'vscode';
import { showConfirmation } from './messages.ts';

/** Copies a text that a person asked for, and confirms it in the status bar. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  showConfirmation('Copied to the clipboard');
}
