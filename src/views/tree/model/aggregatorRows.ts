import { isFiltered, matchesRow } from '../../../compliance/filter.ts';
import { type AggregateRow, getPackKey, getRowKey, type Score } from '../../../compliance/model.ts';
import { splitPackName } from '../../../compliance/packName.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { collectBaseNames } from '../../../compliance/queries/baseNames.ts';
import { type FirstItems, selectFirstRows } from '../../../compliance/queries/firstRows.ts';
import { compareRows } from '../../../compliance/queries/rowOrder.ts';
import { formatCount } from '../../../compliance/text/format.ts';
import { RowResults } from '../../shared/rowResults.ts';
import type { ChildLists } from './childLists.ts';
import type { AggregatorNode, GroupNode, TreeNode } from './nodes.ts';
import { addOrderNote } from './orderNote.ts';
import { addStateNodes } from './stateNodes.ts';

/** Shown below an aggregator without data. */
export const emptyNote = { text: 'No conformance packs', detail: 'The aggregator has no data' };

/** The part of the tree's filter that AWS Config does not apply. */
interface LocalFilter {
  readonly matches: (row: AggregateRow) => boolean;
  /** Identifies the filter among those of one list. */
  readonly key: string;
}

/** Creates the nodes of an aggregator's rows. */
export class AggregatorRows {
  readonly #lists: ChildLists;
  readonly #selections: RowResults<FirstItems<AggregateRow>>;
  readonly #baseNames: RowResults<readonly string[]>;

  constructor(lists: ChildLists, onReady: (list: List<unknown>) => void) {
    this.#lists = lists;
    this.#selections = new RowResults(onReady);
    this.#baseNames = new RowResults(onReady);
  }

  /** The rows of a group, or of an ungrouped aggregator. */
  get(node: AggregatorNode | GroupNode): TreeNode[] {
    const { connection, scope, aggregator } = node;
    const { filter, order } = this.#lists.query;
    const list = this.#lists.getAggregateRows(node);
    const selection = this.select(node);
    const siblings = this.getBaseNames(node);
    if (!selection) return [{ kind: 'loading', id: `${node.id}#loading` }];
    const { readAt } = list;
    const scores = this.#getScores();
    const { getRowChange, accountNames } = this.#lists.getSettings();
    const groupedBy = node.kind === 'group' ? node.group.by : 'none';
    const rows = selection.items.map((row): TreeNode => {
      const key = getRowKey(row);
      const id = `${node.id}/rows/${key}`;
      const score = scores.get(key);
      const rowChange = getRowChange?.(scope, aggregator.name, row);
      const accountName = accountNames?.get(row.account);
      const origin = { connection, scope, aggregator };
      return { kind: 'row', id, ...origin, row, accountName, siblings, groupedBy, score, rowChange, readAt };
    });
    const children = addStateNodes(node, list, rows, {
      isFiltered: isFiltered(filter) || getOrganizationPack(node) !== undefined,
      hiddenCount: selection.count - rows.length,
      emptyNote: node.kind === 'group' ? { ...emptyNote, detail: 'The group has no packs' } : emptyNote,
    });
    return addOrderNote(node, children, list, order, formatCount(selection.rowCount, 'row'));
  }

  /** The first of a node's matching rows; undefined while they are being computed. */
  select(node: AggregatorNode | GroupNode): FirstItems<AggregateRow> | undefined {
    const { order } = this.#lists.query;
    const list = this.#lists.getAggregateRows(node);
    const limit = this.#lists.getShownCount(list);
    const { matches, key } = this.createFilter(node);
    const compare = compareRows(order);
    return this.#selections.get(list, JSON.stringify([key, order, limit]), (rows) =>
      selectFirstRows(rows, { matches, compare, limit }),
    );
  }

  /** The base names of a node's loaded packs. Those that the filter hides count too, so that it makes no label longer. */
  getBaseNames(node: AggregatorNode | GroupNode): readonly string[] {
    const lists = [this.#lists.getAggregateRows(node), this.#lists.getAggregateRows(node, {})];
    return [...new Set(lists.flatMap((list) => this.#baseNames.get(list, '', collectBaseNames) ?? []))];
  }

  /** The filter of a node's rows. Without a node: that of all rows. */
  createFilter(node?: AggregatorNode | GroupNode): LocalFilter {
    const { filter } = this.#lists.query;
    const { nameContains, scoreBelow } = filter;
    const scores = scoreBelow === undefined ? undefined : this.#getScores();
    const pack = node && getOrganizationPack(node);
    const isOfPack = createPackTest(pack);
    return {
      matches: (row) => isOfPack(row.pack) && matchesRow(filter, row, scores?.get(getRowKey(row))),
      key: JSON.stringify([
        pack,
        nameContains,
        scoreBelow,
        scores && [...scores].map(([name, score]) => [name, score?.percent]),
      ]),
    };
  }

  /** Published scores by account, region and name. A name alone would match packs of other accounts. */
  #getScores(): ReadonlyMap<string, Score | undefined> {
    const { estate, getSettings } = this.#lists;
    const scores = new Map<string, Score | undefined>();
    for (const store of estate.getStores(getSettings().connections)) {
      for (const scope of store.identity.rows) {
        for (const { name, score } of store.getLoadedPacks()) scores.set(getPackKey(scope, name), score);
      }
    }
    return scores;
  }
}

/** The organization's pack that a node groups rows of. The node's list is that of the aggregator. */
const getOrganizationPack = (node: AggregatorNode | GroupNode): string | undefined =>
  node.kind === 'group' && node.group.by === 'pack' && node.group.count.pack.isOrganization
    ? node.group.name
    : undefined;

/** Tests for the deployed names of an organization's pack, each name once. Without a pack, every name passes. */
function createPackTest(pack: string | undefined): (deployedName: string) => boolean {
  if (pack === undefined) return () => true;
  const results = new Map<string, boolean>();
  return (deployedName) => {
    const known = results.get(deployedName);
    if (known !== undefined) return known;
    const { baseName, isOrganization } = splitPackName(deployedName);
    const result = isOrganization && baseName === pack;
    results.set(deployedName, result);
    return result;
  };
}
