import type { ComplianceError } from '../../../compliance/errors.ts';
import type { Grouping } from '../../../compliance/grouping.ts';
import type { ScoreChange } from '../../../compliance/history/history.ts';
import type { RowChange } from '../../../compliance/history/rowBaseline.ts';
import type {
  AggregateRow,
  Aggregator,
  ComplianceType,
  Evaluation,
  Pack,
  PackCount,
  Score,
  UnhealthySource,
} from '../../../compliance/model.ts';
import type { PackGroupCounts } from '../../../compliance/organization/cells.ts';
import type { ConnectionScope } from '../../../compliance/packRef.ts';
import type { List } from '../../../compliance/paging/list.ts';
import type { RemediationException } from '../../../compliance/resourceModel.ts';
import type { Connection } from '../../../compliance/source.ts';
import type { ConnectionStore } from '../../../compliance/store/connectionStore.ts';
import type { RuleWithFailures } from '../../../compliance/store/ruleList.ts';
import { hasKind } from '../../../compliance/unknownValues.ts';

/** A node of the tree. Ids are stable: they consist of connection, account, region and names. */
export type TreeNode =
  | ScopeNode
  | PackNode
  | RuleNode
  | EvaluationNode
  | AggregatorNode
  | UnhealthySourcesNode
  | GroupNode
  | RowNode
  | MoreNode
  | ErrorNode
  | LoadingNode
  | NoteNode;

/** Whether a command was invoked from a tree node's menu. */
export const isTreeNode = (value: unknown): value is TreeNode => hasKind(value);

/**
 * The nodes that a command was invoked on: the selected ones if the node of the menu is among several, else that node;
 * empty if it was invoked elsewhere.
 */
export function getTargetNodes(args: unknown, selection: unknown): readonly TreeNode[] {
  if (Array.isArray(selection) && selection.length > 0 && selection.every(isTreeNode)) return selection;
  return isTreeNode(args) ? [args] : [];
}

interface Node {
  readonly id: string;
}

/** A row that is labelled with the part of its pack's name that tells it apart. */
interface PackRow extends Node {
  /** The names or base names of the packs that are loaded below this parent, also of those that a filter hides. */
  readonly siblings: readonly string[];
}

export interface ScopeNode extends Node, ConnectionScope {
  readonly kind: 'scope';
  /** The row counts its packs below the target. */
  readonly store: ConnectionStore;
  /** Minimum score for a pack to count as healthy, 0–100. */
  readonly scoreTarget: number;
  readonly isInitiallyExpanded: boolean;
  /** When an earlier session read the packs, epoch milliseconds; undefined once they are read again. */
  readonly restoredReadAt: number | undefined;
}

export interface PackNode extends PackRow, ConnectionScope {
  readonly kind: 'pack';
  readonly pack: Pack;
  /** Epoch milliseconds. */
  readonly readAt: number | undefined;
  /** Minimum score for a pack to count as healthy, 0–100. */
  readonly scoreTarget: number;
  /** The difference to the score of the last visit. */
  readonly scoreChange?: ScoreChange | undefined;
}

export interface RuleNode extends Node, ConnectionScope {
  readonly kind: 'rule';
  readonly pack: Pack;
  readonly rule: RuleWithFailures;
  /** The number of failing results of the whole pack; undefined until every page has been read. */
  readonly totalFailures: number | undefined;
  readonly readAt: number | undefined;
}

export interface EvaluationNode extends Node, ConnectionScope {
  readonly kind: 'evaluation';
  readonly pack: Pack;
  readonly evaluation: Evaluation;
  readonly exception: RemediationException | undefined;
  /** Why exceptions could not be read. */
  readonly exceptionsError: ComplianceError | undefined;
  readonly readAt: number | undefined;
}

export interface AggregatorNode extends Node, ConnectionScope {
  readonly kind: 'aggregator';
  readonly aggregator: Aggregator;
  /** Why the status of its sources could not be loaded. */
  readonly sourcesError: ComplianceError | undefined;
}

/** The sources of an aggregator with missing or outdated data. */
export interface UnhealthySourcesNode extends Node {
  readonly kind: 'sources';
  readonly sources: readonly UnhealthySource[];
  /** Whether `sources` lists all of them. */
  readonly isComplete: boolean;
  readonly readAt: number | undefined;
}

