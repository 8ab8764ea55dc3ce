import * as vscode from 'vscode';

/**
 * Writes the sample's templates to the extension's storage and opens the first. Files keep working after a reload of
 * the window, and in every feature for templates.
 */
export async function openSampleTemplate(
  { globalStorageUri }: vscode.ExtensionContext,
  templates: Readonly<Record<string, string>>,
): Promise<void> {
  const encoder = new TextEncoder();
  const written = Object.entries(templates).map(async ([name, text]) => {
    const uri = vscode.Uri.joinPath(globalStorageUri, 'sample', name);
    await vscode.workspace.fs.writeFile(uri, encoder.encode(text));
    return uri;
  });
  const [first] = await Promise.all(written);
  if (first) await vscode.window.showTextDocument(first, { preview: false });
}
