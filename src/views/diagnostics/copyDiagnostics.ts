import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { getSettingId } from '../../manifest.ts';
import { showInformation } from '../shared/messages.ts';
import { settings } from '../shared/settings.ts';
import type { RecentRequests } from './recentRequests.ts';
import { createReport } from './report.ts';

/** Copies a bug report with versions, settings, states and failures to the clipboard. Sends no requests. */
export async function copyDiagnostics(
  { extension }: vscode.ExtensionContext,
  estate: Estate,
  recentRequests: RecentRequests,
): Promise<void> {
  const { version, contributes } = extension.packageJSON;
  const report = createReport({
    about: [
      `Packscope ${version}`,
      `VS Code ${vscode.version}, ${vscode.env.appHost}`,
      `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
      `Remote: ${vscode.env.remoteName ?? 'none'}`,
      `Workspace: ${vscode.workspace.isTrusted ? 'trusted' : 'not trusted'}`,
      `Proxy in the settings: ${vscode.workspace.getConfiguration('http').get('proxy') ? 'set' : 'none'}`,
    ],
    settings: getChangedSettings(Object.keys(contributes.configuration.properties)),
    stores: estate.getStores(settings.connections()),
    requests: recentRequests,
    environment: process.env,
  });
  await vscode.env.clipboard.writeText(report);
  void showInformation('Diagnostics copied to the clipboard. Review them before you share them.');
}

/** The settings of these full names that differ from their defaults. Connections are reduced to profiles and regions. */
function getChangedSettings(names: readonly string[]): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration();
  const changed = names.filter(
    (name) => JSON.stringify(configuration.get(name)) !== JSON.stringify(configuration.inspect(name)?.defaultValue),
  );
  return Object.fromEntries(
    changed.map((name) => [
      name,
      name === getSettingId('connections') ? settings.connections() : configuration.get(name),
    ]),
  );
}
