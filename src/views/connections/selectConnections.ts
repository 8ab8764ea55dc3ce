import * as vscode from 'vscode';
import type { Connection, Profile } from '../../compliance/source.ts';
import { settingsSection } from '../../manifest.ts';
import type { ConnectionSetting } from '../given.ts';
import { settings } from '../settings.ts';

/** Keeps the given connections in the user's settings; without any, those of profiles and regions that the person picks. */
export async function selectConnections(
  profiles: () => Promise<readonly Profile[]>,
  given: readonly ConnectionSetting[] | undefined,
): Promise<void> {
  const entries = given ?? (await askConnections(profiles));
  if (!entries) return;
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update('connections', entries, vscode.ConfigurationTarget.Global);
}

/** Profiles of the person's AWS files, each with the same regions. */
async function askConnections(profiles: () => Promise<readonly Profile[]>): Promise<ConnectionSetting[] | undefined> {
  const current = settings.connections();
  const chosen = await askProfiles(await profiles(), current);
  const regions = chosen && chosen.length > 0 ? await askRegions(current) : [];
  if (!chosen || !regions) return undefined;
  return chosen.map(({ name }) => (regions.length > 0 ? { profile: name, regions } : { profile: name }));
}

async function askProfiles(profiles: readonly Profile[], current: readonly Connection[]) {
  if (profiles.length === 0) {
    void vscode.window.showInformationMessage(
      'Your AWS files have no profiles: the default credential chain is read. “aws configure sso” makes one.',
    );
    return undefined;
  }
  const items = profiles.map((profile) => ({
    label: profile.name,
    description: [profile.sso && 'SSO', profile.region].filter(Boolean).join(' · '),
    picked: current.some((connection) => connection.profile === profile.name),
    name: profile.name,
  }));
  return vscode.window.showQuickPick(items, {
    title: 'Select Connections',
    placeHolder: 'Profiles to read; none: the default credential chain',
    canPickMany: true,
  });
}

async function askRegions(current: readonly Connection[]): Promise<string[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Regions',
    prompt: 'Regions to read with each profile, separated by commas; empty: the profile’s own.',
    value: [...new Set(current.flatMap(({ region }) => region ?? []))].join(', '),
    validateInput: (value) =>
      listOf(value).every((region) => /^[a-z]{2}(-[a-z]+)+-\d+$/.test(region))
        ? undefined
        : 'Regions such as us-east-1, eu-central-1.',
  });
  return text === undefined ? undefined : [...new Set(listOf(text))];
}

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '');
