// The ids in package.json. test/unit/manifest.test.ts compares the two.

export const viewId = 'packscope.packs';

export const commandIds = addPrefix([
  'refresh',
  /** The command in the view's title bar. VS Code passes it the selected node, which it ignores. */
  'refreshAll',
  'loadMore',
  'loadAll',
  'filter',
  'clearFilter',
  'sort',
  'groupBy',
  'openPack',
  /** Opens the pack of a row that is selected in the tree. */
  'previewPack',
  'keepPanel',
  'openInConsole',
  'revealInTree',
  'openOrganizationOverview',
  'findPack',
  'lowestScores',
  'nonCompliantPacks',
  'failedDeployments',
  'showOrganizationPacks',
  'showChanges',
  'export',
  'retry',
  'copyName',
  'copyArn',
  'copyLink',
  'copyMarkdown',
  'selectConnections',
  'exploreSampleData',
  'leaveSampleData',
  'signIn',
  'openFile',
  'openSetting',
  'copyPolicy',
  'showLog',
  'copyDiagnostics',
  'mutePack',
  'unmutePack',
  'reevaluate',
]);

export const contextKeys = {
  /** Whether the tree has a filter. */
  filtered: 'packscope.filtered',
  /** Whether the active panel shows a pack until the next one is selected. */
  preview: 'packscope.preview',
  /** The `Welcome` shown instead of an empty tree, or undefined. */
  welcome: 'packscope.welcome',
  /** Whether sample data is shown instead of the connections. */
  sampleData: 'packscope.sampleData',
  /** Steps of the walkthrough that are done: scores were read, a pack was opened, a name was hovered over. */
  connected: 'packscope.connected',
  openedPack: 'packscope.openedPack',
  hovered: 'packscope.hovered',
} as const;

/** Tools for agents. */
export const toolNames = {
  scores: 'packscope_scores',
  packDetails: 'packscope_packDetails',
  aggregateCompliance: 'packscope_aggregateCompliance',
  organizationOverview: 'packscope_organizationOverview',
  aggregateRules: 'packscope_aggregateRules',
} as const;

/** View types of webview panels. */
export const panelTypes = addPrefix(['pack', 'overview']);

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
  'ownerTag',
  'allowActions',
  'editor.hover',
  'editor.codeLens',
  'editor.diagnostics',
] as const;

export type SettingName = (typeof settingNames)[number];

/** The full name of a setting, such as `packscope.connections`. */
export const getSettingId = (name: SettingName): string => `${settingsSection}.${name}`;

/** The ids of our names. Written once each, because every window loads them. */
function addPrefix<Name extends string>(names: readonly Name[]): { readonly [Each in Name]: `packscope.${Each}` } {
  return Object.fromEntries(names.map((name) => [name, `packscope.${name}`])) as {
    [Each in Name]: `packscope.${Each}`;
  };
}
