import * as vscode from 'vscode';
import type { Profile } from '../../compliance/source.ts';
import { settingsSection } from '../../manifest.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { isRegion, regionsToOffer } from './regions.ts';
import { entriesAfter, profileOf, regionsOf } from './settingEntries.ts';

/** Keeps the given connections in the user's settings; without any, those of profiles and regions that the person picks. */
export async function selectConnections(read: () => Promise<readonly Profile[]>, args: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(settingsSection);
  const { connections } = parseArguments(args, ['connections']) ?? {};
  const entries = connections ?? (await askConnections(read, configuration.inspect('connections')?.globalValue));
  if (entries) await configuration.update('connections', entries, vscode.ConfigurationTarget.Global);
}

/** The entries as they are to be, for those that are there; undefined where the person turned away. */
async function askConnections(read: () => Promise<readonly Profile[]>, value: unknown) {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const offered = await read();
  const profiles = await askProfiles(offered, entries.map(profileOf));
  if (!profiles) return undefined;
  const before = regionsOf(entries.filter((entry) => profiles.includes(profileOf(entry) ?? '')));
  const regions = profiles.length > 0 ? await askRegions(before, offered) : before;
  if (!regions) return undefined;
  const names = { profiles: offered.map(({ name }) => name), regions: before };
  return entriesAfter(entries, names, { profiles, regions });
}

async function askProfiles(profiles: readonly Profile[], current: readonly (string | undefined)[]) {
  if (profiles.length === 0) {
    void vscode.window.showInformationMessage(
      'Your AWS files have no profiles: the default credential chain is read. “aws configure sso” makes one.',
    );
    return undefined;
  }
  const items = profiles.map(({ name, kind, source, mfa, region }) => ({
    label: name,
    description: [kinds[kind], source !== name && `role from ${source}`, mfa && 'MFA', region]
      .filter(Boolean)
      .join(' · '),
    picked: current.includes(name),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Select Connections',
    placeHolder: 'Profiles to read; none: the default credential chain',
    canPickMany: true,
  });
  return picked?.map(({ label }) => label);
}

const kinds: Readonly<Record<Profile['kind'], string>> = {
  sso: 'SSO',
  login: 'aws login',
  process: 'credential_process',
  keys: 'access keys',
  other: '',
};

/** Picks regions: of the list, or typed. */
function askRegions(before: readonly string[], profiles: readonly Profile[]): Promise<string[] | undefined> {
  const picker = vscode.window.createQuickPick();
  const used = [...before, ...profiles.flatMap(({ region }) => region ?? [])];
  const items = regionsToOffer(used).map((label) => ({ label }));
  picker.title = 'Regions';
  picker.placeholder = 'Regions to read with each profile, or type another; none: the profile’s own';
  picker.canSelectMany = true;
  picker.items = items;
  picker.selectedItems = items.filter(({ label }) => before.includes(label));
  picker.onDidChangeValue((value) => {
    const label = value.trim();
    if (!isRegion(label) || items.some((item) => item.label === label)) return;
    const selected = picker.selectedItems;
    items.unshift({ label });
    picker.items = [...items];
    picker.selectedItems = selected;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems.map(({ label }) => label));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
