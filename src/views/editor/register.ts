import * as vscode from 'vscode';
import type { EditorDependencies } from './editorFeatures.ts';

/** Matches what every document with pack names contains, in its text or its path: for the others, nothing is loaded. */
const mayNamePacks = /conformance|ConfigRule|\b(?:module|variable|locals|inputs)\b|tfvars/i;

/** Starts the features for templates with the first document that might contain packs. */
export function registerEditor(context: vscode.ExtensionContext, dependencies: EditorDependencies): void {
  const listeners: vscode.Disposable[] = [];
  let isStarted = false;
  const startForTemplate = async (document: vscode.TextDocument): Promise<void> => {
    if (isStarted || (!mayNamePacks.test(document.uri.path) && !mayNamePacks.test(document.getText()))) return;
    const { mightContainPacks } = await import('./templateDetection.ts');
    if (isStarted || !mightContainPacks(document)) return;
    isStarted = true;
    for (const listener of listeners) listener.dispose();
    (await import('./editorFeatures.ts')).startEditorFeatures(context, dependencies);
  };
  listeners.push(
    vscode.workspace.onDidOpenTextDocument(startForTemplate),
    vscode.workspace.onDidChangeTextDocument(({ document }) => startForTemplate(document)),
  );
  context.subscriptions.push(...listeners);
  for (const document of vscode.workspace.textDocuments) void startForTemplate(document);
}
