import type { ComplianceType } from '../../compliance/model.ts';
import type { ExportFormat, Problem } from '../shared/protocol.ts';

// The messages between the extension and the webview of an organization overview. The extension keeps all rows and
// sends only those in view. Times are epoch milliseconds.

export const overviewTabs = ['accounts', 'packs', 'rules', 'matrix'] as const;
export type OverviewTab = (typeof overviewTabs)[number];

/** Restricts what the overview counts. An empty text does not restrict. */
export interface OverviewFilter {
  /** A part of an account's ID or name; case does not matter. */
  readonly account: string;
  /** An exact region. */
  readonly region: string;
  /** A part of a pack's name; case does not matter. */
  readonly pack: string;
  /** A part of a rule's name; case does not matter. */
  readonly rule: string;
  readonly compliance: ComplianceType | '';
}

/** How much of a list has been read. */
export interface ShownProgress {
  readonly rows: number;
  /** The number of rows that AWS Config counts; undefined if it is unknown. */
  readonly expected?: number;
  readonly isComplete: boolean;
  readonly isLoading: boolean;
  /** The tabs that are ranked as AWS Config counts packs, until all rows have been read. */
  readonly countedTabs?: readonly OverviewTab[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

/** A source with missing or outdated data. */
export interface SourceFailure {
  /** The ID of the account or the organization, and the region. */
  readonly source: string;
  /** `FAILED`, `OUTDATED` or a state that this version does not know. */
  readonly state: string;
  readonly reason?: string;
  readonly updatedAt?: number;
}

/** The totals of everything read so far, without the filter. */
export interface OverviewTotals {
  readonly accounts: number;
  readonly regions: number;
  readonly packs: number;
  readonly rows: number;
  /** The same packs by result. */
  readonly counts: ShownCounts;
}

/** The aggregator, its totals, and what has been read. */
export interface OverviewSummary {
  readonly aggregator: string;
  /** The account and region of the aggregator. */
  readonly account: string;
  readonly region: string;
  /** `default credentials`, or `profile` and its name. */
  readonly connection: string;
  readonly totals: OverviewTotals;
  readonly progress: ShownProgress;
  /** Undefined until the tab of rules is opened. */
  readonly rules?: ShownProgress;
  readonly readAt?: number;
  readonly sourceFailures: readonly SourceFailure[];
  /** What is not available, and which permission it needs. */
  readonly notes: readonly string[];
  /** The regions to filter by. */
  readonly regions: readonly string[];
}

/** The packs that the aggregator lists, by state. */
export interface ShownCounts {
  /** The packs with a result: compliant and non-compliant ones. */
  readonly evaluated: number;
  readonly nonCompliant: number;
  /** The packs with insufficient data or an unknown state. */
  readonly withoutResult: number;
}

/** How many accounts and regions have a pack, of all that the aggregator has shown or names. */
export interface ShownCoverage {
  readonly accounts: number;
  readonly allAccounts: number;
  readonly regions: number;
  readonly allRegions: number;
}

interface BaseRow {
  readonly id: string;
  /** The nesting level; 1 at the top. */
  readonly level: number;
}

/** A row that can be unfolded, or undefined if there is nothing to unfold. */
interface FoldableRow extends BaseRow {
  readonly unfolded?: boolean;
}

/** Names an account. `name` comes from the settings. */
export interface AccountLabel {
  readonly account: string;
  readonly name?: string;
}

/** An account with the state of its sources. */
export interface ShownAccount extends AccountLabel {
  /** The number of regions with missing or outdated data; undefined if there are none. */
  readonly unhealthyRegions?: number;
}

export interface AccountRow extends FoldableRow, ShownAccount, ShownCounts {
  readonly kind: 'account';
  /** The number of regions with packs; undefined while it is unknown. */
  readonly regions?: number;
}

export interface RegionRow extends FoldableRow, ShownCounts {
  readonly kind: 'region';
  readonly region: string;
}

/** A pack in one account and region: a row of the aggregator. */
export interface DeployedPackRow extends BaseRow {
  readonly kind: 'deployedPack';
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  /** A `ComplianceType`, or another value as it came. */
  readonly compliance?: string;
  readonly compliantRules: number;
  readonly totalRules: number;
  /** The counts as they came, if they are impossible. */
  readonly countsText?: string;
  /** Set below a pack, where the row names its account and region instead of the pack. */
  readonly place?: AccountLabel;
}

export interface PackRow extends FoldableRow, ShownCounts {
  readonly kind: 'pack';
  readonly pack: string;
  /** Undefined while it is unknown. */
  readonly coverage?: ShownCoverage;
}

/** A heading above the rows that answer one question about a pack, or above more of them. */
export interface HeadingRow extends FoldableRow {
  readonly kind: 'heading';
  readonly text: string;
}

/** An account without rows of a pack, everywhere or in some of the regions that have it. */
export interface LackingAccountRow extends BaseRow, ShownAccount {
  readonly kind: 'lackingAccount';
  /** The regions that lack it; empty if all do. */
  readonly regions: readonly string[];
  /** Whether all rows have been read, so that a pack without rows is not deployed. */
  readonly isComplete: boolean;
}

/** A region where no account has rows of a pack. */
export interface LackingRegionRow extends BaseRow {
  readonly kind: 'lackingRegion';
  readonly region: string;
  readonly isComplete: boolean;
}

/** The same rule over accounts and regions. */
export interface RuleRow extends FoldableRow {
  readonly kind: 'rule';
  /** The name without the suffix that a deployment adds. */
  readonly rule: string;
  /** The number of accounts where the rule fails. */
  readonly accounts: number;
  /** The number of deployed rules that fail. */
  readonly rules: number;
  readonly failingResources: FailingResourceCount;
}

/** A rule that fails in one account and region. */
export interface FailingRuleRow extends BaseRow, AccountLabel {
  readonly kind: 'failingRule';
  readonly region: string;
  readonly rules: number;
  readonly failingResources: FailingResourceCount;
}

/** A sum of counts that AWS Config stops at a limit. */
export interface FailingResourceCount {
  readonly count: number;
  /** Whether there are at least `count`. */
  readonly isCapped: boolean;
}

export type OverviewRow =
  | AccountRow
  | RegionRow
  | DeployedPackRow
  | PackRow
  | HeadingRow
  | LackingAccountRow
  | LackingRegionRow
  | RuleRow
  | FailingRuleRow;

/**
 * The state of a pack in an account over its regions, as one character: `1` to `4` non-compliant, by the share of
 * failing rules in quarters; `I` insufficient data or unknown; `C` compliant; `.` hidden by the filter; a space if no row
 * was read.
 */
export type MatrixCode = '1' | '2' | '3' | '4' | 'I' | 'C' | '.' | ' ';

/** The part of the matrix in view. */
export interface MatrixWindow {
  readonly firstColumn: number;
  readonly totalColumns: number;
  readonly packs: readonly string[];
  /** One per account: a `MatrixCode` per pack. */
  readonly cells: readonly string[];
  readonly accounts: readonly AccountLabel[];
}

/** The rows in view. `request` is the number of the request that they answer. */
export interface RowsMessage {
  readonly type: 'rows';
  readonly request: number;
  readonly tab: OverviewTab;
  readonly first: number;
  readonly total: number;
  /** The index of the focused row that the request names; -1 if it is not listed. */
  readonly focusedIndex: number;
  readonly rows: readonly OverviewRow[];
  /** Some accounts to filter by: those that match what the filter of accounts has so far. */
  readonly suggestedAccounts: readonly AccountLabel[];
  /** Set for the tab of the matrix, instead of rows. */
  readonly matrix?: MatrixWindow;
}

/** A message from the extension to the webview. */
export type OverviewHostMessage =
  /** Discards everything sent before, because the connection's scope has changed. */
  | { readonly type: 'clear' }
  | { readonly type: 'summary'; readonly summary: OverviewSummary }
  | RowsMessage
  /** The rows of a cell of the matrix. */
  | {
      readonly type: 'cell';
      readonly account: string;
      readonly pack: string;
      readonly rows: readonly DeployedPackRow[];
    };

/** A range of rows, and of the matrix's columns. */
export interface ViewRange {
  readonly first: number;
  readonly count: number;
  readonly firstColumn: number;
  readonly columnCount: number;
}

/** A message from the webview to the extension. */
export type OverviewMessage =
  /** The script has started. Messages that were sent earlier are lost. */
  | { readonly type: 'ready' }
  /** Subscribes to the rows of a range. */
  | {
      readonly type: 'show';
      readonly request: number;
      readonly tab: OverviewTab;
      readonly filter: OverviewFilter;
      /** Ids of the rows that are not as they are at first: regions and the only row of a filter are unfolded at first, others folded. */
      readonly toggled: readonly string[];
      /** Id of the focused row. */
      readonly focused: string;
      readonly range: ViewRange;
    }
  | { readonly type: 'refresh' }
  /** Cancels loading. */
  | { readonly type: 'cancel' }
  /** Reads what is missing after a cancellation or an error. */
  | { readonly type: 'loadMore' }
  /** Runs an action of the problem with this title. */
  | { readonly type: 'resolve'; readonly problem: string; readonly action: string }
  /** Copies the row with this id, and the rows below it, as Markdown. */
  | { readonly type: 'copyMarkdown'; readonly row: string }
  /** Asks for the rows of a cell of the matrix. */
  | { readonly type: 'loadCell'; readonly account: string; readonly pack: string }
  /** Exports the rows of the tab that match the filter, in its order; all rows if `everything` is set. */
  | {
      readonly type: 'export';
      readonly format: ExportFormat;
      readonly tab: OverviewTab;
      readonly filter: OverviewFilter;
      readonly everything?: true;
    }
  /** Opens a pack. Without a region, the user picks one of several. */
  | { readonly type: 'openPack'; readonly account: string; readonly pack: string; readonly region?: string };
