import { once } from 'node:events';
import type { Counts } from './mocha.ts';
import { root } from './support/folders.ts';
import { startProcess } from './support/processes.ts';

/** Each suite's script. A check either holds or not; the others send their counts as a message. */
const suites: Record<string, { check: boolean; script: readonly string[] }> = {
  types: { check: true, script: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  webview: { check: true, script: ['node_modules/typescript/bin/tsc', '-p', 'src/webview'] },
  lint: { check: true, script: ['node_modules/@biomejs/biome/bin/biome', 'ci', '.'] },
  unit: { check: false, script: ['test/mocha.ts', 'test/unit'] },
  editor: { check: false, script: ['test/editor/run.ts'] },
  browser: { check: false, script: ['test/browser/run.ts'] },
};

async function runSuite(name: string): Promise<Counts> {
  const { check = false, script = [] } = suites[name] ?? {};
  const child = startProcess(process.execPath, script, { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let counts: Counts = { passed: 0, failed: 0 };
  child.on('message', (message: Counts) => {
    counts = message;
  });
  const [code] = await once(child, 'close');
  if (check && code === 0) return { passed: 1, failed: 0 };
  const nothingFailed = code === 0 && counts.passed > 0;
  return { ...counts, failed: nothingFailed ? counts.failed : Math.max(counts.failed, 1) };
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}: choose from ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}

const table: Record<string, Counts & { seconds: number }> = {};
for (const name of chosen.length > 0 ? chosen : Object.keys(suites)) {
  console.log(`\n▶ ${name}`);
  const began = Date.now();
  table[name] = { ...(await runSuite(name)), seconds: Math.round((Date.now() - began) / 1000) };
}
console.table(table);

const results = Object.values(table);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
