import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTemporaryFolder } from '../support/folders.ts';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { openContainer } from '../support/workbench/page.ts';
import { closePicker, openFile, runCommand } from '../support/workbench/quickInput.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

const pack = 'operational-best-practices-for-aws-identity-and-access-management';
const template = `Resources:
  Pack:
    Type: AWS::Config::ConformancePack
    Properties:
      ConformancePackName: ${pack}
`;
/** The region of the user settings, and the one of the workspace settings. */
const userRegion = 'eu-central-1';
const workspaceRegion = 'us-east-1';
describe('an untrusted workspace', function () {
  // Each step depends on the one before.
  this.bail(true);

  let workbench: Workbench;

  before(async () => {
    const folder = await createTemporaryFolder(tmpdir());
    await mkdir(join(folder, '.vscode'));
    const workspaceSettings = {
      'packscope.connections': [{ regions: [workspaceRegion] }],
      'packscope.aggregators': ['theirs'],
      'packscope.scoreTarget': 100,
    };
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(workspaceSettings));
    await writeFile(join(folder, 'template.yaml'), template);
    workbench = await startWorkbench({
      folder,
      settings: {
        'packscope.connections': [{ regions: [userRegion] }],
        'security.workspace.trust.startupPrompt': 'never',
      },
      viewport: { width: 1280, height: 1000 },
      workspaceTrust: true,
    });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('sends no request for an open template, and its hover says so', async () => {
    await openFile(workbench.page, 'template.yaml');
    await hover(/not loaded because this workspace is not trusted/);
    assert.equal(workbench.service.requests.count(), 0);
  });

  it('reads only the connection of the user settings once the view is opened', async () => {
    await openContainer(workbench.page, 'Packscope');
    await eventually(async () => assert((await workbench.tree.getRows()).some(({ label }) => label === pack)));
    assertRequestedRegions([userRegion]);
  });

  it('judges scores by the target of the user settings', async () => {
    const status = workbench.page.locator('.statusbar-item', { hasText: 'below target' });
    await eventually(async () => assert.match(await status.innerText(attempt), / 0 packs below target/));
  });

  it('shows in hovers and lenses what the view has loaded', async () => {
    await hover(/97%[\s\S]*eu-central-1/);
    const lens = workbench.page.locator('.codelens-decoration');
    await eventually(async () => assert.match(await lens.innerText(), /^97% · eu-/));
    assertRequestedRegions([userRegion]);
  });

  it('reads only the connection of the user settings in every command', async () => {
    const { page, service } = workbench;
    for (const title of ['Open Pack', 'Find Conformance Pack', 'Open in Console', 'Refresh', 'Load All', 'Copy Name']) {
      await runCommand(page, `Packscope: ${title}`);
      await closePicker(page);
    }
    await openFile(page, 'template.yaml');
    await actUntil(
      () => page.locator('.codelens-decoration').click(attempt),
      () => assert(service.requests.count('GetConformancePackComplianceDetails') > 0),
    );
    assertRequestedRegions([userRegion]);
  });

  it('reads the connection of its settings once it is trusted', async () => {
    const { page, service } = workbench;
    service.requests.clear();
    await actUntil(
      async () => {
        await runCommand(page, 'Workspaces: Manage Workspace Trust');
        await page.getByRole('button', { name: 'Trust', exact: true }).click(attempt);
      },
      () => assert(service.requests.some(({ region }) => region === workspaceRegion)),
    );
  });

  /** Moves the mouse over the pack's name until the hover has the expected text. */
  async function hover(expected: RegExp): Promise<void> {
    const { page } = workbench;
    const content = page.locator('.monaco-hover-content', { hasText: pack });
    await eventually(async () => {
      // An open hover would not be updated.
      await page.mouse.move(0, 0);
      await content.waitFor({ ...attempt, state: 'hidden' });
      await page.locator('.view-line', { hasText: pack }).locator('span', { hasText: pack }).last().hover(attempt);
      await content.waitFor(attempt);
      assert.match(await content.innerText(attempt), expected);
    }, 60);
  }

  function assertRequestedRegions(expected: readonly string[]): void {
    const requests = workbench.service.requests.filter(({ operation }) => operation !== 'GetCallerIdentity');
    assert.deepEqual([...new Set(requests.map(({ region }) => region))], expected);
  }
});
