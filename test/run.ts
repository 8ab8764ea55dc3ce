import { once } from 'node:events';
import type { Counts } from './mocha.ts';
import { type SuiteRun, selectSuites } from './suites.ts';
import { root } from './support/folders.ts';
import { startProcess } from './support/processes.ts';

// node test/run.ts                                  runs every suite
// node test/run.ts types lint                       runs these suites
// node test/run.ts unit test/unit/aws FILE.test.ts  runs these files and folders of one suite
// The suites bundle, editor and browser need the build (`node esbuild.js`).
let runs: SuiteRun[];
try {
  runs = selectSuites(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

const results = await runSideBySide(runs);
console.table(Object.fromEntries(results.map(({ name, ...result }) => [name, result])));

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

interface Result extends Counts {
  readonly name: string;
  readonly seconds: number;
}

/**
 * Runs the suites one after the other, and beside them the browser suite, which waits most of the time. Its output
 * appears when it ends, so that it does not mix with that of the others.
 */
async function runSideBySide(runs: readonly SuiteRun[]): Promise<Result[]> {
  const beside = runs.length > 1 ? runs.filter(({ name }) => name === 'browser') : [];
  const pending = beside.map((run) => runSuite(run, 'pipe'));
  const results: Result[] = [];
  for (const run of runs) {
    if (beside.includes(run)) continue;
    console.log(`\n▶ ${run.name}`);
    results.push(await runSuite(run, 'inherit'));
  }
  return [...results, ...(await Promise.all(pending))];
}

async function runSuite({ name, isCheck, command }: SuiteRun, stdio: 'inherit' | 'pipe'): Promise<Result> {
  const startedAt = Date.now();
  const child = startProcess(process.execPath, command, { cwd: root, stdio: ['ignore', stdio, stdio, 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  let counts: Counts = { passed: 0, failed: 0 };
  child.on('message', (message: Counts) => {
    counts = message;
  });
  const [code] = await once(child, 'close');
  if (output) console.log(`\n▶ ${name}\n${output}`);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  if (isCheck && code === 0) return { name, seconds, passed: 1, failed: 0 };
  const isComplete = code === 0 && counts.passed > 0;
  return { name, seconds, ...counts, failed: isComplete ? counts.failed : Math.max(counts.failed, 1) };
}
