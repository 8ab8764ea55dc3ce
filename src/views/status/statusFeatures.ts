import * as vscode from 'vscode';
import type { List } from '../../compliance/paging/list.ts';
import { hasScores, summarize } from '../../compliance/queries/connectionSummary.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { PackList } from '../../compliance/store/packList.ts';
import { settingsSection } from '../../manifest.ts';
import { type MuteDependencies, muteSome } from '../notifications/muteCommands.ts';
import { Notifications } from '../notifications/notifications.ts';
import { settings } from '../shared/settings.ts';
import { completeStep } from '../shared/walkthrough.ts';
import { StatusBar } from './statusBar.ts';
import { createBadge } from './statusText.ts';

/** Several changes within this time lead to one update (milliseconds). */
const updateDelay = 100;
/** The smallest unit of an age is a minute. In milliseconds. */
const ageUpdateInterval = 60_000;

export interface StatusDependencies extends MuteDependencies {
  readonly estate: Estate;
}

/** Keeps the status bar and the view's badge up to date, and shows notifications about packs that became worse. */
export function startStatusFeatures(context: vscode.ExtensionContext, dependencies: StatusDependencies): void {
  const { estate, tree, mutedPacks } = dependencies;
  const statusBar = new StatusBar();
  const notifications = new Notifications(mutedPacks, (packs) => muteSome(dependencies, packs));
  let timer: NodeJS.Timeout | undefined;
  const update = () => {
    timer = undefined;
    const target = settings.scoreTarget();
    const stores = estate.getStores(settings.connections());
    const summaries = stores.map((store) => summarize(store, target));
    if (summaries.some(hasScores)) completeStep('connected');
    statusBar.show(
      summaries,
      target,
      stores.some(({ aggregators }) => aggregators.rows.length > 0),
    );
    tree.showBadge(createBadge(summaries));
    // The sample never changes, and nobody is notified of it.
    notifications.update(
      summaries.filter(({ connection }) => !connection.isSample),
      target,
    );
  };
  const scheduleUpdate = () => {
    timer ??= setTimeout(update, updateDelay);
  };
  // Aggregator rows arrive in thousands of pages, and only their errors are shown in the status.
  const isRelevant = (list: List<unknown> | undefined) =>
    !list ||
    list instanceof PackList ||
    list.errors.length > 0 ||
    estate
      .getStores(settings.connections())
      .some(({ identity, aggregators }) => identity === list || aggregators === list);
  const stopListening = estate.onDidChange((list) => {
    if (isRelevant(list)) scheduleUpdate();
  });
  const interval = setInterval(scheduleUpdate, ageUpdateInterval);
  scheduleUpdate();
  context.subscriptions.push(
    statusBar,
    { dispose: stopListening },
    { dispose: () => clearTimeout(timer) },
    { dispose: () => clearInterval(interval) },
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settingsSection)) scheduleUpdate();
    }),
  );
}
