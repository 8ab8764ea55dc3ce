import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { startProcess } from './support/processes.ts';

// Runs the property-based tests for much longer: the schedules on all cores. A failure prints its seed.
const schedules = Number(process.env.SCHEDULES ?? 10_000);
const shards = process.env.SEED ? 1 : Math.min(availableParallelism(), schedules);

/** Runs test files in a separate process. Resolves to whether they passed. */
async function run(files: readonly string[], environment: NodeJS.ProcessEnv): Promise<boolean> {
  // Schedules are short and leave much garbage: a larger young generation collects it less often.
  const child = startProcess(process.execPath, ['--max-semi-space-size=64', 'test/mocha.ts', ...files], {
    env: { ...process.env, SOAK: '1', ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'close');
  return code === 0;
}

const shard = { SCHEDULES: String(Math.ceil(schedules / shards)) };
const results = await Promise.all(
  Array.from({ length: shards }, () => run(['test/unit/tree/schedules.test.ts'], shard)),
);
const others = [
  'test/unit/templates/fuzz.test.ts',
  'test/unit/templates/repeatedPieces.test.ts',
  'test/unit/unknown-values/unknownValues.test.ts',
];
const hasPassed = await run(others, { RUNS: '1000' });
process.exitCode = hasPassed && results.every(Boolean) ? 0 : 1;
