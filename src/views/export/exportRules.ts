import * as vscode from 'vscode';
import type { Pack } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { formatCount } from '../../compliance/text/format.ts';
import { ruleReportFormatters } from '../../reports/ruleReport.ts';
import type { ExportFormat, PanelMessage } from '../../webview/protocol.ts';
import { pickFile, showExportedFile } from './saveDialog.ts';

const fileExtensions: Record<ExportFormat, string> = { csv: 'csv', json: 'json', markdown: 'md' };

/** Prompts for a file and writes the rules that a panel shows. */
export async function exportRules(
  target: OwnPack,
  pack: Pack | undefined,
  list: RuleList,
  { format, rules: ruleNames, filter }: Extract<PanelMessage, { type: 'export' }>,
): Promise<void> {
  const uri = await pickFile(`Export ${target.name}`, target.name, fileExtensions[format]);
  if (!uri) return;
  const rulesByName = new Map(list.rows.map((rule) => [rule.name, rule]));
  const rules = ruleNames.flatMap((name) => rulesByName.get(name) ?? []);
  const text = ruleReportFormatters[format]({
    target,
    pack,
    rules,
    totalFailures: list.failingResults.isComplete ? list.failingResults.rows.length : undefined,
    filter,
    readAt: list.readAt,
    writtenAt: Date.now(),
  });
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  void showExportedFile(formatCount(rules.length, 'rule'), uri);
}
