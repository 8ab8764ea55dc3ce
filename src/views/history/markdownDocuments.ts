import * as vscode from 'vscode';
import { toFileName } from '../../compliance/text/plainText.ts';

const scheme = 'packscope-changes';

/** Read-only documents with Markdown. Unlike an untitled document, one closes without a prompt. */
class MarkdownDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #onDidChange = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#onDidChange.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** Replaces the text of the document with this title, or creates it. */
  update(title: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${toFileName(title)}.md` });
    this.#texts.set(uri.path, text);
    this.#onDidChange.fire(uri);
    return uri;
  }
}

const createDocuments = () => {
  const documents = new MarkdownDocuments();
  return { documents, registration: vscode.workspace.registerTextDocumentContentProvider(scheme, documents) };
};
let registered: ReturnType<typeof createDocuments> | undefined;

/** Opens Markdown as a read-only document, rendered where the editor can. */
export async function showMarkdown(title: string, text: string): Promise<void> {
  registered ??= createDocuments();
  const uri = registered.documents.update(title, text);
  const document = await vscode.workspace.openTextDocument(uri);
  const commands = await vscode.commands.getCommands(true);
  // The built-in Markdown extension can be disabled.
  if (commands.includes('markdown.showPreview')) await vscode.commands.executeCommand('markdown.showPreview', uri);
  else await vscode.window.showTextDocument(document, { preview: false });
}
