import type { ScoreChange } from '../../compliance/history/history.ts';
import type { RecordedScore } from '../../compliance/queries/scoreHistory.ts';
import type { ExportFormat, Problem } from '../shared/protocol.ts';

// The messages between the extension and the webview of a panel. Times are epoch milliseconds.

/** A pack's scope, score and deployment. */
export interface PackHeader {
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  /** `default credentials`, or `profile` and its name. */
  readonly connection: string;
  /** The minimum score of a healthy pack, 0–100. */
  readonly target: number;
  /** The published score; absent if there is none. */
  readonly score?: { readonly percent?: number; readonly text: string; readonly updatedAt?: number };
  /** The difference to the score of the last visit. */
  readonly scoreChange?: ScoreChange;
  readonly deployment?: {
    readonly state: string;
    readonly reason?: string;
    readonly requestedAt?: number;
    readonly completedAt?: number;
    readonly stack?: { readonly name: string; readonly url: string };
  };
  readonly readAt?: number;
  readonly isLoading: boolean;
  readonly problems: readonly Problem[];
  /** The tag that names owners, if the settings name one. */
  readonly ownerTag?: string;
  /** Set if the settings and the workspace allow actions. */
  readonly canReevaluate?: true;
  /** What an aggregator tells of a pack in an account that no connection reads. It tells neither score nor deployment. */
  readonly aggregated?: AggregatedHeader;
}

/** A pack in an account and region of an aggregator. */
export interface AggregatedHeader {
  readonly aggregator: string;
  /** The account's name in the settings. */
  readonly accountName?: string;
  /** Absent if the aggregator does not list the pack. */
  readonly counts?: AggregatedCounts;
  /** The pack's page in the AWS console. */
  readonly consoleUrl?: string;
}

/** A rule and the counts of its loaded results. */
export interface RuleSummary {
  readonly name: string;
  readonly compliance?: string;
  readonly controls: readonly string[];
  readonly failing: number;
  /** Set if there may be more failing resources, which an aggregator counts up to a cap or not at all. */
  readonly hasMoreFailing?: true;
  readonly passing: number;
}

/** How many results in one state have been loaded. */
export interface LoadProgress {
  readonly count: number;
  readonly isComplete: boolean;
}

/** A pack's rules and the counts of their results. */
export interface PackResults {
  readonly rules: readonly RuleSummary[];
  readonly failing: LoadProgress;
  /** Absent if the rules come from an aggregator. */
  readonly passing?: LoadProgress;
  readonly isLoading: boolean;
  readonly readAt?: number;
  readonly problems: readonly Problem[];
  /** What a person must know about which rules these are. */
  readonly note?: string;
}

export interface FailingResource {
  readonly type: string;
  readonly id: string;
  readonly annotation?: string;
  readonly evaluatedAt?: number;
  /** The resource's exception from remediation. It still counts as failing. */
  readonly exception?: { readonly message?: string; readonly expiresAt?: number };
}

/** The failing resources of a rule that have been requested. */
export interface RuleResources {
  readonly resources: readonly FailingResource[];
  /** The number of failing resources; absent if only an aggregator could tell and there are more. */
  readonly total?: number;
  readonly isLoading?: true;
  /** Why the next resources could not be read. */
  readonly error?: string;
  /** Why it is unknown which resources are excepted. */
  readonly exceptionsNote?: string;
}

/** The failing results of one owner's resources, or of resources without an owner. */
export interface OwnerSummary {
  readonly id: string;
  readonly label: string;
  readonly failing: number;
  /** The number of failing results by rule. */
  readonly rules: readonly (readonly [rule: string, failing: number])[];
}

/** All failing results of a pack by the owner of their resources. */
export interface PackOwners {
  readonly groups: readonly OwnerSummary[];
  readonly isLoading: boolean;
  /** Why tags could not be read. */
  readonly problem?: string;
}

/** Identifies the list of a rule's resources, or of those of one owner; without an owner, `owner` is empty. */
export const getResourcesKey = (rule: string, owner: string): string =>
  owner === '' ? rule : JSON.stringify([owner, rule]);

