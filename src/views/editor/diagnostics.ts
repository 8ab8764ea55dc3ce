import * as vscode from 'vscode';
import { inSlices } from '../../templates/slices.ts';
import { settings } from '../shared/settings.ts';
import type { Deployments } from './deployments.ts';
import { isEditable } from './isEditable.ts';
import { problemsOf, type Severity, type TemplateProblem } from './problems.ts';
import type { TemplateCache } from './templateCache.ts';

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Problems of the open documents, of what is known. */
export class PackDiagnostics implements vscode.Disposable {
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

  async #show(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const index =
      settings.editor.diagnostics() && isEditable(document) ? await this.#templates.indexOf(document) : undefined;
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
