import { summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { resolveAggregators, resolveConnections } from '../../../src/compliance/queries/lookup.ts';
import { findChanges, toPackStates } from '../../../src/compliance/queries/packChanges.ts';
import { recordScores } from '../../../src/compliance/queries/scoreHistory.ts';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import type { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import { formatRuleReport } from '../../../src/reports/copiedRules.ts';
import { createQuery } from '../../../src/reports/exportQuery.ts';
import { exportText } from '../../../src/reports/exportText.ts';
import { formats } from '../../../src/reports/formats.ts';
import { createReport } from '../../../src/views/diagnostics/report.ts';
import { formatCodeLenses } from '../../../src/views/editor/codeLensText.ts';
import { describePack, describeRule } from '../../../src/views/editor/hoverContent.ts';
import { toMarkdown } from '../../../src/views/editor/hoverMarkdown.ts';
import { formatChanges } from '../../../src/views/notifications/notificationText.ts';
import { NonCompliantQuery } from '../../../src/views/palette/nonCompliantQuery.ts';
import { failedDeploymentsOptions, lowestScoresOptions, PackQuery } from '../../../src/views/palette/packQuery.ts';
import { toAggregatedCounts, toHeader, toResource, toResults } from '../../../src/views/panel/panelData.ts';
import { createBadge, formatStatus, formatStatusTooltip } from '../../../src/views/status/statusText.ts';
import { getIcon } from '../../../src/views/tree/item/icons.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { hasChildren } from '../../../src/views/tree/model/nodes.ts';
import { getRows } from '../../../src/webview/pack/rows.ts';
import { emptyPanelData, initialViewState } from '../../../src/webview/pack/state.ts';
import {
  formatEstimate,
  formatEstimateSources,
  formatFailing,
  formatResultCounts,
  formatScoreDifference,
  formatSelection,
  formatState,
} from '../../../src/webview/pack/text.ts';
import type { OpenTree } from '../../support/tree/openTree.ts';
import { formatItems, getItems } from '../palette/queries.ts';
import { callTool, tools } from '../tools/callTool.ts';

/** The texts of every surface about everything that AWS Config returns, by surface. */
export async function readSurfaces(tree: OpenTree): Promise<Readonly<Record<string, string>>> {
  const store = tree.estate.getStore({});
  return {
    tree: await readTree(tree),
    status: readStatus(store),
    panel: readPanels(store),
    editor: readEditor(store),
    palette: await readPalette(store),
    tools: await readTools(tree),
    exports: await readExports(store),
    diagnostics: createReport({
      about: [],
      settings: {},
      stores: [store],
      requests: { all: [], failed: [] },
      environment: {},
    }),
  };
}

/** Expands and loads everything. */
async function readTree({ shown }: OpenTree): Promise<string> {
  shown.open();
  for (let round = 0; round < 10; round += 1) {
    await shown.waitUntilIdle();
    const collapsed = shown.nodes.filter((node) => hasChildren(node) && !shown.isExpanded(node));
    if (collapsed.length === 0) break;
    for (const node of collapsed) shown.expand(node);
  }
  return shown.nodes
    .map((node) => [...Object.values(getLabel(node)), getIcon(node).codicon, ...getTooltipLines(node, Date.now())])
    .join('\n');
}

function readStatus(store: ConnectionStore): string {
  const summary = summarize(store, 90);
  const packs = [...store.getLoadedPacks()];
  const scoped = summary.scope ? packs.map((pack) => ({ scope: summary.scope ?? fail(), pack })) : [];
  const changes = findChanges(
    toPackStates(scoped.map(({ scope, pack }) => ({ scope, pack: { ...pack, score: undefined } }))),
    toPackStates(scoped),
    90,
  );
  return JSON.stringify([
    formatStatus([summary]),
    formatStatusTooltip([summary], 90, Date.now()),
    createBadge([summary]),
    formatChanges(changes, 90),
    summary.scope && recordScores({}, summary.scope, packs),
  ]);
}

function readPanels(store: ConnectionStore): string {
  const [scope] = store.identity.rows;
  if (!scope) return '';
  const list = store.getPackList(defaultPackOrder);
  const panels = list.rows.map((pack) => {
    const rules = store.getRuleList(pack.name);
    const target = { connection: {}, scope, name: pack.name };
    const header = toHeader(target, pack, list, 90);
    const results = toResults(rules, store.getPassingResults(pack.name));
    const data = { ...emptyPanelData, header, results };
    const view = { ...initialViewState, chosen: rules.rows.map(({ name }) => name) };
    const report = {
      target,
      pack,
      rules: rules.rows,
      totalFailures: rules.failingResults.rows.length,
      filter: '',
      readAt: rules.readAt,
      writtenAt: Date.now(),
    };
    return [
      ...getRows(data, view).map((row) =>
        row.kind === 'rule'
          ? [formatState(row.rule), formatFailing(row.rule, results), formatEstimate(data, row.gain)]
          : row,
      ),
      [formatSelection(data, view), formatEstimateSources(data, Date.now())],
      [formatScoreDifference(data), formatResultCounts(data), header],
      rules.failingResults.rows.map(toResource),
      formatRuleReport(report),
    ];
  });
  const rows = [...store.getAggregateRowLists()].flatMap(({ rows, readAt }) =>
    rows.map((row) => toAggregatedCounts({ connection: {}, aggregator: 'a', row, readAt })),
  );
  return JSON.stringify([panels, rows]);
}

function readEditor(store: ConnectionStore): string {
  const [scope] = store.identity.rows;
  if (!scope) return '';
  const packs = store.getPackList(defaultPackOrder).rows.map((pack) => {
    return { connection: {}, scope, pack, scoreChange: undefined, readAt: 0, rules: store.getRuleList(pack.name) };
  });
  const lines = packs.map((deployed) => {
    const name = { kind: 'exact', text: deployed.pack.name } as const;
    const status = { scope, isPending: false, isBlocked: false, errors: [], readAt: 0 };
    const results = [{ ...status, name, isElsewhere: false, packs: [deployed] }];
    const rules = deployed.rules.rows.map(({ name }) =>
      describeRule({ name, packs: [deployed], unchecked: 0, statuses: [status] }),
    );
    const lenses = formatCodeLenses(results, () => undefined).map(({ title }) => title);
    return [toMarkdown(describePack(results, Date.now())), ...rules.map(toMarkdown), ...lenses];
  });
  return lines.join('\n');
}

async function readPalette(store: ConnectionStore): Promise<string> {
  const context = { getStores: () => [store] };
  const queries = [
    new PackQuery(context, lowestScoresOptions),
    new PackQuery(context, failedDeploymentsOptions),
    new NonCompliantQuery(context),
  ];
  for (const query of queries) await query.run(new AbortController().signal);
  return queries.map((query) => formatItems(getItems(query))).join('\n');
}

async function readTools({ estate }: OpenTree): Promise<string> {
  const names = [...estate.getStore({}).getLoadedPacks()]
    .map(({ name }) => name)
    .filter((name) => /^[a-zA-Z][-a-zA-Z0-9]{0,255}$/.test(name));
  const outputs = [
    await callTool(tools.scores, estate, { input: {} }),
    await callTool(tools.aggregateCompliance, estate, { input: { countBy: 'account' } }),
    ...(await Promise.all(names.slice(0, 3).map((name) => callTool(tools.packDetails, estate, { input: { name } })))),
  ];
  return JSON.stringify(outputs);
}

async function readExports(store: ConnectionStore): Promise<string> {
  const sources = [...(await resolveConnections([store])).results, ...(await resolveAggregators([store])).results];
  const texts: string[] = [];
  for (const source of sources) {
    for (const format of Object.values(formats)) {
      const options = { signal: new AbortController().signal, onProgress: () => {} };
      for await (const chunk of exportText(createQuery([source]), format, options)) texts.push(chunk);
    }
  }
  return texts.join('');
}

function fail(): never {
  throw new Error('no scope');
}
