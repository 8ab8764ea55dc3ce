import * as vscode from 'vscode';
import type { RegionInForce } from '../../compliance/errorDetails.ts';
import type { Profile } from '../../compliance/source.ts';
import { commandIds, settingsSection } from '../../manifest.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { createQuickPick, pickItems, toPlainItem } from '../shared/quickPicks.ts';
import { isSampleShown } from '../shared/sampleMode.ts';
import type { ConnectionDependencies } from './connectionWatchers.ts';
import { getOfferedRegions, hasRegionFormat } from './regions.ts';
import { formatRegionInForce } from './regionText.ts';
import { defaultCredentials, getProfile, getRegions, updateEntries } from './settingEntries.ts';

type SelectionDependencies = Pick<ConnectionDependencies, 'loadProfiles' | 'loadChecks'>;

/** Writes connections to the user settings: those of the arguments, or of the profiles and regions that the user picks. */
export async function selectConnections(dependencies: SelectionDependencies, args: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(settingsSection);
  const { connections } = parseArguments(args, ['connections']) ?? {};
  const entries =
    connections ?? (await pickConnections(dependencies, configuration.inspect('connections')?.globalValue));
  if (!entries) return;
  await configuration.update('connections', entries, vscode.ConfigurationTarget.Global);
  if (isSampleShown()) await vscode.commands.executeCommand(commandIds.leaveSampleData);
}

/** The new entries of the setting, derived from its current `value`; undefined if the user cancels. */
async function pickConnections({ loadProfiles, loadChecks }: SelectionDependencies, value: unknown) {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const available = await loadProfiles();
  const { findRegionInForce } = await loadChecks();
  const picked = await pickProfiles(available, entries.map(getProfile), await findRegionInForce({}));
  if (!picked) return undefined;
  const profiles = picked.length > 0 ? picked : [defaultCredentials];
  const currentRegions = getRegions(entries.filter((entry) => profiles.includes(getProfile(entry) ?? '?')));
  const [profile, ...others] = profiles;
  const inForce = others.length > 0 ? undefined : await findRegionInForce(profile ? { profile } : {});
  const regions = await pickRegions(currentRegions, available, others.length > 0 ? 'several' : inForce);
  if (!regions) return undefined;
  const offered = { profiles: [defaultCredentials, ...available.map(({ name }) => name)], regions: currentRegions };
  return updateEntries(entries, offered, { profiles, regions });
}

/** The default credentials can always be picked, also without any AWS file. */
async function pickProfiles(
  profiles: readonly Profile[],
  current: readonly (string | undefined)[],
  regionOfDefault: RegionInForce | undefined,
) {
  const defaultItem = {
    label: 'Default credentials',
    description: [
      'environment, default profile or instance role',
      regionOfDefault && formatRegionInForce(regionOfDefault),
    ]
      .filter(Boolean)
      .join(' · '),
    picked: current.includes(defaultCredentials) || profiles.length === 0,
    profile: defaultCredentials,
  };
  const items = profiles.map(({ name, kind, source, requiresMfa, region }) => ({
    label: name,
    description: [kindLabels[kind], source !== name && `role from ${source}`, requiresMfa && 'MFA', region]
      .filter(Boolean)
      .join(' · '),
    picked: current.includes(name),
    profile: name,
  }));
  const picked = await pickItems([defaultItem, ...items], {
    title: 'Select Connections',
    placeHolder:
      profiles.length > 0
        ? 'Select profiles, or none to use the default credentials'
        : 'Your AWS files have no profiles. “aws configure sso” creates one',
  });
  return picked?.map(({ profile }) => profile);
}

const kindLabels: Readonly<Record<Profile['kind'], string>> = {
  sso: 'SSO',
  login: 'aws login',
  process: 'credential_process',
  keys: 'access keys',
  other: '',
};

/** Picks regions from a list. Typed region names are added to it. `inForce`: the region without a choice, if it is one. */
function pickRegions(
  current: readonly string[],
  profiles: readonly Profile[],
  inForce: RegionInForce | 'several' | undefined,
): Promise<string[] | undefined> {
  const picker = createQuickPick<vscode.QuickPickItem & { readonly region: string }>();
  const used = [...current, ...profiles.flatMap(({ region }) => region ?? [])];
  const own = typeof inForce === 'object' ? inForce : undefined;
  const toItem = (region: string) =>
    toPlainItem({
      label: region,
      region,
      ...(region === own?.region && { description: formatRegionInForce(own) }),
    });
  const items = getOfferedRegions(own && hasRegionFormat(own.region) ? [own.region, ...used] : used).map(toItem);
  picker.title = 'Regions';
  picker.placeholder = getRegionPlaceholder(inForce);
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

function getRegionPlaceholder(inForce: RegionInForce | 'several' | undefined): string {
  if (inForce === 'several') return 'Select regions or type others, or none to use each profile’s own region';
  return inForce
    ? `Select regions or type others, or none to use ${inForce.region}`
    : 'Select at least one region, or type another: none is set so far';
}
