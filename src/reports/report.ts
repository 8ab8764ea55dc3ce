import type { ComplianceError } from '../compliance/errors.ts';
import type { Grouping } from '../compliance/grouping.ts';
import type { Evaluation, Scope, Score, UnhealthySource } from '../compliance/model.ts';
import type { ReadFailure } from '../compliance/queries/readFailures.ts';
import type { RemediationException } from '../compliance/resourceModel.ts';
import type { Connection, PackOrder } from '../compliance/source.ts';
import type { CellValue } from './escaping.ts';
import type { ExportContent, ExportFilter, ResourceColumn, RowLocation } from './exportQuery.ts';

/** What is exported, as every format writes it. Everything but the rows and details is known before the first row. */
export interface Report {
  readonly content: ExportContent;
  /** The further columns of failing resources. */
  readonly resourceColumns: readonly ResourceColumn[];
  readonly filter: ExportFilter;
  /** How the rules of each pack were filtered, as a panel shows it; empty if these are all. */
  readonly ruleFilter: string;
  /** How the rules of each pack are ordered. */
  readonly ruleOrder: string;
  /** The minimum score of a healthy pack, 0–100; undefined if it is unknown. */
  readonly scoreTarget?: number;
  /** When reading started, epoch milliseconds. */
  readonly readAt: number;
  /** Connections that could not be read, so that sections may be missing. */
  readonly unreadSources: readonly ReadFailure[];
  /** One per source. */
  readonly sections: readonly ReportSection[];
}

/** The part of a report that comes from one source: the packs of a scope or aggregator, or an aggregator's failing rules. */
export interface ReportSection {
  readonly rowType: 'packs' | 'failingRules';
  /** The aggregator that the rows come from; undefined for a scope's own packs. */
  readonly aggregator: string | undefined;
  /** The account and region of the connection: those of the packs, or of the aggregator. */
  readonly scope: Scope;
  readonly connection: Connection;
  /** The packs that were selected one by one; undefined if the filter alone selects. */
  readonly packs: readonly RowLocation[] | undefined;
  /** Those of `packs` that the source does not list. */
  readonly missingPacks: readonly RowLocation[];
  /** The rows of a group follow each other. */
  readonly grouping: Grouping;
  /** Undefined if the rows have the order in which AWS Config returned them. */
  readonly order: PackOrder | undefined;
  readonly table: TableHead;
  /** Sources of the aggregator with missing or outdated data; undefined if they could not be read, or without an aggregator. */
  readonly unhealthySources: readonly UnhealthySource[] | undefined;
  /** Why data is missing from the rows. */
  readonly failures: readonly ComplianceError[];
  /** Reads the rows in their final order. Pages are requested as they are consumed. Rejects with a `ComplianceError`. */
  readonly readPages: () => AsyncIterable<readonly ReportRow[]>;
  /** Reads the rules of a row's pack; only if the report's content includes them. Rejects only if the export must end. */
  readonly readDetails: (row: ReportRow) => Promise<PackDetails>;
}

/** The columns of a section, and what is counted. */
export interface TableHead {
  /** The names of `ReportRow.data`, which are public: see `media/export.schema.json`. */
  readonly dataColumns: readonly string[];
  /** The titles of `ReportRow.display`. */
  readonly displayColumns: readonly string[];
  readonly counters: readonly { readonly name: string; readonly label: string }[];
}

/** A pack of a section, or a failing rule, which names no pack. */
export interface ReportRow extends RowLocation {
  /** The label of the row's group; undefined if the section is not grouped. */
  readonly group: string | undefined;
  /** The values for data formats. */
  readonly data: readonly CellValue[];
  /** The texts for reports. */
  readonly display: readonly string[];
  /** The names of the counters that count the row. */
  readonly counted: readonly string[];
}

/** Details of a row's pack that are not in the row. */
export interface PackDetails {
  /** The published score; undefined if there is none, which aggregators never tell. */
  readonly score: Score | undefined;
  /** The number of failing results of the whole pack; undefined if not all have been read, or they are not counted. */
  readonly totalFailures: number | undefined;
  /** Those that match the report's filter of rules, in its order of rules. */
  readonly rules: readonly ReportRule[];
  /** What a reader must know about which rules these are, if anything. */
  readonly note: string | undefined;
  /** When the rules were read, epoch milliseconds. */
  readonly readAt: number | undefined;
  /** Why rules or resources are missing. */
  readonly failures: readonly ComplianceError[];
}

export interface ReportRule {
  readonly name: string;
  /** A `ComplianceType`, or another value as it came. */
  readonly compliance: string | undefined;
  /** The number of failing results. */
  readonly failing: number;
  /** Whether there may be more. */
  readonly hasMoreFailing: boolean;
  /** Points of the score that fixing the rule would add; undefined if it cannot be estimated. */
  readonly estimatedGain: number | undefined;
  /** Undefined if they are unknown: aggregators do not tell. */
  readonly controls: readonly string[] | undefined;
  /** The failing resources; undefined if they are not part of the content, or could not be read. */
  readonly resources: readonly ReportResource[] | undefined;
  /** Whether `resources` has all of them. */
  readonly hasAllResources: boolean;
}

/** A failing resource with what the report's further columns say of it. */
export interface ReportResource extends Evaluation {
  /** Its exception from remediation, if any. */
  readonly exception?: RemediationException | undefined;
  readonly owner?: ResourceOwner;
}

/** The owner of a resource: a tag's value, or why there is none. */
export type ResourceOwner =
  | { readonly value: string; readonly note?: undefined }
  | { readonly value?: undefined; readonly note: string };

/** What is known after the last row: the number of `rows` and the other counts, by name. */
export type Totals = Readonly<Record<string, number>>;

export interface ReportSummary {
  /** The sums of all sections. */
  readonly totals: Totals;
  /** The totals of each section. */
  readonly sectionTotals: readonly Totals[];
  /** When the last row or rule was read, epoch milliseconds. */
  readonly endedAt: number;
}

/**
 * Formats a report as text, piece by piece in the order of the members: the header, then for each section its start, all its
 * rows, the details of each of its packs in the order of the rows (if the content is more than rows), and its end; at last
 * the footer. A writer keeps no rows.
 */
export interface ReportWriter {
  readonly header: string;
  startSection(section: ReportSection): string;
  /** A format that joins rows with details writes nothing here if details follow. */
  formatRow(row: ReportRow, section: ReportSection): string;
  formatPack(row: ReportRow, details: PackDetails, section: ReportSection): string;
  endSection(section: ReportSection, totals: Totals): string;
  formatFooter(summary: ReportSummary): string;
}
