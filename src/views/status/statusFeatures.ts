import * as vscode from 'vscode';
import type { List } from '../../compliance/paging/list.ts';
import { summarize } from '../../compliance/queries/connectionSummary.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { PackList } from '../../compliance/store/packList.ts';
import { settingsSection } from '../../manifest.ts';
import { muteSome } from '../notifications/muteCommands.ts';
import { Muted } from '../notifications/mutedPacks.ts';
import { Notifications } from '../notifications/notifications.ts';
import { settings } from '../shared/settings.ts';
import { registerAutoRefresh } from '../tree/autoRefresh.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import { StatusBar } from './statusBar.ts';
import { badgeOf } from './statusText.ts';

/** Facts settle this long, in milliseconds, before the status tells of them. */
const settling = 100;
/** Ages are told in minutes at the finest: so often, in milliseconds, they are told anew. */
const aging = 60_000;

/** Keeps the status bar, the view's badge and the notifications at what is known of packs, and that up to date. */
export function startStatus(context: vscode.ExtensionContext, estate: Estate, tree: PacksTree): void {
  const muted = new Muted(context.globalState);
  const bar = new StatusBar();
  const notifications = new Notifications(muted, (packs) => muteSome(tree, muted, packs));
  let timer: NodeJS.Timeout | undefined;
  const update = () => {
    timer = undefined;
    const target = settings.scoreTarget();
    const summaries = estate.stores(settings.connections()).map((store) => summarize(store, target));
    bar.show(summaries, target);
    tree.badge = badgeOf(summaries);
    notifications.look(summaries, target);
  };
  const later = () => {
    timer ??= setTimeout(update, settling);
  };
  // Rows of aggregators come in thousands of pages, and say nothing here unless they fail.
  const matters = (list: List<unknown> | undefined) =>
    !list ||
    list instanceof PackList ||
    list.errors.length > 0 ||
    settings.connections().some((connection) => estate.store(connection).scope === list);
  const stop = estate.onDidChange((list) => {
    if (matters(list)) later();
  });
  const ages = setInterval(later, aging);
  tree.isMuted = ({ scope, pack }) => muted.has(scope, pack.name);
  if (muted.all.length > 0) tree.show({});
  later();
  context.subscriptions.push(
    bar,
    registerAutoRefresh(tree, estate),
    { dispose: stop },
    { dispose: () => clearTimeout(timer) },
    { dispose: () => clearInterval(ages) },
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settingsSection)) later();
    }),
  );
}
