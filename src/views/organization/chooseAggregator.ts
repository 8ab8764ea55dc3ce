import * as vscode from 'vscode';
import type { ConnectionScope } from '../../compliance/packRef.ts';
import {
  type ResolvedAggregator,
  resolveAggregators,
  selectDistinctAggregators,
} from '../../compliance/queries/lookup.ts';
import { throwOnFailures } from '../../compliance/queries/readFailures.ts';
import { formatConnection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatScope, formatSources } from '../../compliance/text/format.ts';
import { commandIds, getSettingId } from '../../manifest.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { offerChoices } from '../shared/messages.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { isTreeNode } from '../tree/model/nodes.ts';

/** An aggregator and the connection that reads it. */
export interface AggregatorRef extends ConnectionScope {
  readonly name: string;
}

/**
 * The aggregator that the overview is about: that of a tree node, the one that `{ aggregator }` names, the only one, or
 * one that the user picks; undefined if there is none or the user cancels. Throws if none has the name.
 */
export async function chooseAggregator(
  stores: readonly ConnectionStore[],
  args: unknown,
): Promise<AggregatorRef | undefined> {
  // From the view's menu, a node is just what is selected.
  if (isTreeNode(args) && 'aggregator' in args) {
    const { connection, scope, aggregator } = args;
    return { connection, scope, name: aggregator.name };
  }
  const name = parseArguments(args, ['aggregator'])?.aggregator;
  const { results, failures } = await resolveAggregators(stores, name);
  const aggregators = selectDistinctAggregators(results);
  if (aggregators.length === 0) {
    throwOnFailures(failures);
    if (name !== undefined) throw new Error(`No connection shows an aggregator named ${name}.`);
    void offerSetting();
  }
  const [only, ...others] = aggregators;
  const chosen = others.length > 0 ? await pickAggregator(aggregators) : only;
  return chosen && toRef(chosen);
}

const offerSetting = (): Promise<void> =>
  offerChoices(
    'Your connections have no aggregators. If you lack the permission to list them, name them in packscope.aggregators.',
    {
      'Open Setting': () =>
        vscode.commands.executeCommand(commandIds.openSetting, { setting: getSettingId('aggregators') }),
    },
  );

const toRef = ({ store, scope, aggregator }: ResolvedAggregator): AggregatorRef => ({
  connection: store.connection,
  scope,
  name: aggregator.name,
});

async function pickAggregator(aggregators: readonly ResolvedAggregator[]): Promise<ResolvedAggregator | undefined> {
  const items = aggregators.map((resolved) => ({
    label: resolved.aggregator.name,
    description: `${formatScope(resolved.scope)} · ${formatConnection(resolved.store.connection)}`,
    detail: formatSources(resolved.aggregator),
    resolved,
  }));
  return (await pickItem(items, { title: 'Open Organization Overview', placeHolder: 'Which aggregator?' }))?.resolved;
}
