import type * as vscode from 'vscode';

/** Whether a file is Terraform's, by its path. */
export const isTerraform = (path: string): boolean => /\.(tf|tofu)(\.json)?$/.test(path);

/** What templates are written in. */
const template = /\.(ya?ml|json|template|cfn|tf|tofu|[cm]?[jt]sx?|py)$/i;

/** A cheap look, so that nothing is parsed and no parser loaded in vain. */
export function mayHoldPacks(document: vscode.TextDocument): boolean {
  const { path } = document.uri;
  if (!template.test(path)) return false;
  const text = document.getText();
  if (/conformance_?pack|AWS::Config::ConfigRule/i.test(text)) return true;
  // A module may pass a name on to a pack in another file.
  return isTerraform(path) && /\bmodule\b/.test(text);
}
