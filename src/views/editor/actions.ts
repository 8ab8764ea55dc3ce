import * as vscode from 'vscode';
import type { Deployments } from './deployments.ts';
import { packActions } from './packActions.ts';
import { foundAt } from './references.ts';
import type { TemplateCache } from './templateCache.ts';

/** Problems of a deployed pack, whose cure begins with a look at it. */
const ofDeployment = ['deployment', 'score', 'difference'];

/** What the light bulb offers at a pack's or rule's name: to mend it, and to go to the deployed pack. */
export class PackActions implements vscode.CodeActionProvider {
  /** What is only a way to somewhere else is no fix. */
  static readonly elsewhere = vscode.CodeActionKind.Empty.append('packscope');
  readonly #templates: TemplateCache;
  readonly #deployments: Deployments;

  constructor(templates: TemplateCache, deployments: Deployments) {
    this.#templates = templates;
    this.#deployments = deployments;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    { start }: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const index = await this.#templates.indexOf(document);
    if (!index) return [];
    const found = foundAt(index, document.offsetAt(start));
    if (!found) return [];
    const ours = diagnostics.filter(({ source }) => source === 'Packscope');
    const deployed =
      found.kind === 'pack'
        ? this.#deployments.answers(index, found.reference).flatMap((answer) => answer.deployed)
        : this.#deployments.withTemplate(index, found.template);
    const cured = ours.filter(({ code }) => ofDeployment.includes(String(code)));
    const ways = packActions(deployed).map(({ title, command, arguments: args }) => {
      const kind = cured.length > 0 ? vscode.CodeActionKind.QuickFix : PackActions.elsewhere;
      const action = new vscode.CodeAction(title, kind);
      action.command = { title, command, arguments: [...args] };
      action.diagnostics = cured;
      return action;
    });
    const written = found.reference.resolve().map(({ text }) => text);
    return [...ours.flatMap((diagnostic) => renaming(document, diagnostic, written)), ...ways];
  }
}

/** A name that only has the wrong separators can be mended at once, where it is written out. */
function renaming(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  names: readonly string[],
): vscode.CodeAction[] {
  const written = document.getText(diagnostic.range);
  const name = written.replace(/[_. ]+/g, '-');
  if (diagnostic.code !== 'name' || !names.includes(written) || !/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name)) return [];
  const action = new vscode.CodeAction(`Rename to ${name}`, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, diagnostic.range, name);
  action.diagnostics = [diagnostic];
  return [action];
}
