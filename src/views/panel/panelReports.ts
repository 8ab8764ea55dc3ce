import type { OwnPack } from '../../compliance/packRef.ts';
import type { AggregatedPackRules } from '../../compliance/queries/aggregatedPackRules.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { describeMembership } from '../../compliance/text/membershipText.ts';
import type { AggregatedRuleReport } from '../../reports/copiedAggregatedRules.ts';
import { formatRuleReport, type RuleReport } from '../../reports/copiedRules.ts';
import { formatResourceSections, type ResourceSection } from '../../reports/resourceSections.ts';
import type { PanelMessage } from '../../webview/pack/protocol.ts';
import { settings } from '../shared/settings.ts';
import { pickByName } from './panelActions.ts';
import type { ResourceSelection } from './panelResources.ts';
import type { AggregatedTarget } from './panelState.ts';

/** The rules of a report. */
interface RuleSelection {
  /** The names of the rules in their order. */
  readonly rules: readonly string[];
  /** How they were selected, as text; empty for all. */
  readonly filter: string;
}

/** The report of rules of a pack, as far as the store has read them. */
export function createRuleReport(target: OwnPack, store: ConnectionStore, selection: RuleSelection): RuleReport {
  const { rows, readAt, failingResults } = store.getRuleList(target.name);
  return {
    target,
    pack: store.findPackList(target.name).rows.find(({ name }) => name === target.name),
    rules: pickByName(rows, selection.rules),
    totalFailures: failingResults.isComplete ? failingResults.rows.length : undefined,
    filter: selection.filter,
    readAt,
    writtenAt: Date.now(),
  };
}

export type CopyMarkdownMessage = Extract<PanelMessage, { type: 'copyMarkdown' }>;

/** The rules that the webview shows as Markdown, and the shown resources of the unfolded ones. */
export function formatShownRules(
  target: OwnPack,
  store: ConnectionStore,
  message: CopyMarkdownMessage,
  getResources: (selection: ResourceSelection) => ResourceSection,
): string {
  const report = createRuleReport(target, store, message);
  const { unfolded, owner, hidesExceptions } = message;
  const selection = { ...(owner !== undefined && { owner }), ...(hidesExceptions && { hidesExceptions }) };
  const sections = report.rules
    .filter(({ name }) => unfolded.includes(name))
    .map(({ name }) => getResources({ rule: name, ...selection }));
  return formatRuleReport(report) + formatResourceSections(sections);
}

/** The report of rules of an aggregated pack, as far as they have been read. */
export function createAggregatedRuleReport(
  { location, initial }: Pick<AggregatedTarget, 'location' | 'initial'>,
  data: AggregatedPackRules,
  selection: RuleSelection,
): AggregatedRuleReport {
  const membership = data.findMembership() ?? { evidence: 'none', rules: [] };
  const all = membership.rules.map((rule) => data.describeRule(rule));
  return {
    location,
    accountName: settings.accountNames().get(location.account),
    row: data.findRow() ?? initial?.row,
    evidence: membership.evidence,
    note: describeMembership(membership, location, data),
    rules: pickByName(all, selection.rules),
    filter: selection.filter,
    readAt: data.rules.readAt,
    writtenAt: Date.now(),
  };
}
