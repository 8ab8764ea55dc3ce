import { globSync } from 'node:fs';
import { type Counts, finish, runMocha } from '../mocha.ts';

// The steps of a way stand on one another, and mocha ends everything where one of them fails: each file runs by itself.
let all: Counts = { passed: 0, failed: 0 };
for (const file of globSync('test/browser/**/*.test.ts').sort()) {
  const { passed, failed } = await runMocha([file]);
  all = { passed: all.passed + passed, failed: all.failed + failed };
}
finish(all);
