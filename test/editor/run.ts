import { startConfigService } from '../config-service/index.ts';
import { type Counts, finish } from '../mocha.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { environmentFor } from '../workbench/environment.ts';
import { openWorkbench } from '../workbench/page.ts';
import { startServer } from '../workbench/server.ts';
import { until } from '../workbench/until.ts';
import { bundleTests } from './bundle.ts';

/** Runs bundled tests in the extension host of a VS Code in the browser, and passes on what they print. */
async function runInEditor(extensionTests: string): Promise<Counts> {
  await using open = new AsyncDisposableStack();
  const service = await startConfigService({ estate: 'demo' });
  open.defer(() => service.close());
  const server = await startServer({ env: environmentFor(service) });
  open.defer(() => server.stop());
  const browser = await launchBrowser();
  open.defer(() => browser.close());

  let counts: Counts | undefined;
  let ended = false;
  const rest: unknown[][] = [];
  const onLog = (_type: string, args: unknown[]) => {
    const line = /^\[tests\] (.*)/s.exec(String(args[0]))?.[1];
    if (line === undefined) return rest.push(args);
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    if (passed && failed) counts = { passed: Number(passed), failed: Number(failed) };
    return console.log(line);
  };
  const page = await browser.newPage();
  await page.exposeFunction('codeAutomationLog', onLog);
  await page.exposeFunction('codeAutomationExit', () => {
    ended = true;
  });
  await openWorkbench(page, server, extensionTests);
  await until('the tests in the editor to end', () => ended, 180).catch((error: Error) => console.error(error.message));
  if (counts) return counts;
  console.error(
    'The tests in the editor gave no result. Its console said:',
    ...rest.flatMap((args) => ['\n', ...args]),
  );
  return { passed: 0, failed: 1 };
}

finish(await runInEditor(await bundleTests()));