/** An aggregator's rows of one account, region, pack or compliance state. */
export interface GroupNode extends PackRow, ConnectionScope {
  readonly kind: 'group';
  readonly aggregator: Aggregator;
  readonly group: Group;
  /** The aggregator if the group's counts come from its own rows, so that a change of these changes the group. */
  readonly countedBy?: AggregatorNode;
  /** The name of the account that the rows are of, if it is known. */
  readonly accountName?: string | undefined;
}

export type Group =
  | {
      readonly by: 'account' | 'region';
      readonly name: string;
      readonly count: PackCount;
      /** The only compliance state that the filter shows. */
      readonly compliance: ComplianceType | undefined;
      /** Whether `count` includes packs that do not match the filter. */
      readonly isUnfiltered: boolean;
      /** How many rows of the aggregator were counted; undefined if these are all, or if AWS Config counted. */
      readonly readRows: number | undefined;
    }
  | {
      readonly by: 'pack';
      /** The pack's name, or the base name of an organization's pack. */
      readonly name: string;
      readonly count: PackGroupCounts;
      /** The only compliance state that `count` includes, because of the filter. */
      readonly compliance: ComplianceType | undefined;
      /** How many rows of the aggregator were counted; undefined if these are all. */
      readonly readRows: number | undefined;
    }
  | {
      readonly by: 'status';
      readonly name: ComplianceType;
      /** Undefined if it is unknown. */
      readonly count: StateCount | undefined;
    };

/** The number of an aggregator's packs in a compliance state. */
export interface StateCount {
  readonly packs: number;
  /** Whether there may be more. */
  readonly isPartial: boolean;
  /** Whether `packs` includes packs that do not match the filter. */
  readonly isUnfiltered: boolean;
}

export interface RowNode extends PackRow, ConnectionScope {
  readonly kind: 'row';
  readonly aggregator: Aggregator;
  readonly row: AggregateRow;
  /** What the group above the row says: the row does not repeat it. */
  readonly groupedBy: Grouping;
  /** The name of the row's account, if it is known. */
  readonly accountName?: string | undefined;
  /** The published score. Available only if a connection has the row's account and region. */
  readonly score: Score | undefined;
  /** How the row differs from that of the last visit; undefined if there is no difference or nothing to compare with. */
  readonly rowChange?: RowChange | undefined;
  readonly readAt: number | undefined;
}

/** `Load more…`, the last child of an unfinished list. */
export interface MoreNode extends Node {
  readonly kind: 'more';
  readonly list: List<unknown>;
  readonly isLoading: boolean;
  readonly loadedCount: number;
  /** How many loaded rows match the filter; absent without a filter. */
  readonly matchingCount?: number;
  /** How many loaded rows are not shown, because VS Code needs an item for each. */
  readonly hiddenCount: number;
}

export interface ErrorNode extends Node {
  readonly kind: 'error';
  readonly error: ComplianceError;
  readonly connection: Connection;
  /** Set beside scopes: the label then names the connection. */
  readonly isTopLevel?: true;
  /** Reloaded on Retry. */
  readonly lists: readonly List<unknown>[];
}

export interface LoadingNode extends Node {
  readonly kind: 'loading';
  /** Set beside scopes: the label then names the connection, because its account is not known yet. */
  readonly connection?: Connection;
}

/** A line of information, such as why a list is empty. */
export interface NoteNode extends Node {
  readonly kind: 'note';
  readonly text: string;
  readonly detail: string;
  /** When the list that the line is about was read, epoch milliseconds. */
  readonly readAt?: number | undefined;
}

/** Whether a node can be expanded. */
export function hasChildren(node: TreeNode): boolean {
  switch (node.kind) {
    case 'scope':
    case 'aggregator':
    case 'group':
      return true;
    case 'pack':
      // A pack has no rules until it has been created.
      return node.pack.score !== undefined || !/^CREATE_(FAILED|IN_PROGRESS)$/.test(node.pack.deployment?.state ?? '');
    case 'rule':
      return node.rule.failing.length > 0;
    default:
      return false;
  }
}
