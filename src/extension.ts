import * as vscode from 'vscode';
import { Estate } from './compliance/store/estate.ts';
import { registerConnections } from './views/connections/register.ts';
import { RecentRequests } from './views/diagnostics/recentRequests.ts';
import { registerDiagnostics } from './views/diagnostics/register.ts';
import { registerEditor } from './views/editor/register.ts';
import { registerExport } from './views/export/register.ts';
import { registerHistory } from './views/history/register.ts';
import { MutedPacks } from './views/notifications/mutedPacks.ts';
import { registerNotifications } from './views/notifications/register.ts';
import { registerOrganization } from './views/organization/register.ts';
import { registerPalette } from './views/palette/register.ts';
import { registerPanels } from './views/panel/register.ts';
import { registerReevaluate } from './views/reevaluate/register.ts';
import { registerSample } from './views/sample/register.ts';
import { registerSnapshots } from './views/shared/registerSnapshots.ts';
import { restoreSampleMode } from './views/shared/sampleMode.ts';
import { settings } from './views/shared/settings.ts';
import { registerStatus } from './views/status/register.ts';
import { registerTools } from './views/tools/register.ts';
import { registerTree } from './views/tree/register.ts';

/** The composition root. It loads no AWS code and sends no request: views, commands and documents do on first use. */
export function activate(context: vscode.ExtensionContext): unknown {
  restoreSampleMode(context.workspaceState);
  const log = vscode.window.createOutputChannel('Packscope', { log: true });
  const recentRequests = new RecentRequests();
  const mutedPacks = new MutedPacks(context.globalState);
  const loadProfiles = async () => (await import('./aws/credentials/profiles.ts')).loadProfiles();

  const openSample = async () => (await import('./sample/sampleSource.ts')).SampleSource.open(context.extensionPath);

  const loadAws = async () => {
    const [{ createAwsAccess }, { logRequest, logThrottled }] = await Promise.all([
      import('./aws/openSource.ts'),
      import('./views/diagnostics/requestLog.ts'),
    ]);
    return createAwsAccess({
      ...settings,
      log: (record) => {
        recentRequests.add(record, Date.now());
        logRequest(log, record);
      },
      mfa: {
        promptForCode: async (profile, serial) =>
          (await import('./views/connections/mfa.ts')).promptForMfaCode(profile, serial),
        generation: () => estate.promptGeneration,
      },
      onThrottled: (region, until) => {
        logThrottled(log, region, until);
        tree.showThrottled(region, until);
      },
    });
  };
  let access: ReturnType<typeof loadAws> | undefined;
  const getAws = () => {
    access ??= loadAws();
    return access;
  };
  const estate = new Estate({
    open: async (connection) => (connection.isSample ? openSample() : (await getAws()).openSource(connection)),
    aggregatorNames: settings.aggregators,
    snapshots: registerSnapshots(context, { log }),
  });
  context.subscriptions.push(estate);

  const history = registerHistory(context, { estate, log });
  const panels = registerPanels(context, { estate, history });
  const tree = registerTree(context, { estate, mutedPacks, history, panels });
  const commandContext = registerPalette(context, {
    estate,
    tree,
    panels,
    history,
    loadConsoleSignIn: async ({ profile }) =>
      (await import('./aws/credentials/consoleSignIn.ts')).loadConsoleSignIn(profile),
  });
  registerOrganization(context, { commandContext });
  registerEditor(context, { estate, log, history });
  registerStatus(context, { estate, tree, mutedPacks });
  registerNotifications(context, { commandContext, tree, mutedPacks });
  registerReevaluate(context, {
    commandContext,
    openEvaluator: async (connection) => (await getAws()).openRuleEvaluator(connection),
  });
  registerDiagnostics(context, { estate, log, recentRequests });
  registerConnections(context, {
    estate,
    loadProfiles,
    loadChecks: () => import('./aws/configuration/connectionConfiguration.ts'),
  });
  registerTools(context, { estate });
  registerExport(context, { estate, tree, panels, history });
  registerSample(context, { estate, tree, openSample });
  return context.extensionMode === vscode.ExtensionMode.Test ? { estate, tree } : undefined;
}
