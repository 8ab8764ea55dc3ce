import { runChild } from './child/runChild.ts';
import { formatMilliseconds, type Measurement, median } from './measurement.ts';
import { createTemplate, templateKinds } from './templateTexts.ts';

/** How long one process takes to index a document and to resolve its names, in milliseconds. */
export interface TemplateRun {
  /** The first time, before the code has been optimized. */
  readonly first: number;
  /** The longest time in which the first run blocked the event loop. */
  readonly longestBlock: number;
  /** After each keystroke. */
  readonly afterKeystrokes: readonly number[];
  /** A general parser on the whole text, if there is one for the language. */
  readonly parser: readonly number[] | undefined;
}

const processes = 5;
const keystrokes = 40;

/** A frame of a display. The event loop is not blocked for longer. */
const maxBlock = 16;

const sizes = [
  { characters: 100_000, maxFirst: 60, maxAfterKeystroke: 2 },
  { characters: 1_000_000, maxFirst: 300, maxAfterKeystroke: 5 },
] as const;

/**
 * Measures indexing and name resolution for templates of each kind: the first time beside nothing but a parse of the same
 * text with Lezer in a new process, and after a keystroke beside a general parser.
 */
export async function measureTemplates(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const kind of templateKinds) {
    for (const { characters, maxFirst, maxAfterKeystroke } of sizes) {
      const size = `${Math.round(createTemplate(kind, characters).text.length / 1000)} KB`;
      const runs: TemplateRun[] = [];
      const parses: number[] = [];
      for (let process = 0; process < processes; process++) {
        runs.push(await runChild('templates.ts', [kind, String(characters), String(keystrokes)]));
        parses.push(await runChild('plainParse.ts', [kind, String(characters)]));
      }
      const name = `template: ${kind}, ${size}`;
      const first = getLowestMedian(runs.map((run) => [run.first]));
      const block = getLowestMedian(runs.map((run) => [run.longestBlock]));
      const keystroke = getLowestMedian(runs.map((run) => run.afterKeystrokes));
      const parser = getLowestMedian(runs.flatMap((run) => (run.parser ? [run.parser] : [])));
      measurements.push(
        createMeasurement(`${name}, first`, first, maxFirst, Math.min(...parses)),
        createMeasurement(`${name}, first, longest block`, block, maxBlock),
        createMeasurement(`${name}, after a keystroke`, keystroke, maxAfterKeystroke, parser),
      );
    }
  }
  return measurements;
}

/** Returns the median of the process that was disturbed least; infinite without a process. */
const getLowestMedian = (runs: readonly (readonly number[])[]): number => Math.min(...runs.map(median));

function createMeasurement(
  name: string,
  milliseconds: number,
  maxMilliseconds: number,
  parserMilliseconds = Number.POSITIVE_INFINITY,
): Measurement {
  const hasParser = Number.isFinite(parserMilliseconds);
  const ratio = milliseconds / parserMilliseconds;
  return {
    name,
    figures: { milliseconds, ...(hasParser && { parserMilliseconds }) },
    value: formatMilliseconds(milliseconds),
    ...(hasParser && { comparison: `parser ${formatMilliseconds(parserMilliseconds)}: ×${ratio.toFixed(2)}` }),
    bound: `≤ ${maxMilliseconds} ms`,
    holds: milliseconds <= maxMilliseconds,
  };
}
