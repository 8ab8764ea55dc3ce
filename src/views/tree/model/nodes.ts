import type { ComplianceError } from '../../../compliance/errors.ts';
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
import type { ConnectionScope } from '../../../compliance/packRef.ts';
import type { List } from '../../../compliance/paging/list.ts';
import type { Connection } from '../../../compliance/source.ts';
import type { RuleWithFailures } from '../../../compliance/store/ruleList.ts';
import { hasKind } from '../../shared/commandArguments.ts';

/** What stands in the tree. Ids are stable and hold connection, account, region and name. */
export type TreeNode =
  | ScopeNode
  | PackNode
  | RuleNode
  | EvaluationNode
  | AggregatorNode
  | SourcesNode
  | GroupNode
  | RowNode
  | MoreNode
  | ErrorNode
  | LoadingNode
  | NoteNode;

/** Whether a command's argument is the tree node that its menu belongs to. */
export const isTreeNode = (value: unknown): value is TreeNode => hasKind(value);

interface Node {
  readonly id: string;
}

export interface ScopeNode extends Node, ConnectionScope {
  readonly kind: 'scope';
  /** Whether it opens by itself: only where it is the one scope there is. */
  readonly open: boolean;
  /** When an earlier session read its packs, epoch milliseconds, while this one has not yet. */
  readonly recalledFrom: number | undefined;
}

export interface PackNode extends Node, ConnectionScope {
  readonly kind: 'pack';
  readonly pack: Pack;
  /** When it was read, epoch milliseconds. */
  readonly readAt: number | undefined;
  /** The score from which on a pack counts as good, 0–100. */
  readonly target: number;
}

export interface RuleNode extends Node, ConnectionScope {
  readonly kind: 'rule';
  readonly pack: Pack;
  readonly rule: RuleWithFailures;
  /** All failing results of the pack, once all have been read. */
  readonly failing: number | undefined;
  readonly readAt: number | undefined;
}

export interface EvaluationNode extends Node, ConnectionScope {
  readonly kind: 'evaluation';
  readonly evaluation: Evaluation;
  readonly readAt: number | undefined;
}

export interface AggregatorNode extends Node, ConnectionScope {
  readonly kind: 'aggregator';
  readonly aggregator: Aggregator;
  /** Why it is not known whether its sources are in order. */
  readonly sourcesError: ComplianceError | undefined;
}

/** Sources of an aggregator whose data is missing or old: why it shows less than there is. */
export interface SourcesNode extends Node {
  readonly kind: 'sources';
  readonly sources: readonly UnhealthySource[];
  /** Whether these are all of them. */
  readonly isComplete: boolean;
  readonly readAt: number | undefined;
}

/** The rows of one account, one region or one state. */
export interface GroupNode extends Node, ConnectionScope {
  readonly kind: 'group';
  readonly aggregator: Aggregator;
  readonly part: GroupPart;
}

export type GroupPart =
  | { readonly by: 'account' | 'region'; readonly name: string; readonly count: PackCount }
  | { readonly by: 'status'; readonly name: ComplianceType };

export interface RowNode extends Node, ConnectionScope {
  readonly kind: 'row';
  readonly aggregator: Aggregator;
  readonly row: AggregateRow;
  /** The published score, only where the row's account and region are a connection's own. */
  readonly score: Score | undefined;
  readonly readAt: number | undefined;
}

/** The place where a list goes on. */
export interface MoreNode extends Node {
  readonly kind: 'more';
  readonly list: List<unknown>;
  readonly loading: boolean;
  readonly loaded: number;
  /** Rows that a filter of ours has left, where there is one. */
  readonly matching?: number;
}

export interface ErrorNode extends Node {
  readonly kind: 'error';
  readonly error: ComplianceError;
  /** Whose it is; said only beside the scopes, for below one it is plain. */
  readonly connection: Connection;
  readonly besideScopes?: true;
  /** What is loaded again on Retry. */
  readonly lists: readonly List<unknown>[];
}

export interface LoadingNode extends Node {
  readonly kind: 'loading';
}

/** A line that says why there is nothing, or less than one might look for. */
export interface NoteNode extends Node {
  readonly kind: 'note';
  readonly text: string;
  readonly detail: string;
}

export const groupings = ['account', 'region', 'status', 'pack'] as const;
/** What an aggregator's children are; `pack` is its rows, one after another. */
export type Grouping = (typeof groupings)[number];

/** Whether a node can be opened. */
export function hasChildren(node: TreeNode): boolean {
  switch (node.kind) {
    case 'scope':
    case 'aggregator':
    case 'group':
      return true;
    case 'pack':
      // A pack that has not been created has no rules yet.
      return node.pack.score !== undefined || !/^CREATE_(FAILED|IN_PROGRESS)$/.test(node.pack.deployment?.state ?? '');
    case 'rule':
      return node.rule.failing.length > 0;
    default:
      return false;
  }
}
