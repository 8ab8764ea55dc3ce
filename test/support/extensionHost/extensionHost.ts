import type { Page } from 'playwright-core';
import { startConfigService } from '../../config-service/index.ts';
import { createProfilesEnvironment } from '../aws/profileFiles.ts';
import { until } from '../polling.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { loadWorkbench } from '../workbench/page.ts';
import { startServer } from '../workbench/server.ts';
import { outputPrefix } from './outputPrefix.ts';
import { createTestEstate } from './testEstate.ts';

/** Ends a run that hangs. A complete run takes a few minutes, and several times as long on a busy machine. */
const maxRunSeconds = 30 * 60;

/** Nobody looks at the page, and a workbench without a graphics card spends most of its time on drawing. */
const cheapPage = { reducedMotion: 'reduce', viewport: { width: 800, height: 600 } } as const;

/**
 * Runs modules in the extension host of a VS Code in the browser, with a local AWS Config of the test estate and
 * profiles of every kind.
 */
export interface ExtensionHost extends AsyncDisposable {
  /**
   * Calls a module's `run` function in a new extension host and waits for its end. `onLine` receives the lines that
   * begin with `outputPrefix`. Returns the rest of the console output of the workbench and the host.
   */
  run(module: string, onLine: (line: string) => void): Promise<readonly string[]>;
}

/** Starts the service, the server and the browser. They are stopped when the host is disposed. */
export async function startExtensionHost(): Promise<ExtensionHost> {
  await using starting = new AsyncDisposableStack();
  const service = starting.adopt(await startConfigService({ estate: createTestEstate() }), (service) =>
    service.close(),
  );
  const env = await createProfilesEnvironment(service);
  const server = starting.adopt(await startServer({ env }), (server) => server.stop());
  const browser = starting.adopt(await launchBrowser(), (browser) => browser.close());
  const started = starting.move();
  return {
    async run(module, onLine) {
      const page = await browser.newPage(cheapPage);
      const { output, hasEnded } = await observe(page, onLine);
      await loadWorkbench(page, server, { extensionTests: module });
      await until(`${module} to end`, hasEnded, maxRunSeconds).catch((error: Error) => output.push(error.message));
      await page.close();
      return output;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** Provides the functions through which VS Code reports output and the end of extension tests. */
async function observe(page: Page, onLine: (line: string) => void) {
  const output: string[] = [];
  let ended = false;
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const text = args.map(String).join(' ');
    if (text.startsWith(outputPrefix)) onLine(text.slice(outputPrefix.length));
    else output.push(text);
  });
  page.on('console', (message) => output.push(message.text()));
  await page.exposeFunction('codeAutomationExit', () => {
    ended = true;
  });
  return { output, hasEnded: () => ended };
}
