import type * as vscode from 'vscode';
import { detectLanguage, mightContainPacks as mightTextContainPacks } from '../../templates/language.ts';

/** A file extension for each VS Code language id that templates are written in. */
const extensionByLanguage: Readonly<Record<string, string>> = {
  yaml: '.yaml',
  'yaml-cfn': '.yaml',
  json: '.json',
  jsonc: '.json',
  'json-cfn': '.json',
  cloudformation: '.template',
  terraform: '.tf',
  'terraform-vars': '.tfvars',
  opentofu: '.tf',
  // Only `terragrunt.hcl` is read.
  hcl: '.hcl',
  terragrunt: '.hcl',
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  python: '.py',
  shellscript: '.sh',
  markdown: '.md',
};

export const languageIds: readonly string[] = Object.keys(extensionByLanguage);

/** The document's path. If its extension is unknown, the extension of the document's language is appended. */
export const getTemplatePath = ({ uri: { path }, languageId }: vscode.TextDocument): string =>
  detectLanguage(path) === undefined ? path + (extensionByLanguage[languageId] ?? '') : path;

/** A cheap test that avoids loading the parser for documents without packs. */
export const mightContainPacks = (document: vscode.TextDocument): boolean =>
  mightTextContainPacks({ path: getTemplatePath(document), text: document.getText() });
