import { runChild } from './child/runChild.ts';
import { type Measurement, median, formatMilliseconds } from './measurement.ts';
import { templateKinds, createTemplate } from './templateTexts.ts';

/** What one process took to index a document and to resolve its names, in milliseconds. */
export interface TemplateRun {
  /** With the code as it was loaded: nothing of it has run before. */
  readonly first: number;
  /** The longest that the event loop stood still meanwhile. */
  readonly stretch: number;
  /** After each keystroke. */
  readonly again: readonly number[];
  /** The plain parser over the whole text, where there is one. */
  readonly plain: readonly number[] | undefined;
}

const processes = 5;
const keystrokes = 40;

/** A keystroke is felt after this; so is an event loop that stands still as long. */
const felt = 50;

const sizes = [
  { characters: 100_000, first: 30, again: 5 },
  { characters: 1_000_000, first: 250, again: felt },
] as const;

/** Templates of each kind, indexed with their names resolved, beside the plain parser over the whole text. */
export async function measureTemplates(): Promise<Measurement[]> {
  const measures: Measurement[] = [];
  for (const kind of templateKinds) {
    for (const { characters, first, again } of sizes) {
      const label = `${Math.round(createTemplate(kind, characters).text.length / 1000)} KB`;
      const runs: TemplateRun[] = [];
      for (let each = 0; each < processes; each++) {
        runs.push(await runChild('templates.ts', [kind, String(characters), String(keystrokes)]));
      }
      const plain = quietest(runs.flatMap((run) => (run.plain ? [run.plain] : [])));
      measures.push(
        bounded(`template: ${kind}, ${label}, first`, quietest(runs.map((run) => [run.first])), first),
        bounded(
          `template: ${kind}, ${label}, first, longest stretch`,
          quietest(runs.map((run) => [run.stretch])),
          felt,
        ),
        bounded(`template: ${kind}, ${label}, after a keystroke`, quietest(runs.map((run) => run.again)), again, plain),
      );
    }
  }
  return measures;
}

/** The median of the process that was disturbed least. */
const quietest = (runs: readonly (readonly number[])[]): number => Math.min(...runs.map(median));

function bounded(what: string, ours: number, most: number, plain = Number.POSITIVE_INFINITY): Measurement {
  const beside = Number.isFinite(plain) ? `plain parser ${formatMilliseconds(plain)}: ×${(ours / plain).toFixed(2)}` : '';
  return { what, ours: formatMilliseconds(ours), beside, bound: `≤ ${most} ms`, holds: ours <= most };
}
