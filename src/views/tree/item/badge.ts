import { formatPercent, getWholePercent } from '../../../compliance/text/score.ts';
import type { RowNode, TreeNode } from '../model/nodes.ts';
import { getShareCounts } from './shareCounts.ts';

/** What a badge counts. It is part of the URI. */
type Measure = 'score' | 'rules' | 'packs' | 'readPacks';

interface Badge {
  /** 0–100; undefined if there is no result. */
  readonly percent: number | undefined;
  readonly measure: Measure;
}

/** The text of a badge: the whole part of the number that the row or its tooltip shows. */
export const formatBadge = (percent: number): string => String(getWholePercent(percent));

/** Describes a badge, such as `score 61.5%`. */
export function describeBadge(percent: number, measure: string): string {
  const text = formatPercent(percent);
  if (measure === 'rules') return `${text} of the rules passing`;
  if (measure === 'packs') return `${text} of the packs with a result are compliant`;
  if (measure === 'readPacks') return `${text} of the packs read so far are compliant`;
  return `score ${text}`;
}

/** The badge of a pack, row or group; undefined for other nodes. */
export function getBadge(node: TreeNode): Badge | undefined {
  switch (node.kind) {
    case 'pack':
      return { percent: node.pack.score?.percent, measure: 'score' };
    case 'row':
      return { percent: getPassingPercent(node), measure: 'rules' };
    case 'group': {
      const counts = getShareCounts(node.group);
      if (!counts) return undefined;
      const isPartial = node.group.by !== 'status' && node.group.readRows !== undefined;
      const { compliant, nonCompliant } = counts;
      return { percent: getPercent(compliant, compliant + nonCompliant), measure: isPartial ? 'readPacks' : 'packs' };
    }
    default:
      return undefined;
  }
}

/** Counts rules even if the score is known: all rows of a list show what the list is sorted by. */
function getPassingPercent({ row: { compliantRules, nonCompliantRules, totalRules } }: RowNode): number | undefined {
  // Without a result, no rule has failed either.
  return getPercent(compliantRules, compliantRules + nonCompliantRules === 0 ? 0 : totalRules);
}

/** Multiplies first: 100 × (29 / 100) is less than 29. */
const getPercent = (part: number, total: number): number | undefined =>
  total === 0 ? undefined : (100 * part) / total;
