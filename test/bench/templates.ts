import { runChild } from './child/runChild.ts';
import { formatMilliseconds, type Measurement, median } from './measurement.ts';
import { createTemplate, templateKinds } from './templateTexts.ts';

/** How long one process takes to index a document and to resolve its names, in milliseconds. */
export interface TemplateRun {
  /** The first time. */
  readonly first: number;
  /** The longest time in which the event loop was blocked until then. */
  readonly longestBlock: number;
  /** After each keystroke. */
  readonly afterKeystrokes: readonly number[];
  /** A general parser on the whole text, if there is one for the language. */
  readonly parser: readonly number[] | undefined;
}

const processes = 5;
const keystrokes = 200;

/** A frame of a display. The event loop is not blocked for longer. */
const maxBlock = 16;

/** Characters of the document that a process reads before, as was done for the bounds. */
const sizeBefore = '10000';

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
      runs.push(
        await runChild('plainParse.ts', [kind, sizeBefore, ...sizes.map(({ characters }) => String(characters))]),
      );
    for (const [index, milliseconds] of reference.entries())
      ratios.push(Math.min(...runs.map((times) => times[index + 1] ?? Number.POSITIVE_INFINITY)) / milliseconds);
  }
  return median(ratios);
}

/**
 * Measures indexing and name resolution for templates of each kind: the first time beside nothing but a parse of the same
 * text with Lezer, and after a keystroke beside a general parser. What a new process takes for a document of 100 KB, before
 * any code has been optimized, is for information: the bounds were set for a process that had read a small document.
 */
export async function measureTemplates(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const kind of templateKinds) {
    // Other work may slow the machine down for minutes.
    const slowness = await measureSlowness();
    measurements.push({
      name: `template: ${kind}, this machine`,
      figures: { slowness },
      value: `×${slowness.toFixed(2)}`,
      comparison: 'of the time of the reference',
    });
    measurements.push(...(await measureNewProcess(kind)));
    for (const { characters, maxFirst, maxAfterKeystroke } of sizes) {
      const { runs, parses } = await runProcesses(kind, characters, keystrokes, [sizeBefore]);
      const name = getName(kind, characters);
      const first = getLowestMedian(runs.map((run) => [run.first]));
      const block = getLowestMedian(runs.map((run) => [run.longestBlock]));
      const keystroke = getLowestMedian(runs.map((run) => run.afterKeystrokes));
      const parser = getLowestMedian(runs.flatMap((run) => (run.parser ? [run.parser] : [])));
      measurements.push(
        createMeasurement(`${name}, first`, first, parses, maxFirst * slowness),
        createMeasurement(`${name}, first, longest block`, block, Number.POSITIVE_INFINITY, maxBlock),
        createMeasurement(`${name}, after a keystroke`, keystroke, parser, maxAfterKeystroke * slowness),
      );
    }
  }
  return measurements;
}

/** Measures the first document that a process reads. */
async function measureNewProcess(kind: string): Promise<readonly Measurement[]> {
  const [{ characters }] = sizes;
  const { runs, parses } = await runProcesses(kind, characters, 0, []);
  const name = `${getName(kind, characters)}, new process`;
  const block = Math.min(...runs.map(({ longestBlock }) => longestBlock));
  return [
    createMeasurement(name, Math.min(...runs.map(({ first }) => first)), parses),
    createMeasurement(`${name}, longest block`, block, Number.POSITIVE_INFINITY, maxBlock),
  ];
}

/** Runs several processes, each beside one that only parses. `parses` is the shortest time of these. */
async function runProcesses(kind: string, characters: number, rounds: number, before: readonly string[]) {
  const runs: TemplateRun[] = [];
  const parses: number[] = [];
  for (let process = 0; process < processes; process++) {
    runs.push(await runChild('templates.ts', [kind, String(characters), String(rounds), ...before]));
    const times: readonly number[] = await runChild('plainParse.ts', [kind, ...before, String(characters)]);
    parses.push(times.at(-1) ?? Number.POSITIVE_INFINITY);
  }
  return { runs, parses: Math.min(...parses) };
}

const getName = (kind: string, characters: number): string =>
  `template: ${kind}, ${Math.round(createTemplate(kind, characters).text.length / 1000)} KB`;

/** Returns the median of the process that was disturbed least; infinite without a process. */
const getLowestMedian = (runs: readonly (readonly number[])[]): number => Math.min(...runs.map(median));

/** A measurement beside that of a parser. Infinite times of parsers and bounds are those that there are none of. */
function createMeasurement(
  name: string,
  milliseconds: number,
  parserMilliseconds: number,
  maxMilliseconds = Number.POSITIVE_INFINITY,
): Measurement {
  const hasParser = Number.isFinite(parserMilliseconds);
  const ratio = milliseconds / parserMilliseconds;
  return {
    name,
    figures: { milliseconds, ...(hasParser && { parserMilliseconds }) },
    value: formatMilliseconds(milliseconds),
    ...(hasParser && { comparison: `parser ${formatMilliseconds(parserMilliseconds)}: ×${ratio.toFixed(2)}` }),
    ...(Number.isFinite(maxMilliseconds) && {
      bound: `≤ ${formatMilliseconds(maxMilliseconds)}`,
      holds: milliseconds <= maxMilliseconds,
    }),
  };
}
