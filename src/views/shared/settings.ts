import * as vscode from 'vscode';
import { type Connection, connectionKey } from '../../compliance/source.ts';
import { settingsSection } from '../../manifest.ts';

/** The settings as they are now; a value of the wrong shape counts as its default. */
export const settings = {
  /** Profiles and regions to read; the default chain in its region where none is named. */
  connections(): readonly Connection[] {
    const named = list(read('connections')).flatMap(connectionsOf);
    const distinct = new Map(named.map((connection) => [connectionKey(connection), connection]));
    return distinct.size > 0 ? [...distinct.values()] : [{}];
  },
  /** Names of aggregators, for those who may not list them. */
  aggregators: (): readonly string[] => list(read('aggregators')).filter((name) => typeof name === 'string'),
  /** Rows on a page, 1–100. */
  pageSize: (): number => number('pageSize', 1, 100, 100),
  /** Requests that may start in any one second, per account and region, 1–100. */
  requestsPerSecond: (): number => number('maxRequestsPerSecond', 1, 100, 10),
  /** The proxy that VS Code goes through, where its own setting names one. */
  proxy: (): string | undefined => vscode.workspace.getConfiguration('http').get('proxy'),
  /** Minutes between refreshes while the view is looked at; 0: none. */
  refreshMinutes: (): number => number('refreshMinutes', 0, 1440, 0),
  /** The score from which on a pack counts as good, 0–100. */
  scoreTarget: (): number => number('scoreTarget', 0, 100, 90),
  /** What stands in templates. */
  editor: {
    hover: (): boolean => flag('editor.hover'),
    codeLens: (): boolean => flag('editor.codeLens'),
    diagnostics: (): boolean => flag('editor.diagnostics'),
  },
};

const read = (name: string): unknown => vscode.workspace.getConfiguration(settingsSection).get(name);

const flag = (name: string): boolean => read(name) !== false;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function number(name: string, least: number, most: number, otherwise: number): number {
  const value = read(name);
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(most, Math.max(least, Math.round(value)))
    : otherwise;
}

/** One connection per region of the entry; without regions, the profile's own. */
function connectionsOf(entry: unknown): Connection[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { profile, regions }: { profile?: unknown; regions?: unknown } = entry;
  const named = typeof profile === 'string' && profile !== '' ? { profile } : {};
  const places = list(regions).filter((region) => typeof region === 'string' && region !== '');
  return places.length > 0 ? places.map((region) => ({ ...named, region: String(region) })) : [named];
}
