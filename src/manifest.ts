/** The ids that package.json declares; a test compares the two. */
export const viewId = 'packscope.packs';

export const commandIds = {
  refresh: 'packscope.refresh',
  /** The title bar's: VS Code hands it the selected node, which it is not about. */
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
  export: 'packscope.export',
  retry: 'packscope.retry',
  copyName: 'packscope.copyName',
  copyArn: 'packscope.copyArn',
  copyLink: 'packscope.copyLink',
  selectConnections: 'packscope.selectConnections',
  signIn: 'packscope.signIn',
  showLog: 'packscope.showLog',
  copyDiagnostics: 'packscope.copyDiagnostics',
  mutePack: 'packscope.mutePack',
  unmutePack: 'packscope.unmutePack',
} as const;

export const contextKeys = {
  /** A filter is set. */
  filtered: 'packscope.filtered',
  /** Which welcome stands in for an empty tree: a `Welcome`, or unset. */
  welcome: 'packscope.welcome',
} as const;

/** What assistants may ask. */
export const toolNames = {
  scores: 'packscope_scores',
  packDetails: 'packscope_packDetails',
  aggregateCompliance: 'packscope_aggregateCompliance',
} as const;

/** Kinds of webview panels. */
export const panelTypes = { pack: 'packscope.pack' } as const;

/** The settings' section; each setting is read in `views/settings.ts`. */
export const settingsSection = 'packscope';
