import * as vscode from 'vscode';
import type { TreeNode } from '../model/nodes.ts';
import { getShareCounts } from './shareCounts.ts';

const scheme = 'packscope-score';

/** What a badge counts. It is part of the URI. */
type Measure = 'score' | 'rules' | 'packs' | 'readPacks';

/**
 * Shows scores and shares as file decorations at the end of the row, where a long pack name cannot push them out of
 * sight. The number is part of the URI, so that the provider needs no state.
 */
export function registerScoreBadges(context: vscode.ExtensionContext): void {
  const provider = vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) =>
      uri.scheme === scheme ? new vscode.FileDecoration(uri.query, describeBadge(uri)) : undefined,
  });
  context.subscriptions.push(provider);
}

function describeBadge({ query: percent, fragment }: vscode.Uri): string {
  if (fragment === 'rules') return `${percent}% of the rules passing, rounded down`;
  if (fragment === 'packs') return `${percent}% of the packs with a result are compliant, rounded down`;
  if (fragment === 'readPacks') return `${percent}% of the packs read so far are compliant, rounded down`;
  return `score ${percent}%, rounded down`;
}

/** The URI of a node's badge. One of 100 is left out: two characters is the limit. */
export function getBadgeUri(node: TreeNode): vscode.Uri | undefined {
  const badge = getBadge(node);
  if (badge?.percent === undefined || badge.percent >= 100) return undefined;
  const percent = String(Math.floor(badge.percent));
  return vscode.Uri.from({ scheme, path: `/${node.id}`, query: percent, fragment: badge.measure });
}

/** `percent`: 0–100; undefined if there is no result. */
function getBadge(node: TreeNode): { readonly percent: number | undefined; readonly measure: Measure } | undefined {
  if (node.kind === 'pack') return { percent: node.pack.score?.percent, measure: 'score' };
  if (node.kind === 'row') {
    const { compliantRules, nonCompliantRules, totalRules } = node.row;
    // Without a result, no rule has failed either.
    const total = compliantRules + nonCompliantRules === 0 ? 0 : totalRules;
    return { percent: getPercent(compliantRules, total), measure: 'rules' };
  }
  const counts = node.kind === 'group' ? getShareCounts(node.group) : undefined;
  if (node.kind !== 'group' || !counts) return undefined;
  const isPartial = node.group.by === 'pack' && node.group.readRows !== undefined;
  const { compliant, nonCompliant } = counts;
  return { percent: getPercent(compliant, compliant + nonCompliant), measure: isPartial ? 'readPacks' : 'packs' };
}

/** Multiplies first: 100 × (29 / 100) is less than 29. */
const getPercent = (part: number, total: number): number | undefined =>
  total === 0 ? undefined : (100 * part) / total;
