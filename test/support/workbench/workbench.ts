import type { Browser, Page } from 'playwright-core';
import { type ConfigService, type ConfigServiceOptions, startConfigService } from '../../config-service/index.ts';
import { createEnvironment } from '../aws/environment.ts';
import { launchBrowser } from './browser.ts';
import type { VSCodeVersion } from './installVSCode.ts';
import { loadWorkbench, waitForContainer } from './page.ts';
import { type Server, startServer } from './server.ts';
import { Tree } from './tree.ts';

/** A workbench in a browser, with Packscope loaded and a local AWS Config of its own. */
export interface Workbench extends AsyncDisposable {
  readonly service: ConfigService;
  readonly server: Server;
  readonly browser: Browser;
  readonly page: Page;
  /** The view Conformance Packs. */
  readonly tree: Tree;
  /** The label of the home scope in the tree. */
  readonly scope: string;
  /** Blocked or failed scripts of panels, and dialogs: there must be none. */
  readonly violations: readonly string[];
}

export interface WorkbenchOptions {
  /** The demo estate by default. */
  readonly estate?: ConfigServiceOptions['estate'];
  /** User settings. */
  readonly settings?: Record<string, unknown>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The workspace folder; the sample folder by default. */
  readonly folder?: string;
  /** Whether VS Code applies Workspace Trust; `false` by default. */
  readonly workspaceTrust?: boolean;
  /** A packaged extension to install instead of the one under development. */
  readonly vsix?: string;
  /** The version of VS Code; that of VSCODE_VERSION by default. */
  readonly version?: VSCodeVersion;
  /** The environment of the server; that of the home account's credentials by default. */
  readonly createEnvironment?: (service: ConfigService) => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv>;
}

/** Starts a workbench and waits until Packscope has contributed its view container. */
export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { estate = 'demo', settings = {}, viewport = { width: 1440, height: 1000 }, folder } = options;
  const { workspaceTrust, vsix, version } = options;
  await using starting = new AsyncDisposableStack();
  const service = starting.adopt(await startConfigService({ estate }), (service) => service.close());
  const env = await (options.createEnvironment ?? createEnvironment)(service);
  const serverOptions = { env, settings, workspaceTrust, vsix, version };
  const server = starting.adopt(await startServer(serverOptions), (server) => server.stop());
  const browser = starting.adopt(await launchBrowser(), (browser) => browser.close());
  const page = await browser.newPage({ viewport });
  const violations = collectViolations(page);
  await loadWorkbench(page, server, folder === undefined ? {} : { folder });
  await waitForContainer(page, 'Packscope');
  const { account, region } = service.estate.home;
  const tree = new Tree(page, 'Conformance Packs');
  const started = starting.move();
  return {
    service,
    server,
    browser,
    page,
    tree,
    scope: `${account} · ${region}`,
    violations,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function collectViolations(page: Page): string[] {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  page.on('dialog', (dialog) => {
    violations.push(`Dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => {
    if (/dist\/webview/.test(error.stack ?? '')) violations.push(`The panel's script failed: ${error.stack}`);
  });
  return violations;
}
