import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { mightContainPacks } from './templateDetection.ts';

/** What stands in templates is loaded with the first document that mentions a pack: most people's never do. */
export function registerEditor(context: vscode.ExtensionContext, estate: Estate, log: vscode.LogOutputChannel): void {
  const looking: vscode.Disposable[] = [];
  let found = false;
  const look = async (document: vscode.TextDocument): Promise<void> => {
    if (found || !mightContainPacks(document)) return;
    found = true;
    for (const each of looking) each.dispose();
    const { startEditor } = await import('./editorFeatures.ts');
    startEditor(context, estate, log);
  };
  looking.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  context.subscriptions.push(...looking);
  for (const document of vscode.workspace.textDocuments) void look(document);
}
