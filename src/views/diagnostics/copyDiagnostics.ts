import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { settingsSection } from '../../manifest.ts';
import { settings } from '../shared/settings.ts';
import { diagnosticsReport } from './report.ts';
import type { RequestHistory } from './requestHistory.ts';

/** Copies what a bug report needs to the clipboard: versions, settings, states and failures; asks nothing of AWS. */
export async function copyDiagnostics(
  { extension }: vscode.ExtensionContext,
  estate: Estate,
  requests: RequestHistory,
): Promise<void> {
  const { version, contributes } = extension.packageJSON;
  const report = diagnosticsReport({
    about: [
      `Packscope ${version}`,
      `VS Code ${vscode.version}, ${vscode.env.appHost}`,
      `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
      `Remote: ${vscode.env.remoteName ?? 'none'}`,
      `Workspace: ${vscode.workspace.isTrusted ? 'trusted' : 'not trusted'}`,
      `Proxy in the settings: ${vscode.workspace.getConfiguration('http').get('proxy') ? 'set' : 'none'}`,
    ],
    settings: changedSettings(Object.keys(contributes.configuration.properties)),
    stores: estate.getStores(settings.connections()),
    requests,
    environment: process.env,
  });
  await vscode.env.clipboard.writeText(report);
  void vscode.window.showInformationMessage('The diagnostics are on the clipboard: read them before you pass them on.');
}

/** The settings that differ from their defaults, of these full names; of connections only profiles and regions. */
function changedSettings(names: readonly string[]): Record<string, unknown> {
  const all = vscode.workspace.getConfiguration();
  const changed = names.filter(
    (name) => JSON.stringify(all.get(name)) !== JSON.stringify(all.inspect(name)?.defaultValue),
  );
  return Object.fromEntries(
    changed.map((name) => [name, name === `${settingsSection}.connections` ? settings.connections() : all.get(name)]),
  );
}
