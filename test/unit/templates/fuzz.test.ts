import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NameReference, TemplateIndex } from '../../../src/templates/model.ts';
import { getProcessorTime } from '../../support/processorTime.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';
import { pieces } from '../../support/templates/pieces.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const seeds = globSync('**/*.txt', { cwd: fixtures })
  .sort()
  .map((file) => ({ path: file.slice(0, -'.txt'.length), text: readFileSync(join(fixtures, file), 'utf8') }))
  .filter(({ path }) => !path.includes('.tfvars'));

/** Creates a deterministic random number generator. */
function createRandom(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** Randomly deletes, repeats, reverses or inserts text. */
function mutate(text: string, next: (below: number) => number): string {
  let result = text;
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(result.length + 1);
    const end = Math.min(result.length, at + next(40));
    const piece = pieces[next(pieces.length)] ?? '';
    const selected = result.slice(at, end);
    const replacement = [
      piece,
      '',
      selected + selected,
      piece.repeat(1 + next(20)),
      selected.split('').reverse().join(''),
    ][next(5)];
    result = result.slice(0, at) + replacement + result.slice(end);
  }
  return result;
}

const isSoak = process.env.SOAK !== undefined;
const runs = isSoak ? 1_000_000 : 4_000;
const edits = isSoak ? 100_000 : 300;
const seed = Number(process.env.SEED ?? 20_241);

/**
 * Processor milliseconds per step. With the slice before it, the event loop is blocked for at most 50. Garbage collection
 * may delay any single step, so that a document fails only if it is too slow every time. Checked in the soak test only.
 */
const maxStepMs = 40;

describe('parsing mutated documents', () => {
  it(`never throws or stalls and returns valid ranges (${runs} runs, seed ${seed})`, function () {
    if (isSoak) this.timeout(0);
    for (let run = 0; run < runs; run++) {
      const { path, text } = createMutation(run);
      const { problem, step } = check({ path, text });
      assert.equal(problem, undefined, `run ${run}, ${path}: ${problem}\n${text}`);
      if (isSoak && step > maxStepMs) {
        // Without earlier trees, so that each run does all of the work.
        const steps = Array.from({ length: 5 }, (_, repetition) => check({ path: `${repetition}/${path}`, text }).step);
        const minStep = Math.min(...steps);
        assert.ok(minStep <= maxStepMs, `run ${run}, ${path}: blocks for ${minStep} ms\n${text}`);
      }
    }
  });

  it(`finds after an edit what it finds in a new document (${edits} edits, seed ${seed})`, function () {
    if (isSoak) this.timeout(0);
    for (let run = 0; run < edits; run++) {
      // The path is that of earlier runs, so what they have read is reused where the texts are equal.
      const { path, texts } = createEdits(run);
      const [edited = ''] = texts.map((text) => describeIndex(indexTemplate({ path, text }))).slice(-1);
      const [text = ''] = texts.slice(-1);
      const fresh = describeIndex(indexTemplate({ path: `new-${run}/${path}`, text }));
      assert.equal(edited, fresh, `run ${run}, ${path}\n${text}`);
    }
  });
});

function createMutation(run: number): { path: string; text: string } {
  const next = createRandom(seed + run);
  const { path, text } = seeds[next(seeds.length)] ?? { path: '', text: '' };
  return { path, text: mutate(text, next) };
}

/** A document, and its text after one edit and after another. */
function createEdits(run: number): { path: string; texts: readonly string[] } {
  const next = createRandom(seed + run);
  const { path, text } = seeds[next(seeds.length)] ?? { path: '', text: '' };
  // Every other document is long enough for the parser to go on from the last tree.
  const original = run % 2 === 0 ? text : lengthen(path, text, next);
  const edited = mutate(original, next);
  return { path, texts: [original, edited, mutate(edited, next)] };
}

const minLongLength = 10_000;

function lengthen(path: string, text: string, next: (below: number) => number): string {
  if (text.startsWith('{')) {
    const entries = Array.from(
      { length: 200 },
      (_, index) => `"Note${index}": { "Type": ["a", ${index}], "b": "x" },\n`,
    );
    return text.replace('{', () => `{${entries.join('')}`);
  }
  const extension = path.split('.').at(-1) ?? '';
  const others = seeds.filter((other) => other.path.endsWith(`.${extension}`) && !other.text.startsWith('{'));
  const separator = /^(ya?ml|template|cfn)$/.test(extension) ? '\n---\n' : '\n';
  let long = text;
  while (long.length < minLongLength) long += separator + others[next(others.length)]?.text;
  return long;
}

const getReferences = ({ packs, packTemplates }: TemplateIndex): readonly NameReference[] => [
  ...packs,
  ...packTemplates.flatMap(({ rules }) => rules),
];

const describeIndex = (index: TemplateIndex): string =>
  getReferences(index)
    .map(({ range, valueRange, resourceRange, resolve }) =>
      JSON.stringify([range, valueRange, resourceRange, resolve({ region: 'us-east-1' })]),
    )
    .join('\n');

/** Parses a document and returns the problem, if any, and the longest step in milliseconds. */
function check(document: { path: string; text: string }): { problem: string | undefined; step: number } {
  let step = 0;
  const problem = findProblem(document, (milliseconds) => {
    step = Math.max(step, milliseconds);
  });
  return { problem, step };
}

function findProblem(
  document: { path: string; text: string },
  onStep: (milliseconds: number) => void,
): string | undefined {
  try {
    for (const { range, valueRange, resourceRange, resolve } of getReferences(indexTemplate(document, onStep))) {
      for (const { start, end } of [range, valueRange, resourceRange]) {
        if (!(start >= 0 && start <= end && end <= document.text.length)) return `a range from ${start} to ${end}`;
      }
      const started = getProcessorTime();
      if (resolve({ region: 'us-east-1' }).length === 0) return 'a name without results';
      onStep(getProcessorTime() - started);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