/** An aggregator's rule counts of a pack in an account that no connection reads. They are no score. */
export interface AggregatedCounts {
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  readonly aggregator: string;
  readonly compliance?: string;
  readonly compliantRules: number;
  readonly nonCompliantRules: number;
  readonly totalRules: number;
  readonly countsText?: string;
  readonly readAt?: number;
}

/** A pack's state that AWS Config has recorded. It has no score. */
export interface RecordedState {
  readonly at: number;
  readonly compliance?: string;
  /** Absent if AWS Config does not tell. */
  readonly rules?: { readonly compliant: number; readonly total: number };
}

/** What AWS Config has recorded of the pack, as far as it was loaded on request. */
export interface RecordedStateList {
  /** Newest first. */
  readonly states: readonly RecordedState[];
  readonly isComplete: boolean;
  readonly isLoading: boolean;
  readonly problems: readonly Problem[];
}

/** A message from the extension to the webview. */
export type HostMessage =
  /** Discards everything sent before, because the connection's scope has changed. */
  | { readonly type: 'clear' }
  | { readonly type: 'header'; readonly header: PackHeader }
  | { readonly type: 'results'; readonly results: PackResults }
  | ({ readonly type: 'resources'; readonly rule: string; readonly owner?: string } & RuleResources)
  | { readonly type: 'owners'; readonly owners: PackOwners }
  | { readonly type: 'trend'; readonly scores: readonly RecordedScore[] }
  | { readonly type: 'recordedStates'; readonly list: RecordedStateList }
  /** Shows a rule once it has been received. */
  | { readonly type: 'showRule'; readonly rule: string };

export const copyForms = ['link', 'markdown'] as const;
export type CopyForm = (typeof copyForms)[number];

/** The rule or failing resource of a row. VS Code passes it to the commands of the row's context menu. */
export interface RowContext {
  readonly rule: string;
  readonly resource?: { readonly type: string; readonly id: string };
}

/** A message from the webview to the extension. */
export type PanelMessage =
  /** The script has started. Messages that were sent earlier are lost. */
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  /** Cancels loading. */
  | { readonly type: 'cancel' }
  /** Continues loading after a cancellation or an error. */
  | { readonly type: 'loadMore' }
  /** Loads what AWS Config has recorded of the pack. */
  | { readonly type: 'loadHistory' }
  /** Subscribes to the first `count` failing resources of a rule, or of those with this owner. */
  | { readonly type: 'loadResources'; readonly rule: string; readonly count: number; readonly owner?: string }
  /** Subscribes to the owners of all failing resources. */
  | { readonly type: 'loadOwners' }
  /** Evaluates rules again, after a confirmation. Without names: those that fail. */
  | { readonly type: 'reevaluate'; readonly rules: readonly string[] }
  | { readonly type: 'openRule'; readonly rule: string }
  | { readonly type: 'openResource'; readonly resourceType: string; readonly resourceId: string }
  /** Runs an action of the problem with this title. */
  | { readonly type: 'resolve'; readonly problem: string; readonly action: string }
  | { readonly type: 'copy'; readonly text: string }
  /** Copies a link to a rule, or the rule with its failing resources as Markdown. */
  | { readonly type: 'copyRule'; readonly rule: string; readonly as: CopyForm }
  /** Copies a failing resource of a rule as Markdown. */
  | {
      readonly type: 'copyResource';
      readonly rule: string;
      readonly resourceType: string;
      readonly resourceId: string;
    }
  /**
   * Copies rules as Markdown, and the shown resources of those in `unfolded`: those of `owner`, and without an exception
   * if `hidesExceptions`. `filter` as in `export`.
   */
  | {
      readonly type: 'copyMarkdown';
      readonly owner?: string;
      readonly hidesExceptions?: true;
      readonly rules: readonly string[];
      readonly unfolded: readonly string[];
      readonly filter: string;
    }
  /** Exports rules in the given order; `filter` describes how they were selected. */
  | {
      readonly type: 'export';
      readonly format: ExportFormat;
      readonly rules: readonly string[];
      readonly filter: string;
      /** Describes the order of the rules. */
      readonly order?: string;
      /** Exports all rules, whatever `rules` and `filter` are. */
      readonly everything?: true;
    };
