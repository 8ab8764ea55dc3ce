import * as vscode from 'vscode';
import { showInvisible } from '../../compliance/text/plainText.ts';
import { runInSlices } from '../../timeSlicing.ts';
import { settings } from '../shared/settings.ts';
import { isEditable } from './isEditable.ts';
import type { PackLookup } from './packLookup.ts';
import { findProblems, type Severity, type TemplateProblem } from './problems.ts';
import type { TemplateCache } from './templateCache.ts';

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Publishes the problems of the open documents. */
export class TemplateDiagnostics implements vscode.Disposable {
  readonly #templates: TemplateCache;
  readonly #lookup: PackLookup;
  readonly #collection = vscode.languages.createDiagnosticCollection('packscope');
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(templates: TemplateCache, lookup: PackLookup, onDidChange: vscode.Event<void>) {
    this.#templates = templates;
    this.#lookup = lookup;
    this.#subscriptions = [
      this.#collection,
      templates.onDidIndex((document) => this.#update(document)),
      onDidChange(() => vscode.workspace.textDocuments.forEach((document) => void this.#update(document))),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #update(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const isEnabled = settings.editor.diagnostics() && isEditable(document);
    const index = isEnabled ? await this.#templates.getIndex(document) : undefined;
    const problems = index ? await runInSlices(findProblems(index, this.#lookup, settings.scoreTarget())) : [];
    // A newer version of the document gets an update of its own, and so does one of a file that it depends on.
    if (document.isClosed || document.version !== version) return;
    if (isEnabled && (await this.#templates.getIndex(document)) !== index) return;
    this.#collection.set(
      document.uri,
      problems.map((problem) => toDiagnostic(document, problem)),
    );
  }
}

function toDiagnostic(
  document: vscode.TextDocument,
  { range: { start, end }, severity, code, message }: TemplateProblem,
): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const diagnostic = new vscode.Diagnostic(range, showInvisible(message), severities[severity]);
  diagnostic.source = 'Packscope';
  diagnostic.code = code;
  return diagnostic;
}
