import { type Counts, finish, runMocha } from '../mocha.ts';
import { installBrowser } from '../support/workbench/browser.ts';
import { installVSCode } from '../support/workbench/installVSCode.ts';

// Takes minutes the first time: longer than a test may take.
await installVSCode();
await installVSCode('oldest');
await installBrowser();

// Each file is a run of its own: a failing step ends the rest of its file only.
let total: Counts = { passed: 0, failed: 0 };
for (const file of process.argv.slice(2)) {
  const { passed, failed } = await runMocha([file]);
  total = { passed: total.passed + passed, failed: total.failed + failed };
}
finish(total);
