import * as vscode from 'vscode';
import { formatCount } from '../../compliance/text/format.ts';
import type { ExportFormat } from '../../webview/protocol.ts';
import { pickFile, showExportedFile } from './saveDialog.ts';

const fileExtensions: Record<ExportFormat, string> = { csv: 'csv', json: 'json', markdown: 'md' };

/** Prompts for a file and writes the rules that a pack's panel shows. `format` is called once there is a file. */
export async function exportRules(
  pack: string,
  fileFormat: ExportFormat,
  format: () => { readonly text: string; readonly ruleCount: number },
): Promise<void> {
  const uri = await pickFile(`Export ${pack}`, pack, fileExtensions[fileFormat]);
  if (!uri) return;
  const { text, ruleCount } = format();
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  void showExportedFile(formatCount(ruleCount, 'rule'), uri);
}
