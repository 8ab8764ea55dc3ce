import * as vscode from 'vscode';
import { getPackActions } from './packActions.ts';
import type { PackLookup } from './packLookup.ts';
import type { TemplateCache } from './templateCache.ts';

/** Codes of the problems that a person fixes by looking at the deployed pack first. */
const deploymentProblemCodes = ['deployment', 'score', 'difference'];

/** Offers, at the name of a pack or rule, to fix the name and to open the deployed pack. */
export class PackCodeActionProvider implements vscode.CodeActionProvider {
  /** The kind of actions that only navigate: they are no quick fixes. */
  static readonly navigationKind = vscode.CodeActionKind.Empty.append('packscope');
  readonly #templates: TemplateCache;
  readonly #lookup: PackLookup;

  constructor(templates: TemplateCache, lookup: PackLookup) {
    this.#templates = templates;
    this.#lookup = lookup;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    { start }: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const located = await this.#templates.findReference(document, start);
    if (!located) return [];
    const ownDiagnostics = diagnostics.filter(({ source }) => source === 'Packscope');
    const packs =
      located.kind === 'pack'
        ? this.#lookup.find(located.index, located.reference).flatMap((result) => result.packs)
        : this.#lookup.findPacksWithTemplate(located.index, located.template);
    const fixable = ownDiagnostics.filter(({ code }) => deploymentProblemCodes.includes(String(code)));
    const packActions = getPackActions(packs).map(({ title, command, arguments: args }) => {
      const kind = fixable.length > 0 ? vscode.CodeActionKind.QuickFix : PackCodeActionProvider.navigationKind;
      const action = new vscode.CodeAction(title, kind);
      action.command = { title, command, arguments: [...args] };
      action.diagnostics = fixable;
      return action;
    });
    const names = located.reference.resolve().map(({ text }) => text);
    return [
      ...ownDiagnostics.flatMap((diagnostic) => createRenameActions(document, diagnostic, names)),
      ...packActions,
    ];
  }
}

/** Replaces wrong separators in a name, if the name is a literal in the document. */
function createRenameActions(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  names: readonly string[],
): vscode.CodeAction[] {
  const literal = document.getText(diagnostic.range);
  const name = literal.replace(/[_. ]+/g, '-');
  if (diagnostic.code !== 'name' || !names.includes(literal) || !/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name)) return [];
  const action = new vscode.CodeAction(`Rename to ${name}`, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, diagnostic.range, name);
  action.diagnostics = [diagnostic];
  return [action];
}
