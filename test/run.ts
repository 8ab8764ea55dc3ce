import { once } from 'node:events';
import type { Counts } from './mocha.ts';
import { type SuiteRun, selectSuites } from './suites.ts';
import { root } from './support/folders.ts';
import { startProcess } from './support/processes.ts';

// node test/run.ts                                  runs every suite but the long ones
// node test/run.ts types lint                       runs these suites
// node test/run.ts unit test/unit/aws FILE.test.ts  runs these files and folders of one suite
// The suites bundle, editor, package and browser need the build (`node esbuild.js`).
let runs: SuiteRun[];
try {
  runs = selectSuites(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

const table: Record<string, Counts & { seconds: number }> = {};
for (const run of runs) {
  console.log(`\n▶ ${run.name}`);
  const startedAt = Date.now();
  table[run.name] = { ...(await runSuite(run)), seconds: Math.round((Date.now() - startedAt) / 1000) };
}
console.table(table);

const results = Object.values(table);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function runSuite({ isCheck, command }: SuiteRun): Promise<Counts> {
  const child = startProcess(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let counts: Counts = { passed: 0, failed: 0 };
  child.on('message', (message: Counts) => {
    counts = message;
  });
  const [code] = await once(child, 'close');
  if (isCheck && code === 0) return { passed: 1, failed: 0 };
  const isComplete = code === 0 && counts.passed > 0;
  return { ...counts, failed: isComplete ? counts.failed : Math.max(counts.failed, 1) };
}
