import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { settingsSection } from '../../manifest.ts';
import { settings } from '../shared/settings.ts';
import { PackActions } from './actions.ts';
import { PackNameCompletion } from './completion.ts';
import { Deployments } from './deployments.ts';
import { PackDiagnostics } from './diagnostics.ts';
import { PackHovers } from './hover.ts';
import { isEditable } from './isEditable.ts';
import { PackLenses } from './lens.ts';
import { TemplateCache } from './templateCache.ts';
import { languageIds } from './templateDetection.ts';

/** What templates are written in, by name or by language; the text decides whether one is of ours. */
const selector: vscode.DocumentSelector = [
  { pattern: '**/*.{yaml,yml,json,template,cfn}' },
  { pattern: '**/*.{tf,tofu}' },
  { pattern: '**/*.{ts,mts,cts,js,mjs,cjs,tsx,jsx,py}' },
  ...languageIds.map((language) => ({ language })),
];

/** Facts settle this long, in milliseconds, before lenses and problems are shown anew. */
const settling = 100;

/** Puts hovers, lenses, problems and completion for templates in place. */
export function startEditor(context: vscode.ExtensionContext, estate: Estate, log: vscode.LogOutputChannel): void {
  const templates = new TemplateCache(log);
  const deployments = new Deployments(estate, settings.connections, () => vscode.workspace.isTrusted);
  const changed = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  const stop = estate.onDidChange(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire();
    }, settling);
  });
  const diagnostics = new PackDiagnostics(templates, deployments, changed.event);
  const ask = async (document: vscode.TextDocument) => {
    if (!isEditable(document)) return;
    const counted = settings.editor.codeLens();
    const index = counted || settings.editor.diagnostics() ? await templates.indexOf(document) : undefined;
    if (!index) return;
    await deployments.ask(index);
    if (counted) deployments.askCounts(index);
  };
  const askAll = () => vscode.workspace.textDocuments.forEach((document) => void ask(document));
  askAll();
  const {
    registerHoverProvider,
    registerCodeLensProvider,
    registerCompletionItemProvider,
    registerCodeActionsProvider,
  } = vscode.languages;
  context.subscriptions.push(
    templates,
    changed,
    diagnostics,
    { dispose: stop },
    { dispose: () => clearTimeout(timer) },
    vscode.workspace.onDidOpenTextDocument(ask),
    vscode.workspace.onDidSaveTextDocument(ask),
    vscode.workspace.onDidGrantWorkspaceTrust(askAll),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settingsSection)) changed.fire();
    }),
    registerHoverProvider(selector, new PackHovers(templates, deployments)),
    registerCodeLensProvider(selector, new PackLenses(templates, deployments, changed.event)),
    registerCompletionItemProvider(selector, new PackNameCompletion(deployments), '"', "'", ' '),
    registerCodeActionsProvider(selector, new PackActions(templates, deployments), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, PackActions.elsewhere],
    }),
  );
}
