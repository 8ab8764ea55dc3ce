import type { Connection } from '../../../src/compliance/source.ts';
import type { PackCommandContext } from '../../../src/views/palette/packCommandContext.ts';
import type { PickerQuery, QueryContext } from '../../../src/views/palette/pickerQuery.ts';
import { createItems, type PickerItem } from '../../../src/views/palette/quickPickItems.ts';
import { noon, type OpenTree } from '../../support/tree/openTree.ts';

/** The context of queries over an open tree's estate. */
export const createContext = ({ estate }: OpenTree, connections: readonly Connection[] = [{}]): QueryContext => ({
  getStores: () => connections.map((connection) => estate.getStore(connection)),
});

/** What the commands about packs depend on, over an open tree's estate. No panel is active, and nothing is opened. */
export const createPalette = (tree: OpenTree, changes: Partial<PackCommandContext> = {}): PackCommandContext => ({
  ...createContext(tree),
  estate: tree.estate,
  getScoreTarget: () => 90,
  open: async () => {},
  reveal: async () => {},
  loadConsoleSignIn: async () => undefined,
  getActivePack: async () => undefined,
  loadHistory: () => Promise.reject(new Error('This command needs no history.')),
  ...changes,
});

/** The items that a picker shows for a query. */
export const getItems = (query: PickerQuery, isRunning = false, text = ''): readonly PickerItem[] =>
  createItems(query, { isRunning, scoreTarget: 90, now: noon.getTime(), text });

/** Runs a query to its end and returns its items. */
export async function runQuery(query: PickerQuery): Promise<readonly PickerItem[]> {
  await query.run(new AbortController().signal);
  return getItems(query);
}

/** Items as text, the way a user sees them. */
export const formatItems = (items: readonly PickerItem[]): string =>
  items
    .map(({ icon, label, description = '', detail }) =>
      [`${icon.codicon} | ${label} | ${description}`, ...(detail === undefined ? [] : [`    ${detail}`])].join('\n'),
    )
    .join('\n');
