import type * as vscode from 'vscode';

/** Whether a file is Terraform's, by its path. */
export const isTerraform = (path: string): boolean => /\.(tf|tofu)(\.json)?$/.test(path);

/** What templates are written in. */
const template = /\.(ya?ml|json|template|cfn|tf|tofu|[cm]?[jt]sx?|py)$/i;

/** The ending of a file in each language that templates are written in, by VS Code's id of it. */
const endings: Readonly<Record<string, string>> = {
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

/** The languages that templates are written in, by VS Code's ids of them. */
export const languageIds: readonly string[] = Object.keys(endings);

/** The document's path, whose ending says what it is written in: its name's own, else that of its language. */
export const templatePath = ({ uri: { path }, languageId }: vscode.TextDocument): string =>
  template.test(path) ? path : path + (endings[languageId] ?? '');

/** A cheap look, so that nothing is parsed and no parser loaded in vain. */
export function mightContainPacks(document: vscode.TextDocument): boolean {
  const path = templatePath(document);
  if (!template.test(path)) return false;
  const text = document.getText();
  if (/conformance_?pack|AWS::Config::ConfigRule/i.test(text)) return true;
  // A module may pass a name on to a pack in another file.
  return isTerraform(path) && /\bmodule\b/.test(text);
}
