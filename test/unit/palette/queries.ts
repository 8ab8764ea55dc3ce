import type { Connection } from '../../../src/compliance/source.ts';
import type { Line, PickerQuery } from '../../../src/views/palette/line.ts';
import type { QueryContext } from '../../../src/views/palette/packQuery.ts';
import { noon, type OpenTree } from '../tree/openTree.ts';

/** What a question asks of an open tree's estate. */
export const askingOf = ({ estate }: OpenTree, connections: readonly Connection[] = [{}]): QueryContext => ({
  stores: () => connections.map((connection) => estate.store(connection)),
  scoreTarget: () => 90,
});

/** Reads as far as the question goes by itself, and gives its lines. */
export async function answerOf(question: PickerQuery): Promise<readonly Line[]> {
  await question.read(new AbortController().signal);
  return question.lines(false, noon.getTime());
}

/** Lines as a person sees them. */
export const shown = (lines: readonly Line[]): string =>
  lines
    .map(({ icon, label, description = '', detail }) =>
      [`${icon.codicon} | ${label} | ${description}`, ...(detail === undefined ? [] : [`    ${detail}`])].join('\n'),
    )
    .join('\n');
