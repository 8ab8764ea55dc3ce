import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ConfigService, startConfigService } from '../config-service/index.ts';
import { launchBrowser } from '../support/workbench/browser.ts';
import { createEnvironment } from '../support/aws/environment.ts';
import { createTemporaryFolder } from '../support/folders.ts';
import { openContainer, openFile, loadWorkbench, runCommand } from '../support/workbench/page.ts';
import { startServer } from '../support/workbench/server.ts';
import { Tree } from '../support/workbench/tree.ts';
import { eventually } from '../support/polling.ts';

const pack = 'operational-best-practices-for-aws-identity-and-access-management';
const template = `Resources:
  Pack:
    Type: AWS::Config::ConformancePack
    Properties:
      ConformancePackName: ${pack}
`;
/** The region that the person reads, and the one that the workspace would have them read. */
const own = 'eu-central-1';
const foreign = 'us-east-1';

describe('a workspace that is not trusted', function () {
  // Each step stands on the one before.
  this.bail(true);

  const open = new AsyncDisposableStack();
  let service: ConfigService;
  let page: Page;

  before(async function () {
    this.timeout(120_000);
    const folder = await createTemporaryFolder(tmpdir());
    await mkdir(join(folder, '.vscode'));
    const workspaceSettings = {
      'packscope.connections': [{ regions: [foreign] }],
      'packscope.aggregators': ['theirs'],
    };
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(workspaceSettings));
    await writeFile(join(folder, 'template.yaml'), template);
    service = open.adopt(await startConfigService({ estate: 'demo' }), (service) => service.close());
    const settings = {
      'packscope.connections': [{ regions: [own] }],
      'security.workspace.trust.startupPrompt': 'never',
    };
    const options = { env: createEnvironment(service), settings, workspaceTrust: true };
    const server = open.adopt(await startServer(options), (server) => server.stop());
    const browser = open.adopt(await launchBrowser(), (browser) => browser.close());
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await loadWorkbench(page, server, { folder });
  });

  after(() => open.disposeAsync());

  it('has nothing asked by a template that is opened and hovered, and the hover says so', async () => {
    await page.getByRole('treeitem', { name: 'template.yaml' }).click();
    await hover(/not asked, for this workspace is not trusted/);
    assert.equal(service.requests.count(), 0);
  });

  it('has the person’s own connection asked, not its own, once the person opens the view', async () => {
    await openContainer(page, 'Packscope');
    const tree = new Tree(page, 'Conformance Packs');
    await eventually(async () => assert((await tree.rows()).some(({ label }) => label === pack)));
    assertAsked([own]);
  });

  it('has hovers and lenses tell what the view has read', async () => {
    await hover(/97%[\s\S]*eu-central-1/);
    await eventually(async () => assert.match(await page.locator('.codelens-decoration').innerText(), /^97% · eu-/));
    assertAsked([own]);
  });

  it('has every command ask the person’s own connection alone', async () => {
    for (const title of ['Open Pack', 'Find Conformance Pack', 'Open in Console', 'Refresh', 'Load All', 'Copy Name']) {
      await runCommand(page, `Packscope: ${title}`);
      await eventually(async () => {
        await page.keyboard.press('Escape');
        assert.equal(await page.locator('.quick-input-widget').isVisible(), false);
      });
    }
    await openFile(page, 'template.yaml');
    await page.locator('.codelens-decoration').click();
    await eventually(() => assert(service.requests.count('GetConformancePackComplianceDetails') > 0));
    assertAsked([own]);
  });

  it('is asked for as its settings say once the person trusts it', async () => {
    service.requests.clear();
    await runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page.getByRole('button', { name: 'Trust', exact: true }).click();
    await eventually(() => assert(service.requests.some(({ region }) => region === foreign)));
  });

  /** Moves the mouse over the pack's name until the hover says what is expected. */
  async function hover(expected: RegExp): Promise<void> {
    await eventually(async () => {
      const shown = page.locator('.monaco-hover-content', { hasText: pack });
      await page.mouse.move(0, 0);
      // One that is still in sight would stay as it is.
      await shown.waitFor({ state: 'hidden', timeout: 2000 });
      await page.locator('.view-line', { hasText: pack }).locator('span', { hasText: pack }).last().hover();
      await shown.waitFor({ timeout: 2000 });
      const text = await shown.innerText();
      assert.match(text, expected);
    });
  }

  function assertAsked(regions: readonly string[]): void {
    const asked = service.requests.filter(({ operation }) => operation !== 'GetCallerIdentity');
    assert.deepEqual([...new Set(asked.map(({ region }) => region))], regions);
  }
});
