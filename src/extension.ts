import * as vscode from 'vscode';
import { Estate } from './compliance/estate.ts';
import type { OpenSource } from './compliance/source.ts';
import { settingsSection } from './manifest.ts';
import { registerConnections } from './views/connections/register.ts';
import { registerEditor } from './views/editor/register.ts';
import { registerExport } from './views/export/register.ts';
import { logRequest, logThrottled, registerLog } from './views/log.ts';
import { registerMemory } from './views/memory/register.ts';
import { registerPalette } from './views/palette/register.ts';
import { registerPanels } from './views/panel/register.ts';
import { RecentRequests } from './views/recentRequests.ts';
import { settings } from './views/settings.ts';
import { registerStatus } from './views/status/register.ts';
import { registerTools } from './views/tools/register.ts';
import { registerTree } from './views/tree/register.ts';

/** Puts the parts together. Nothing is read or asked before a view, a command or a document wants it. */
export function activate(context: vscode.ExtensionContext): unknown {
  const log = registerLog(context);
  const requests = new RecentRequests();
  let sources: Promise<OpenSource> | undefined;
  const mfa = {
    ask: async (profile: string, serial: string) =>
      (await import('./views/connections/mfa.ts')).askMfaCode(profile, serial),
    round: () => estate.round,
  };
  const estate = new Estate({
    open: async (connection) => {
      sources ??= import('./aws/sources.ts').then(({ awsSources }) =>
        awsSources({
          ...settings,
          log: (record) => {
            requests.add(record, Date.now());
            logRequest(log, record);
          },
          mfa,
          throttled: (region, until) => {
            logThrottled(log, region, until);
            tree.waits(region, until);
          },
        }),
      );
      return (await sources)(connection);
    },
    aggregatorNames: settings.aggregators,
    memory: registerMemory(context, log),
  });
  const tree = registerTree(context, estate);
  const palette = registerPalette(context, estate, tree, registerPanels(context, estate));
  registerEditor(context, estate, log);
  registerStatus(context, palette, tree, requests);
  registerConnections(context, estate, async () => (await import('./aws/profiles.ts')).profiles());
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
