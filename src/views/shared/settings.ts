import * as vscode from 'vscode';
import { type Connection, getConnectionKey, sampleConnection } from '../../compliance/source.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { type SettingName, settingsSection } from '../../manifest.ts';
import { isSampleShown } from './sampleMode.ts';

/** Reads the current settings. Values of the wrong type are replaced by the default. */
export const settings = {
  /** Profiles and regions to read, or the sample while it is shown. Without any: the default credential chain and its region. */
  connections(): readonly Connection[] {
    if (isSampleShown()) return [sampleConnection];
    const named = toList(readSetting('connections')).flatMap(toConnections);
    const distinct = new Map(named.map((connection) => [getConnectionKey(connection), connection]));
    return distinct.size > 0 ? [...distinct.values()] : [{}];
  },
  /** Names of aggregators, for users without the permission to list them. */
  aggregators: (): readonly string[] => toList(readSetting('aggregators')).filter((name) => typeof name === 'string'),
  /** The names of accounts by their 12-digit IDs. */
  accountNames: (): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(asRecord(readSetting('accountNames'))).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  /** Rows per page, 1–100. */
  pageSize: (): number => readNumber('pageSize', 1, 100, 100),
  /** Maximum requests per second, per account and region, 1–100. */
  requestsPerSecond: (): number => readNumber('maxRequestsPerSecond', 1, 100, 20),
  /** The proxy in VS Code's own settings. */
  proxy: (): string | undefined => vscode.workspace.getConfiguration('http').get('proxy'),
  /** Minutes between refreshes while the view is visible; 0 to disable. */
  refreshMinutes: (): number => readNumber('refreshMinutes', 0, 1440, 0),
  /** Minimum score for a pack to count as healthy, 0–100. */
  scoreTarget: (): number => readNumber('scoreTarget', 0, 100, 90),
  /** The tag that names the owner of a resource; empty if owners are not shown. */
  ownerTag: (): string => String(readSetting('ownerTag') ?? ''),
  /** Whether commands may change something in AWS: only if the user's own settings say so, and in a trusted workspace. */
  allowActions: (): boolean => readSetting('allowActions') === true && vscode.workspace.isTrusted,
  /** Features in open templates. */
  editor: {
    hover: (): boolean => readFlag('editor.hover'),
    codeLens: (): boolean => readFlag('editor.codeLens'),
    diagnostics: (): boolean => readFlag('editor.diagnostics'),
  },
};

const readSetting = (name: SettingName): unknown => vscode.workspace.getConfiguration(settingsSection).get(name);

const readFlag = (name: SettingName): boolean => readSetting(name) !== false;

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function readNumber(name: SettingName, min: number, max: number, defaultValue: number): number {
  const value = readSetting(name);
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(max, Math.max(min, Math.round(value)))
    : defaultValue;
}

/** One connection per region of an entry; without regions, one in the profile's own region. */
function toConnections(entry: unknown): Connection[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { profile, regions } = asRecord(entry);
  const connection = typeof profile === 'string' && profile !== '' ? { profile } : {};
  const names = toList(regions)
    .filter((region) => typeof region === 'string')
    .filter((region) => region !== '');
  return names.length > 0 ? names.map((region) => ({ ...connection, region })) : [connection];
}
