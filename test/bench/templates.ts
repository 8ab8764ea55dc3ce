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
 * What nothing but Lezer takes on the machine that the bounds of time were set on, for documents of 100 KB and 1 MB
 * (programs 500 KB) after one of 10 KB, in milliseconds. On a slower machine the bounds are higher by as much.
 */
const referenceParses: Readonly<Record<string, readonly [number, number]>> = {
  TypeScript: [32, 143],
  'YAML stack': [18, 156],
  'JSON stack': [10, 93],
};

/** Measures how many times slower than the reference this machine is. */
async function measureSlowness(): Promise<number> {
  const ratios: number[] = [];
  for (const [kind, reference] of Object.entries(referenceParses)) {
    const runs: (readonly number[])[] = [];
    for (let process = 0; process < processes; process++)
      runs.push(await runChild('plainParse.ts', [kind, '10000', ...sizes.map(({ characters }) => String(characters))]));
    for (const [index, milliseconds] of reference.entries())
      ratios.push(Math.min(...runs.map((times) => times[index + 1] ?? Number.POSITIVE_INFINITY)) / milliseconds);
  }
  return median(ratios);
}

/**
 * Measures indexing and name resolution for templates of each kind: the first time beside nothing but a parse of the same
 * text with Lezer in a new process, and after a keystroke beside a general parser.
 */
export async function measureTemplates(): Promise<Measurement[]> {
  const slowness = await measureSlowness();
  const measurements: Measurement[] = [
    {
      name: 'template: this machine',
      figures: { slowness },
      value: `×${slowness.toFixed(2)}`,
      comparison: 'of the time of the reference',
    },
  ];
  for (const kind of templateKinds) {
    for (const { characters, maxFirst, maxAfterKeystroke } of sizes) {
      const size = `${Math.round(createTemplate(kind, characters).text.length / 1000)} KB`;
      const runs: TemplateRun[] = [];
      const parses: number[] = [];
      for (let process = 0; process < processes; process++) {
        runs.push(await runChild('templates.ts', [kind, String(characters), String(keystrokes)]));
        parses.push(...(await runChild<readonly number[]>('plainParse.ts', [kind, String(characters)])));
      }
      const name = `template: ${kind}, ${size}`;
      const first = getLowestMedian(runs.map((run) => [run.first]));
      const block = getLowestMedian(runs.map((run) => [run.longestBlock]));
      const keystroke = getLowestMedian(runs.map((run) => run.afterKeystrokes));
      const parser = getLowestMedian(runs.flatMap((run) => (run.parser ? [run.parser] : [])));
      measurements.push(
        createMeasurement(`${name}, first`, first, maxFirst * slowness, Math.min(...parses)),
        createMeasurement(`${name}, first, longest block`, block, maxBlock),
        createMeasurement(`${name}, after a keystroke`, keystroke, maxAfterKeystroke * slowness, parser),
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
    bound: `≤ ${formatMilliseconds(maxMilliseconds)}`,
    holds: milliseconds <= maxMilliseconds,
  };
}
