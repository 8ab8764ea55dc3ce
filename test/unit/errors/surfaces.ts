import type { ComplianceError } from '../../../src/compliance/errors.ts';
import { summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { formatReadFailure } from '../../../src/compliance/queries/readFailures.ts';
import { type ComplianceSource, defaultPackOrder } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';
import { createReport } from '../../../src/views/diagnostics/report.ts';
import { describeRule } from '../../../src/views/editor/hoverContent.ts';
import { formatExportFailure } from '../../../src/views/export/exportFailure.ts';
import { createItems } from '../../../src/views/palette/quickPickItems.ts';
import { toHeader } from '../../../src/views/panel/panelData.ts';
import { getActionCommand } from '../../../src/views/shared/errorActions.ts';
import { formatStatus, formatStatusTooltip, getStatusActions } from '../../../src/views/status/statusText.ts';
import { toMissingData } from '../../../src/views/tools/tool.ts';
import { getErrorCommand, getErrorContextValue } from '../../../src/views/tree/item/errorItem.ts';
import { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import { createSource, scope } from '../../support/fakeSource.ts';
import { ShownTree } from '../../support/tree/shownTree.ts';
import { renderHover } from '../editor/rendering.ts';
import { formatItems } from '../palette/queries.ts';
import { render } from '../tree/rendering.ts';

const now = Date.UTC(2026, 0, 1, 12);

/** Shows an error in every surface, as text: a heading and indented lines for each. */
export async function showEverywhere(error: ComplianceError): Promise<string> {
  const surfaces = [
    ['details', Object.entries(error.details).map(([name, value]) => `${name} ${JSON.stringify(value)}`)],
    ['description', describe(error)],
    ...(error.kind === 'accountChanged' ? [] : await showInEstate(error)),
    ['tree, menu', [getErrorContextValue(error), JSON.stringify(getErrorCommand(error) ?? 'no click')]],
    ['hover', [showHover(error)]],
    ['picker', [showPicker(error)]],
    ['agent tool', [JSON.stringify(toMissingData({ connection: {}, what: 'the packs', error }, scope), undefined, 2)]],
    ['command', [formatReadFailure({ connection: {}, what: 'the packs', error })]],
    ['export', [formatExportFailure(error)]],
  ] as const;
  return surfaces.map(([name, texts]) => `${name}\n${indent(texts.join('\n'))}\n`).join('');
}

/** Shows an error that lists keep. A change of the account is not kept: the connection is reset and reads again. */
async function showInEstate(error: ComplianceError): Promise<readonly (readonly [string, readonly string[]])[]> {
  const fail = () => Promise.reject(error);
  const lists = { listScores: fail, listDeployments: fail };
  const unreadable = await openTree({ ...lists, getScope: fail, listAggregators: fail });
  const incomplete = await openTree(lists);
  return [
    ['tree, of an account', [render(unreadable.shown, { tooltips: true })]],
    ['tree, of two lists', [render(incomplete.shown, { tooltips: true })]],
    ['panel', showPanel(incomplete.estate)],
    ['status bar, of an account', showStatus(unreadable.estate)],
    ['status bar, of two lists', showStatus(incomplete.estate)],
    ['diagnostics', showReport(unreadable.estate)],
  ];
}

const indent = (text: string): string => text.trimEnd().replace(/^/gm, '    ');

/** Opens a tree on a source, with its only scope expanded. */
export async function openTree(methods: Partial<ComplianceSource>) {
  const estate = new Estate({ open: async () => createSource(methods), aggregatorNames: () => [] });
  const shown = new ShownTree(new TreeModel(estate, () => ({ connections: [{}], scoreTarget: 90 })), estate);
  shown.open();
  await shown.waitUntilIdle();
  return { estate, shown };
}

function describe(error: ComplianceError): string[] {
  const { familyTitle, title, subject = '–', causes, actions } = describeError(error);
  const commands = actions.map((action) => getActionCommand(action));
  const buttons = commands.map(
    ({ title, args }) => `[${[title, ...args.map((arg) => JSON.stringify(arg))].join(' ')}]`,
  );
  return [familyTitle, title, subject, ...causes, buttons.join(' ')];
}

function showPanel(estate: Estate): string[] {
  const list = estate.getStore({}).getPackList(defaultPackOrder);
  const { problems } = toHeader({ connection: {}, scope, name: 'baseline' }, undefined, list, 90);
  return problems.map(
    ({ title, advice, subject, detail, actions = [] }) =>
      `${title}. ${advice}\nNot loaded: ${subject ?? '–'}\n${detail}\n${actions.map((each) => `[${each.title}]`).join(' ')}`,
  );
}

const showHover = (error: ComplianceError): string =>
  renderHover(
    describeRule({
      name: 'encrypted-volumes',
      packs: [],
      unchecked: 0,
      statuses: [{ scope, isPending: false, isBlocked: false, errors: [error, error], readAt: undefined }],
    }),
  );

function showStatus(estate: Estate): string[] {
  const summaries = [summarize(estate.getStore({}), 90)];
  const lines = formatStatusTooltip(summaries, 90, now).filter(({ text }) => !text.startsWith('Loaded '));
  const links = getStatusActions(summaries).map((action) => `[${getActionCommand(action).title}]`);
  return [formatStatus(summaries) ?? '(no item)', ...lines.map(({ text }) => text), links.join(' ')];
}

function showPicker(error: ComplianceError): string {
  const failures = [{ connection: {}, what: 'the packs', error }];
  const query = {
    title: '',
    placeholder: '',
    getResults: () => [],
    getFailures: () => failures,
    describeEmptyResult: () => ({ label: 'empty', detail: '', readAt: undefined }),
    run: async () => {},
    hasMore: () => false,
    getLoadedCount: () => 0,
  };
  return formatItems(createItems(query, { isRunning: false, scoreTarget: 90, now, text: '' }));
}

function showReport(estate: Estate): string[] {
  const requests = { all: [], failed: [] };
  const report = createReport({ about: [], settings: {}, stores: [estate.getStore({})], requests, environment: {} });
  return report.split('\n').filter((line) => line.startsWith('- Failure'));
}
