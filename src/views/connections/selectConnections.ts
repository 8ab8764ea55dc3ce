import * as vscode from 'vscode';
import type { Profile } from '../../compliance/source.ts';
import { commandIds, settingsSection } from '../../manifest.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { showInformation } from '../shared/messages.ts';
import { createQuickPick, pickItems, toPlainItem } from '../shared/quickPicks.ts';
import { isSampleShown } from '../shared/sampleMode.ts';
import { getOfferedRegions, hasRegionFormat } from './regions.ts';
import { getProfile, getRegions, updateEntries } from './settingEntries.ts';

/** Writes connections to the user settings: those of the arguments, or of the profiles and regions that the user picks. */
export async function selectConnections(loadProfiles: () => Promise<readonly Profile[]>, args: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(settingsSection);
  const { connections } = parseArguments(args, ['connections']) ?? {};
  const entries =
    connections ?? (await pickConnections(loadProfiles, configuration.inspect('connections')?.globalValue));
  if (!entries) return;
  await configuration.update('connections', entries, vscode.ConfigurationTarget.Global);
  if (isSampleShown()) await vscode.commands.executeCommand(commandIds.leaveSampleData);
}

/** The new entries of the setting, derived from its current `value`; undefined if the user cancels. */
async function pickConnections(loadProfiles: () => Promise<readonly Profile[]>, value: unknown) {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const available = await loadProfiles();
  const profiles = await pickProfiles(available, entries.map(getProfile));
  if (!profiles) return undefined;
  const currentRegions = getRegions(entries.filter((entry) => profiles.includes(getProfile(entry) ?? '')));
  const regions = profiles.length > 0 ? await pickRegions(currentRegions, available) : currentRegions;
  if (!regions) return undefined;
  const offered = { profiles: available.map(({ name }) => name), regions: currentRegions };
  return updateEntries(entries, offered, { profiles, regions });
}

async function pickProfiles(profiles: readonly Profile[], current: readonly (string | undefined)[]) {
  if (profiles.length === 0) {
    void showInformation(
      'Your AWS files have no profiles, so Packscope uses the default credential chain. Run “aws configure sso” to create a profile.',
    );
    return undefined;
  }
  const items = profiles.map(({ name, kind, source, requiresMfa, region }) => ({
    label: name,
    description: [kindLabels[kind], source !== name && `role from ${source}`, requiresMfa && 'MFA', region]
      .filter(Boolean)
      .join(' · '),
    picked: current.includes(name),
  }));
  const picked = await pickItems(items, {
    title: 'Select Connections',
    placeHolder: 'Select profiles, or none to use the default credential chain',
  });
  return picked?.map(({ label }) => label);
}

const kindLabels: Readonly<Record<Profile['kind'], string>> = {
  sso: 'SSO',
  login: 'aws login',
  process: 'credential_process',
  keys: 'access keys',
  other: '',
};

/** Picks regions from a list. Typed region names are added to it. */
function pickRegions(current: readonly string[], profiles: readonly Profile[]): Promise<string[] | undefined> {
  const picker = createQuickPick<vscode.QuickPickItem & { readonly region: string }>();
  const used = [...current, ...profiles.flatMap(({ region }) => region ?? [])];
  const toItem = (region: string) => toPlainItem({ label: region, region });
  const items = getOfferedRegions(used).map(toItem);
  picker.title = 'Regions';
  picker.placeholder = 'Select regions or type others, or none to use each profile’s own region';
  picker.canSelectMany = true;
  picker.items = items;
  picker.selectedItems = items.filter(({ region }) => current.includes(region));
  picker.onDidChangeValue((value) => {
    const typed = value.trim();
    if (!hasRegionFormat(typed) || items.some(({ region }) => region === typed)) return;
    const selected = picker.selectedItems;
    items.unshift(toItem(typed));
    picker.items = [...items];
    picker.selectedItems = selected;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems.map(({ region }) => region));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
