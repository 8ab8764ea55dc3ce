// The ids in package.json. test/unit/manifest.test.ts compares the two.

export const viewId = 'packscope.packs';

const commandNames = [
  'refresh',
  // The command in the view's title bar. VS Code passes it the selected node, which it ignores.
  'refreshAll',
  'loadMore',
  'loadAll',
  'filter',
  'clearFilter',
  'sort',
  'groupBy',
  'openPack',
  'openInConsole',
  'findPack',
  'lowestScores',
  'nonCompliantPacks',
  'failedDeployments',
  'showOrganizationPacks',
  'export',
  'retry',
  'copyName',
  'copyArn',
  'copyLink',
  'selectConnections',
  'signIn',
  'openFile',
  'openSetting',
  'copyPolicy',
  'showLog',
  'copyDiagnostics',
  'mutePack',
  'unmutePack',
] as const;

type CommandName = (typeof commandNames)[number];

/** The ids of the commands by their names. Built from the names to keep the entry bundle small. */
export const commandIds = Object.fromEntries(commandNames.map((name) => [name, `packscope.${name}`])) as {
  readonly [Name in CommandName]: `packscope.${Name}`;
};

export const contextKeys = {
  /** Whether the tree has a filter. */
  filtered: 'packscope.filtered',
  /** The `Welcome` shown instead of an empty tree, or undefined. */
  welcome: 'packscope.welcome',
} as const;

/** Tools for agents. */
export const toolNames = {
  scores: 'packscope_scores',
  packDetails: 'packscope_packDetails',
  aggregateCompliance: 'packscope_aggregateCompliance',
} as const;

/** View types of webview panels. */
export const panelTypes = { pack: 'packscope.pack' } as const;

/** The section of all settings. `views/shared/settings.ts` reads them. */
export const settingsSection = 'packscope';

/** The settings' names in their section. */
export const settingNames = [
  'connections',
  'aggregators',
  'accountNames',
  'pageSize',
  'maxRequestsPerSecond',
  'refreshMinutes',
  'scoreTarget',
  'editor.hover',
  'editor.codeLens',
  'editor.diagnostics',
] as const;

export type SettingName = (typeof settingNames)[number];

/** The full name of a setting, such as `packscope.connections`. */
export const getSettingId = (name: SettingName): string => `${settingsSection}.${name}`;
