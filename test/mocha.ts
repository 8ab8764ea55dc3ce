import { url as inspectorUrl } from 'node:inspector';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import Mocha from 'mocha';

/** The outcome of a suite. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Milliseconds per test. Generous, as a passing test ends at once even if the machine is busy; 0, that is unlimited,
 * under a debugger.
 */
const timeout = inspectorUrl() === undefined ? 120_000 : 0;

/**
 * Runs test files with mocha: in this process, or in several, each of which takes one file after the other. A run
 * without any test counts as one failure.
 */
export async function runMocha(files: readonly string[], processes = 1): Promise<Counts> {
  const isParallel = processes > 1;
  const mocha = new Mocha({ timeout, forbidOnly: process.env.CI !== undefined, parallel: isParallel, jobs: processes });
  for (const file of files) mocha.addFile(resolve(file));
  if (!isParallel) await mocha.loadFilesAsync();
  const runner = await new Promise<Mocha.Runner>((done) => {
    const runner = mocha.run(() => done(runner));
  });
  const { passes, failures } = runner.stats ?? { passes: 0, failures: 0 };
  return { passed: passes, failed: passes + failures > 0 ? failures : 1 };
}

/** Sends the counts to the parent process and exits, even if a test left something running. */
export function finish(counts: Counts): void {
  const exit = () => process.exit(counts.failed > 0 ? 1 : 0);
  if (process.send) process.send(counts, undefined, undefined, exit);
  else exit();
}

// node test/mocha.ts FILE…
// Several files run in parallel, but not under a debugger, which sees one process.
if (import.meta.main) {
  const files = process.argv.slice(2);
  finish(await runMocha(files, files.length > 1 && inspectorUrl() === undefined ? availableParallelism() : 1));
}
