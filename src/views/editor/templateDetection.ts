import type * as vscode from 'vscode';

export const isTerraform = (path: string): boolean => /\.(tf|tofu)(\.json)?$/i.test(path);

const templateExtension = /\.(ya?ml|json|template|cfn|tf|tofu|[cm]?[jt]sx?|py)$/i;

/** A file extension for each VS Code language id that templates are written in. */
const extensionByLanguage: Readonly<Record<string, string>> = {
  yaml: '.yaml',
  'yaml-cfn': '.yaml',
  json: '.json',
  jsonc: '.json',
  'json-cfn': '.json',
  cloudformation: '.template',
  terraform: '.tf',
  opentofu: '.tf',
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  python: '.py',
};

export const languageIds: readonly string[] = Object.keys(extensionByLanguage);

/** The document's path. If its extension is unknown, the extension of the document's language is appended. */
export const getTemplatePath = ({ uri: { path }, languageId }: vscode.TextDocument): string =>
  templateExtension.test(path) ? path : path + (extensionByLanguage[languageId] ?? '');

/** A cheap test that avoids loading the parser for documents without packs. */
export function mightContainPacks(document: vscode.TextDocument): boolean {
  const path = getTemplatePath(document);
  if (!templateExtension.test(path)) return false;
  const text = document.getText();
  if (/conformance_?pack|AWS::Config::ConfigRule/i.test(text)) return true;
  // A module may pass a name to a pack in another file.
  return isTerraform(path) && /\bmodule\b/.test(text);
}
