// The ids in package.json. test/unit/manifest.test.ts compares the two.

export const viewId = 'packscope.packs';

export const commandIds = {
  refresh: 'packscope.refresh',
  /** The command in the view's title bar. VS Code passes it the selected node, which it ignores. */
  refreshAll: 'packscope.refreshAll',
  loadMore: 'packscope.loadMore',
  loadAll: 'packscope.loadAll',
  filter: 'packscope.filter',
  clearFilter: 'packscope.clearFilter',
  sort: 'packscope.sort',
  groupBy: 'packscope.groupBy',
  openPack: 'packscope.openPack',
  openInConsole: 'packscope.openInConsole',
  findPack: 'packscope.findPack',
  lowestScores: 'packscope.lowestScores',
  nonCompliantPacks: 'packscope.nonCompliantPacks',
  failedDeployments: 'packscope.failedDeployments',
  showOrganizationPacks: 'packscope.showOrganizationPacks',
  export: 'packscope.export',
  retry: 'packscope.retry',
  copyName: 'packscope.copyName',
  copyArn: 'packscope.copyArn',
  copyLink: 'packscope.copyLink',
  selectConnections: 'packscope.selectConnections',
  signIn: 'packscope.signIn',
  openFile: 'packscope.openFile',
  openSetting: 'packscope.openSetting',
  copyPolicy: 'packscope.copyPolicy',
  showLog: 'packscope.showLog',
  copyDiagnostics: 'packscope.copyDiagnostics',
  mutePack: 'packscope.mutePack',
  unmutePack: 'packscope.unmutePack',
} as const;

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
