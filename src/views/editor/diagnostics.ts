import * as vscode from 'vscode';
import { inSlices } from '../../templates/slices.ts';
import { settings } from '../settings.ts';
import type { Deployments } from './deployments.ts';
import { problemsOf, type Severity, type TemplateProblem } from './problems.ts';
import { foundAt } from './references.ts';
import type { TemplateCache } from './templateCache.ts';

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Problems of the open documents, of what is known. */
export class PackDiagnostics implements vscode.Disposable, vscode.CodeActionProvider {
  readonly #templates: TemplateCache;
  readonly #deployments: Deployments;
  readonly #collection = vscode.languages.createDiagnosticCollection('packscope');
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(templates: TemplateCache, deployments: Deployments, changed: vscode.Event<void>) {
    this.#templates = templates;
    this.#deployments = deployments;
    this.#subscriptions = [
      this.#collection,
      templates.onDidIndex((document) => this.#show(document)),
      changed(() => vscode.workspace.textDocuments.forEach((document) => void this.#show(document))),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** A name that only has the wrong separators can be mended at once, where it is written out. */
  async provideCodeActions(
    document: vscode.TextDocument,
    _: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const ours = context.diagnostics.filter(({ source, code }) => source === 'Packscope' && code === 'name');
    const index = ours.length > 0 ? await this.#templates.indexOf(document) : undefined;
    return ours.flatMap((diagnostic) => {
      const written = document.getText(diagnostic.range);
      const found = index && foundAt(index, document.offsetAt(diagnostic.range.start));
      const name = written.replace(/[_. ]+/g, '-');
      if (!found?.reference.resolve().some(({ text }) => text === written) || !/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name))
        return [];
      const action = new vscode.CodeAction(`Rename to ${name}`, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.replace(document.uri, diagnostic.range, name);
      action.diagnostics = [diagnostic];
      return [action];
    });
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const index = settings.editor.diagnostics() ? await this.#templates.indexOf(document) : undefined;
    const problems = index ? await inSlices(problemsOf(index, this.#deployments, settings.scoreTarget())) : [];
    // What has been typed meanwhile has problems of its own.
    if (document.isClosed || document.version !== version) return;
    this.#collection.set(
      document.uri,
      problems.map((problem) => diagnosticOf(document, problem)),
    );
  }
}

function diagnosticOf(
  document: vscode.TextDocument,
  { range, severity, code, message }: TemplateProblem,
): vscode.Diagnostic {
  const place = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  const diagnostic = new vscode.Diagnostic(place, message, severities[severity]);
  diagnostic.source = 'Packscope';
  diagnostic.code = code;
  return diagnostic;
}
