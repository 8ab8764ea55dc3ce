import * as vscode from 'vscode';
import type { OpenSource } from './compliance/source.ts';
import { Estate } from './compliance/store/estate.ts';
import { settingsSection } from './manifest.ts';
import { registerConnections } from './views/connections/register.ts';
import { logRequest, logThrottled, registerLog } from './views/diagnostics/log.ts';
import { RequestHistory } from './views/diagnostics/requestHistory.ts';
import { registerEditor } from './views/editor/register.ts';
import { registerExport } from './views/export/register.ts';
import { registerPalette } from './views/palette/register.ts';
import { registerPanels } from './views/panel/register.ts';
import { settings } from './views/shared/settings.ts';
import { registerSnapshots } from './views/shared/snapshots.ts';
import { registerStatus } from './views/status/register.ts';
import { registerTools } from './views/tools/register.ts';
import { registerTree } from './views/tree/register.ts';

/** Puts the parts together. Nothing is read or asked before a view, a command or a document wants it. */
export function activate(context: vscode.ExtensionContext): unknown {
  const log = registerLog(context);
  const requests = new RequestHistory();
  let sources: Promise<OpenSource> | undefined;
  const mfa = {
    ask: async (profile: string, serial: string) =>
      (await import('./views/connections/mfa.ts')).askMfaCode(profile, serial),
    round: () => estate.promptGeneration,
  };
  const estate = new Estate({
    open: async (connection) => {
      sources ??= import('./aws/openSource.ts').then(({ createOpenSource }) =>
        createOpenSource({
          ...settings,
          log: (record) => {
            requests.add(record, Date.now());
            logRequest(log, record);
          },
          mfa,
          onThrottled: (region, until) => {
            logThrottled(log, region, until);
            tree.showThrottled(region, until);
          },
        }),
      );
      return (await sources)(connection);
    },
    aggregatorNames: settings.aggregators,
    snapshots: registerSnapshots(context, log),
  });
  const tree = registerTree(context, estate);
  const palette = registerPalette(context, estate, tree, registerPanels(context, estate));
  registerEditor(context, estate, log);
  registerStatus(context, palette, tree, requests);
  registerConnections(context, estate, async () => (await import('./aws/credentials/profiles.ts')).profiles());
  registerTools(context, estate);
  context.subscriptions.push(
    registerExport(estate),
    { dispose: () => estate.dispose() },
    vscode.workspace.onDidChangeConfiguration((change) => {
      // Other settings change what is shown or asked for from now on, not what has been read.
      if (change.affectsConfiguration(`${settingsSection}.aggregators`)) tree.refresh();
      else if (change.affectsConfiguration(settingsSection)) tree.show({});
    }),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? { estate, tree } : undefined;
}
