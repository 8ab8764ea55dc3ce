import type { Browser, Page } from 'playwright-core';
import { type ConfigService, type ConfigServiceOptions, startConfigService } from '../../config-service/index.ts';
import { launchBrowser } from './browser.ts';
import { createEnvironment } from '../aws/environment.ts';
import { openContainer, loadWorkbench } from './page.ts';
import { type Server, startServer } from './server.ts';
import { Tree } from './tree.ts';

/** A workbench with the sidebar open on an estate of its own. */
export interface Workbench extends AsyncDisposable {
  readonly service: ConfigService;
  readonly server: Server;
  readonly browser: Browser;
  readonly page: Page;
  readonly tree: Tree;
  /** The label of the scope that a person of the estate signs in to. */
  readonly scope: string;
  /** What should never happen: scripts that are refused or fail in a panel, and dialogs. */
  readonly alarms: readonly string[];
}

export async function startWorkbench(
  estate: ConfigServiceOptions['estate'],
  settings: Record<string, unknown>,
  viewport = { width: 1440, height: 1000 },
): Promise<Workbench> {
  const open = new AsyncDisposableStack();
  const service = open.adopt(await startConfigService({ estate }), (service) => service.close());
  const server = open.adopt(await startServer({ env: createEnvironment(service), settings }), (server) => server.stop());
  const browser = open.adopt(await launchBrowser(), (browser) => browser.close());
  const page = await browser.newPage({ viewport });
  const alarms = watch(page);
  await loadWorkbench(page, server);
  await openContainer(page, 'Packscope');
  const { account, region } = service.estate.home;
  const tree = new Tree(page, 'Conformance Packs');
  const dispose = () => open.disposeAsync();
  return {
    service,
    server,
    browser,
    page,
    tree,
    scope: `${account} · ${region}`,
    alarms,
    [Symbol.asyncDispose]: dispose,
  };
}

function watch(page: Page): string[] {
  const alarms: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) alarms.push(message.text());
  });
  page.on('dialog', (dialog) => {
    alarms.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => {
    if (/dist\/webview/.test(error.stack ?? '')) alarms.push(`the panel's script failed: ${error.stack}`);
  });
  return alarms;
}
