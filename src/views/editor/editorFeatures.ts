import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { settingsSection } from '../../manifest.ts';
import type { HistoryAccess } from '../history/register.ts';
import { settings } from '../shared/settings.ts';
import { PackCodeActionProvider } from './codeActionProvider.ts';
import { PackCodeLensProvider } from './codeLensProvider.ts';
import { PackNameCompletionProvider } from './completionProvider.ts';
import { TemplateDiagnostics } from './diagnostics.ts';
import { TemplateHoverProvider } from './hoverProvider.ts';
import { isEditable } from './isEditable.ts';
import { PackLookup } from './packLookup.ts';
import { TemplateCache } from './templateCache.ts';
import { languageIds } from './templateDetection.ts';

/** Files and languages that may be templates; their text decides. */
const selector: vscode.DocumentSelector = [
  { pattern: '**/*.{yaml,yml,json,template,cfn}' },
  { pattern: '**/{*.tf,*.tofu,*.tfvars,terragrunt.hcl}' },
  { pattern: '**/*.{ts,mts,cts,js,mjs,cjs,tsx,jsx,py}' },
  { pattern: '**/*.{sh,bash,zsh,ksh,md,markdown}' },
  ...languageIds.map((language) => ({ language })),
];

/** Changes of the stores within this time update code lenses and diagnostics once. */
const updateDelayMs = 100;

export interface EditorDependencies {
  readonly estate: Estate;
  readonly log: vscode.LogOutputChannel;
  readonly history: HistoryAccess;
}

/** Registers hovers, code lenses, diagnostics, completion and code actions for templates. */
export function startEditorFeatures(
  context: vscode.ExtensionContext,
  { estate, log, history }: EditorDependencies,
): void {
  const templates = new TemplateCache(log);
  const lookup = new PackLookup(estate, settings.connections, () => vscode.workspace.isTrusted, history.getScoreChange);
  const onDidChange = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  const unsubscribe = estate.onDidChange(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onDidChange.fire();
    }, updateDelayMs);
  });
  const loadPacks = async (document: vscode.TextDocument) => {
    if (!isEditable(document)) return;
    const hasCodeLenses = settings.editor.codeLens();
    const index = hasCodeLenses || settings.editor.diagnostics() ? await templates.getIndex(document) : undefined;
    if (!index) return;
    await lookup.requestPacks(index);
    if (hasCodeLenses) lookup.requestRuleCounts(index);
  };
  const loadAllPacks = () => vscode.workspace.textDocuments.forEach((document) => void loadPacks(document));
  const {
    registerHoverProvider,
    registerCodeLensProvider,
    registerCompletionItemProvider,
    registerCodeActionsProvider,
  } = vscode.languages;
  context.subscriptions.push(
    templates,
    onDidChange,
    new TemplateDiagnostics(templates, lookup, onDidChange.event),
    { dispose: unsubscribe },
    { dispose: () => clearTimeout(timer) },
    vscode.workspace.onDidOpenTextDocument(loadPacks),
    vscode.workspace.onDidSaveTextDocument(loadPacks),
    vscode.workspace.onDidGrantWorkspaceTrust(loadAllPacks),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settingsSection)) onDidChange.fire();
    }),
    registerHoverProvider(selector, new TemplateHoverProvider(templates, lookup)),
    registerCodeLensProvider(selector, new PackCodeLensProvider(templates, lookup, onDidChange.event)),
    registerCompletionItemProvider(selector, new PackNameCompletionProvider(lookup), '"', "'", ' '),
    registerCodeActionsProvider(selector, new PackCodeActionProvider(templates, lookup), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, PackCodeActionProvider.navigationKind],
    }),
  );
  loadAllPacks();
}
