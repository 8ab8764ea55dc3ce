import * as vscode from 'vscode';
import type { Pack } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { formatReport } from '../../reports/ruleReport.ts';
import type { ExportFormat, FromPanel } from '../../webview/protocol.ts';
import { askFile } from './saveDialog.ts';

const endings: Record<ExportFormat, string> = { csv: 'csv', json: 'json', markdown: 'md' };

/** Asks for a file and writes the rules that the panel shows. */
export async function exportRules(
  target: OwnPack,
  pack: Pack | undefined,
  list: RuleList,
  { format, rules, filter }: Extract<FromPanel, { type: 'export' }>,
): Promise<void> {
  const uri = await askFile(`Export ${target.name}`, target.name, endings[format]);
  if (!uri) return;
  const byName = new Map(list.rows.map((rule) => [rule.name, rule]));
  const text = formatReport[format]({
    target,
    pack,
    rules: rules.flatMap((name) => byName.get(name) ?? []),
    failing: list.failing.complete ? list.failing.rows.length : undefined,
    filter,
    readAt: list.readAt,
    writtenAt: Date.now(),
  });
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  void vscode.window.showInformationMessage(`Written: ${vscode.workspace.asRelativePath(uri)}`);
}
