import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getProcessorTime, indexTemplate } from '../../support/templates/indexTemplate.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const seeds = globSync('**/*.txt', { cwd: fixtures })
  .sort()
  .map((file) => ({ path: file.slice(0, -'.txt'.length), text: readFileSync(join(fixtures, file), 'utf8') }))
  .filter(({ path }) => !path.includes('.tfvars'));

/** What breaks parsers: every language's brackets, quotes, escapes, comments and indentation. */
const pieces = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '`',
  '${',
  '<<EOT\n',
  '|\n',
  '>-\n',
  '&a ',
  '*a',
  '!Sub ',
  '- ',
  ': ',
]
  .concat([
    '\n',
    '\r\n',
    '\r',
    '\t',
    '  ',
    '#',
    '//',
    '/*',
    '*/',
    '\\',
    ',',
    '=',
    '=>',
    '---\n',
    '"""',
    'f"{',
    '\u0000',
    '\ud800',
  ])
  .concat(['for ', ' in ', 'if ', 'Ref', 'Fn::Sub', 'name', '<<: *a', 'new ', '...', '**', '%{', '{{', '?', '😀']);

/** A small generator of numbers, the same for a seed. */
function numbers(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** Cuts, repeats, swaps or inserts in a text, a few times. */
function mutated(text: string, next: (below: number) => number): string {
  let result = text;
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(result.length + 1);
    const end = Math.min(result.length, at + next(40));
    const piece = pieces[next(pieces.length)] ?? '';
    const taken = result.slice(at, end);
    const into = [piece, '', taken + taken, piece.repeat(1 + next(20)), taken.split('').reverse().join('')][next(5)];
    result = result.slice(0, at) + into + result.slice(end);
  }
  return result;
}

const soaking = process.env.SOAK !== undefined;
const runs = soaking ? 1_000_000 : 4_000;
const seed = Number(process.env.SEED ?? 20_241);

/**
 * Milliseconds of the processor that one step may take: with a slice before it the event loop still goes on within 50.
 * A collection of garbage or a busy neighbour holds up any step now and then; a document that stalls does so every time
 * it is read. So only one that is too long each time has failed, and only in the soak is that looked at.
 */
const longestStep = 40;

describe('templates: mutated documents', () => {
  it(`${runs} of them, seed ${seed}: no throw, no stall, every range in the document`, function () {
    this.timeout(soaking ? 0 : 60_000);
    for (let run = 0; run < runs; run++) {
      const next = numbers(seed + run);
      const { path, text } = seeds[next(seeds.length)] ?? { path: '', text: '' };
      const document = { path, text: mutated(text, next) };
      const { failure, step } = outcomeOf(document);
      assert.equal(failure, undefined, `run ${run}, ${path}: ${failure}\n${document.text}`);
      if (soaking && step > longestStep) {
        const again = Array.from({ length: 5 }, () => outcomeOf(document).step);
        const least = Math.min(...again);
        assert.ok(least <= longestStep, `run ${run}, ${path}: holds on for ${least} ms\n${document.text}`);
      }
    }
  });
});

/** What goes wrong with a document, if anything does, and the longest that reading it holds on. */
function outcomeOf(document: { path: string; text: string }): { failure: string | undefined; step: number } {
  let step = 0;
  const failure = failureOf(document, (milliseconds) => {
    step = Math.max(step, milliseconds);
  });
  return { failure, step };
}

function failureOf(document: { path: string; text: string }, told: (milliseconds: number) => void): string | undefined {
  try {
    const { packs, packTemplates } = indexTemplate(document, told);
    for (const reference of [...packs, ...packTemplates.flatMap(({ rules }) => rules)]) {
      const { range, valueRange, resourceRange } = reference;
      for (const { start, end } of [range, valueRange, resourceRange]) {
        if (!(start >= 0 && start <= end && end <= document.text.length)) return `a range from ${start} to ${end}`;
      }
      const started = getProcessorTime();
      if (reference.resolve({ region: 'us-east-1' }).length === 0) return 'a name that comes to nothing';
      told(getProcessorTime() - started);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
