import type { PackChanges, PackState, ScoreDrop } from '../../compliance/queries/packChanges.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { formatPercent } from '../../compliance/text/score.ts';
import { formatDeploymentState } from '../../compliance/text/states.ts';

const maxNames = 5;

/** Formats all changes as one message; undefined if there are none. `target` is a score, 0–100. */
export function formatChanges({ dropped, failed }: PackChanges, target: number): string | undefined {
  const sentences = [
    ...formatSentence(dropped, formatDrop, (count) => `${count} packs fell below ${target}`),
    ...formatSentence(failed, formatFailure, (count) => `${count} packs failed to deploy`),
  ];
  return sentences.length > 0 ? sentences.join('. ') : undefined;
}

function formatSentence<T extends ScoreDrop | PackState>(
  changes: readonly T[],
  formatOne: (change: T) => string,
  formatMany: (count: number) => string,
): string[] {
  const [first] = changes;
  if (!first) return [];
  if (changes.length === 1) return [formatOne(first)];
  const names = changes.slice(0, maxNames).map((change) => ('pack' in change ? change.pack.name : change.name));
  const hiddenCount = changes.length - maxNames;
  const more = hiddenCount > 0 ? ` and ${hiddenCount} more` : '';
  return [`${formatMany(changes.length)}: ${names.join(', ')}${more}`];
}

function formatDrop({ pack, from, to }: ScoreDrop): string {
  const [roundedFrom, roundedTo] = [formatPercent(from), formatPercent(to)];
  const scores = roundedFrom === roundedTo ? `${from}% to ${to}%` : `${roundedFrom} to ${roundedTo}`;
  return `${pack.name} fell from ${scores} (${formatScope(pack.scope)})`;
}

const formatFailure = (pack: PackState): string =>
  `${pack.name} failed to deploy: ${formatDeploymentState(pack.state)} (${formatScope(pack.scope)})`;
