import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import Mocha from 'mocha';

/** How a suite ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Runs mocha over test files; no test at all counts as a failure, for then the suite was not found. */
export async function runMocha(files: readonly string[]): Promise<Counts> {
  const mocha = new Mocha({ timeout: 20_000, forbidOnly: process.env.CI !== undefined });
  for (const file of [...files].sort()) mocha.addFile(resolve(file));
  await mocha.loadFilesAsync();
  const runner = await new Promise<Mocha.Runner>((done) => {
    const runner = mocha.run(() => done(runner));
  });
  const { passes, failures } = runner.stats ?? { passes: 0, failures: 0 };
  return { passed: passes, failed: passes + failures > 0 ? failures : 1 };
}

/** Ends a suite's process, whatever a test may have left running, and tells the counts to the run that started it. */
export function finish(counts: Counts): void {
  const exit = () => process.exit(counts.failed > 0 ? 1 : 0);
  if (process.send) process.send(counts, undefined, undefined, exit);
  else exit();
}

if (import.meta.main) {
  const folder = process.argv[2] ?? 'test/unit';
  finish(await runMocha(globSync(`${folder}/**/*.test.ts`)));
}
