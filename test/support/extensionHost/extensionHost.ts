import type { Page } from 'playwright-core';
import { beside, demoEstate, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createProfilesEnvironment } from '../aws/profileFiles.ts';
import { until } from '../polling.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { loadWorkbench } from '../workbench/page.ts';
import { startServer } from '../workbench/server.ts';
import { largeEstateSize } from './largeEstate.ts';
import { outputPrefix } from './outputPrefix.ts';

/**
 * A VS Code in the browser, on a demo estate of its own, for a person with AWS files of every kind; who signs in to
 * the large estate's accounts is there.
 */
export interface ExtensionHost extends AsyncDisposable {
  /**
   * Has a fresh extension host run a module's `run()` to its end. Marked lines go to `onLine`; what else was
   * written to the consoles of the workbench and the host is returned.
   */
  run(module: string, onLine: (line: string) => void): Promise<readonly string[]>;
}

/** Starts the service, the server and the browser; they end with the host. */
export async function startExtensionHost(): Promise<ExtensionHost> {
  await using starting = new AsyncDisposableStack();
  const service = await startConfigService({ estate: beside(demoEstate(), generatedEstate(largeEstateSize)) });
  starting.defer(() => service.close());
  const server = await startServer({ env: await createProfilesEnvironment(service) });
  starting.defer(() => server.stop());
  const browser = await launchBrowser();
  starting.defer(() => browser.close());
  const open = starting.move();
  return {
    async run(module, onLine) {
      const page = await browser.newPage();
      const { rest, ended } = await listen(page, onLine);
      await loadWorkbench(page, server, { extensionTests: module });
      await until(`${module} to end`, ended, 300).catch((error: Error) => rest.push(error.message));
      await page.close();
      return rest;
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function listen(page: Page, onLine: (line: string) => void) {
  const rest: string[] = [];
  let ended = false;
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const text = args.map(String).join(' ');
    if (text.startsWith(outputPrefix)) onLine(text.slice(outputPrefix.length));
    else rest.push(text);
  });
  page.on('console', (message) => rest.push(message.text()));
  await page.exposeFunction('codeAutomationExit', () => {
    ended = true;
  });
  return { rest, ended: () => ended };
}
