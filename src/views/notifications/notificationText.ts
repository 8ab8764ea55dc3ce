import type { PackChanges, PackState, ScoreDrop } from '../../compliance/queries/packChanges.ts';
import { formatPercent, formatScope } from '../../compliance/text/format.ts';

/** So many names stand in a message. */
const mostNames = 5;

/** One message for all that became worse; undefined where nothing did. `target` is a score, 0–100. */
export function changeText({ dropped, failed }: PackChanges, target: number): string | undefined {
  const sentences = [
    ...sentence(dropped, fallText, (many) => `${many} packs fell below ${target}`),
    ...sentence(failed, failureText, (many) => `${many} packs failed to deploy`),
  ];
  // A message of VS Code makes links of `[text](address)`: names are data.
  return sentences.length > 0 ? sentences.join('. ').replaceAll('](', '] (') : undefined;
}

function sentence<T extends ScoreDrop | PackState>(
  changes: readonly T[],
  one: (change: T) => string,
  many: (count: number) => string,
): string[] {
  const [first] = changes;
  if (!first) return [];
  if (changes.length === 1) return [one(first)];
  const names = changes.slice(0, mostNames).map((change) => ('pack' in change ? change.pack.name : change.name));
  const hidden = changes.length - mostNames;
  return [`${many(changes.length)}: ${names.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`];
}

function fallText({ pack, from, to }: ScoreDrop): string {
  const [high, low] = [formatPercent(from), formatPercent(to)];
  // Rounded, a small fall would be none.
  const scores = high === low ? `${from}% to ${to}%` : `${high} to ${low}`;
  return `${pack.name} fell from ${scores} (${formatScope(pack.scope)})`;
}

const failureText = (pack: PackState): string =>
  `${pack.name} failed to deploy: ${pack.state} (${formatScope(pack.scope)})`;
