import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { closeEditor, openContainer, reloadWindow } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { pick, runCommand, saveAs, typeInto } from '../support/workbench/quickInput.ts';
import { screenshotFolder } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('the pack panel', function () {
  // Each step depends on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  const nist = 'operational-best-practices-for-nist-800-53-rev-5';
  const pci = 'operational-best-practices-for-pci-dss';
  const hipaa = 'operational-best-practices-for-hipaa-security';
  const redshift = 'security-best-practices-for-redshift';
  const details = 'GetConformancePackComplianceDetails';
  const compliance = 'DescribeConformancePackCompliance';
  let workbench: Workbench;
  let page: Page;
  let panel: Panel;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'files.simpleDialog.enable': true } });
    page = workbench.page;
    await openContainer(page, 'Packscope');
    await eventually(async () => assert((await workbench.tree.getRowsBelow(workbench.scope)).length > 10));
  });

  afterEach(async function () {
    const path = join(screenshotFolder, 'panel-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('opens from the tree and shows its head while the rules are loading', async () => {
    workbench.service.requests.clear();
    workbench.service.faults = { only: [details, compliance], latencyMs: 12_000 };
    panel = await openPack(s3);
    const head = await panel.getText();
    // The log contains completed requests: the rules are still loading, and nothing else was requested.
    assert.deepEqual([...workbench.service.requests], []);
    workbench.service.faults = {};
    assert.match(head, /Score 61\.5% · computed by AWS Config .* ago · target 90%/);
    assert.match(head, /Account 318604927715 · region us-east-1 · default credentials · loaded/);
    assert.match(head, /Deployment CREATE_COMPLETE · requested .* ago · completed .* ago/);
    const stack = panel.frame.getByRole('link', { name: /^awsconfigconforms-/ });
    assert.match((await stack.getAttribute('href')) ?? '', /^https:\/\/us-east-1\.console\.aws\.amazon\.com\//);
  });

  it('shows the rules, largest gain first', async () => {
    await panel.waitForText('40 compliant · 25 non-compliant results');
    const lines = await panel.getLines();
    assert.deepEqual(
      lines.map(({ cells }) => cells.slice(1)),
      [
        ['non-compliant', '9 of 13', '+13.8 → 75.4', 'AC-17, SC-8'],
        ['non-compliant', '8 of 13', '+12.3 → 73.8', 'AU-2, AU-3, AU-12'],
        ['non-compliant', '4 of 13', '+6.2 → 67.7', 'CP-9, SI-12'],
        ['non-compliant', '3 of 13', '+4.6 → 66.2', 'SC-13, SC-28'],
        ['non-compliant', '1 of 13', '+1.5 → 63.1', 'AC-3, AC-4, SC-7'],
      ],
    );
    await panel.waitForText(/Gains are estimates based on the score from .* ago and results from just now/);
    const operations = [...new Set(workbench.service.requests.map(({ operation }) => operation))];
    assert.deepEqual(operations.toSorted(), [compliance, details]);
  });

  it('opens from the palette in the same group, and is revealed if it is open', async () => {
    // A picker that loses the focus closes, which happens when a panel opens.
    await eventually(async () => {
      await runCommand(page, 'Packscope: Open Pack');
      await typeInto(page, 'Open Pack', redshift);
      await pick(page, redshift);
    });
    await (await Panel.find(page, redshift)).waitForText('Nothing evaluated yet');
    assert.equal(await page.locator('.editor-group-container').count(), 1);
    await openPack(s3);
    const other = await openPack(redshift);
    assert.equal(await page.locator('.tab', { hasText: 'best-practices' }).count(), 2);
    await other.clickUntilText('tab', 'Trend', 'No trend yet');
    await closeEditor(page, redshift);
  });

  it('expands, selects and collapses lines with the keyboard', async () => {
    panel = await openPack(s3);
    await panel.tabToGrid();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(async () => {
      const lines = await panel.getLines();
      assert.equal(lines.filter(({ kind }) => kind === 'resource').length, 9);
      assert.equal(lines[0]?.expanded, 'true');
    });
    await page.keyboard.press('ArrowDown');
    await panel.waitForText('The bucket policy does not deny requests without TLS.');
    assert.deepEqual(await getActiveKinds(), ['resource']);

    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await panel.waitForText(
      '2 rules selected, 17 failing results: fixing all of them would raise the score by about 26.2 points, to 87.7%',
    );
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await eventually(async () => assert.equal((await panel.getLines()).length, 14));
  });

  it('filters by text, state and control, and sorts by a column', async () => {
    await panel.getByRole('textbox', 'Filter rules').fill('LOGGING');
    await eventually(async () => assert.deepEqual(await panel.getRules(), ['s3-bucket-logging-enabled']));
    await panel.getByRole('textbox', 'Filter rules').fill('');
    await panel.getByRole('combobox', 'Control').selectOption('SC-8');
    await eventually(async () => assert.deepEqual(await panel.getRules(), ['s3-bucket-ssl-requests-only']));
    await panel.getByRole('combobox', 'Control').selectOption('');
    await panel.getByRole('combobox', 'State').selectOption('COMPLIANT');
    await eventually(async () => assert.deepEqual(await panel.getRules(), []));
    await panel.getByRole('combobox', 'State').selectOption('NON_COMPLIANT');
    await panel.getByRole('columnheader', 'Rule').getByRole('button').click();
    await eventually(async () => {
      const rules = await panel.getRules();
      assert.equal(rules.length, 5);
      assert.deepEqual(rules, rules.toSorted());
    });
    const sorted = panel.frame.locator('[aria-sort="ascending"]');
    assert.match((await sorted.textContent()) ?? '', /Rule ↑/);
  });

  it('keeps sort, filter, expanded lines, focus and scroll position when it refreshes', async () => {
    await panel.getByRole('combobox', 'State').selectOption('');
    await panel.getByRole('textbox', 'Filter rules').fill('s3-bucket-s');
    await panel.tabToGrid();
    await page.setViewportSize({ width: 1440, height: 540 });
    // The workbench applies the new height late.
    await eventually(async () => {
      await page.keyboard.press('Home');
      await page.keyboard.press('End');
      assert((await getScrollTop()) > 0);
    });
    const before = await panel.getLines();
    const scrollTop = await getScrollTop();
    const { account, region } = workbench.service.estate.home;
    workbench.service.estate.fixRule(account, region, s3, 's3-bucket-server-side-encryption-enabled');

    workbench.service.requests.clear();
    await panel.getByRole('button', 'Refresh').focus();
    await page.keyboard.press('Enter');
    await panel.waitForText('Score 66.2%');
    await panel.waitForText('43 compliant · 22 non-compliant results');
    const after = await panel.getLines();
    assert.deepEqual(after.map(getName), before.map(getName));
    assert.deepEqual(
      after.map(({ kind, expanded, active }) => [kind, expanded ?? '', active]),
      before.map(({ kind, expanded, active, cells }) => {
        const fixed = cells[0]?.startsWith('s3-bucket-server-side');
        return [kind, fixed ? '' : (expanded ?? ''), active];
      }),
    );
    assert.equal(await getScrollTop(), scrollTop);
    assert.equal(await panel.getByRole('textbox', 'Filter rules').inputValue(), 's3-bucket-s');
    assert.equal(await panel.getFocused('textContent'), 'Refresh');
    await page.setViewportSize({ width: 1440, height: 1000 });
  });

  it('groups failing rules by control', async () => {
    await panel.getByRole('tab', 'Rules').focus();
    await page.keyboard.press('ArrowRight');
    await panel.tabToGrid();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await eventually(async () => {
      const [control, rule] = await panel.getLines();
      assert.deepEqual(control?.cells.slice(0, 4), ['AC-17', '1 rule', '9', '+13.8 → 80.0']);
      assert.equal(rule?.kind, 'rule');
      assert.match(rule.cells[0] ?? '', /^s3-bucket-ssl-requests-only/);
    });
  });

  it('shows the trend of the recorded scores', async () => {
    await panel.clickUntilText('tab', 'Trend', '2 scores recorded on this machine.');
    const scores = await panel.frame.locator('tbody td:last-child').allTextContents();
    assert.deepEqual(scores, ['66.2%', '61.5%']);
    assert.equal(await panel.frame.getByRole('img', { name: 'Score from 61.5% to 66.2%' }).count(), 1);
    await panel.getByRole('tab', 'Rules').click();
  });

  it('exports the shown rules with their failing resources', async () => {
    const file = join(workbench.server.dataDir, 'export.csv');
    await panel.getByRole('combobox', 'Export').selectOption('csv');
    await saveAs(page, `Export ${s3}`, `${s3}.csv`, file);
    const text = await eventually(() => readFile(file, 'utf8'));
    const [compliant, ...failing] = text.split('\r\n').filter((line) => line.includes(',"row",'));
    assert.match(compliant ?? '', /,"s3-bucket-server-side-.*"COMPLIANT",0,.*"rules: name contains “s3-bucket-s”"/);
    assert.equal(failing.length, 9);
    for (const line of failing) assert.match(line, /,"s3-bucket-ssl-requests-only-.*,"AWS::S3::Bucket",/);
  });

  it('survives a reload of the window', async () => {
    await panel.getByRole('tab', 'Rules').click();
    const before = (await panel.getLines()).map(getName);
    assert(before.length > 5);
    await reloadWindow(page);
    panel = await Panel.find(page, s3);
    await eventually(async () => assert.deepEqual((await panel.getLines()).map(getName), before));
    assert.equal(await panel.getByRole('textbox', 'Filter rules').inputValue(), 's3-bucket-s');
    await panel.waitForText('2 rules selected');
    await panel.waitForText('Score 66.2%');
  });

  it('cancels loading, and continues', async () => {
    workbench.service.faults = { only: [details], latencyMs: 60_000 };
    panel = await openPack(nist);
    await panel.waitForText('Reading results');
    await panel.clickUntilText('button', 'Cancel', 'Some results haven’t loaded.');
    workbench.service.faults = {};
    workbench.service.requests.clear();
    await panel.clickUntilText('button', 'Load more', /\d+ compliant · \d+ non-compliant results/);
    assert.equal(await panel.getByRole('button', 'Load more').count(), 0);
    // Neither loaded pages nor the sidebar's next page are requested.
    assert.deepEqual([...new Set(workbench.service.requests.map(({ operation }) => operation))], [details]);
    await closeEditor(page, nist);
  });

  it('shows failures and the missing permission without config:DescribeConformancePackCompliance', async () => {
    await openDenied(pci, compliance);
    await eventually(async () => assert((await panel.getRules()).includes('cloud-trail-encryption-enabled')));
    await recover(pci);
  });

  it('shows rules and the missing permission without config:GetConformancePackComplianceDetails', async () => {
    await openDenied(hipaa, details);
    await eventually(async () => assert((await panel.getRules()).includes('rds-storage-encrypted')));
    assert(
      (await panel.getLines()).every(({ cells }) => !cells[3]),
      'No gain is shown',
    );
    await panel.waitForText('DELETE_FAILED');
    await recover(hipaa);
  });

  it('shows rule counts without a score for a pack of another account', async () => {
    const [account = ''] = workbench.service.estate.accounts;
    const pack = 'OrgConformsPack-data-protection-7hd2m0pz';
    await workbench.tree.expand('organization');
    await workbench.tree.expand('organization', account);
    panel = await Panel.open(page, workbench.tree, 'organization', account, pack);
    await panel.waitForText(/\d+ of 10 rules passing · \d+ non-compliant · \d+ with insufficient data/);
    await panel.waitForText('These are counts of rules, not a score.');
    await panel.waitForText(`add a profile of account ${account} with region`);
    assert.doesNotMatch(await panel.getText(), /%/);
  });

  it('violates no security policy', () => assert.deepEqual(workbench.violations, []));

  const getName = ({ cells }: { cells: readonly string[] }) => cells[0];
  const getScrollTop = () => panel.grid.evaluate((grid) => grid.scrollTop);
  const getActiveKinds = async () => (await panel.getLines()).filter(({ active }) => active).map(({ kind }) => kind);

  function openPack(pack: string): Promise<Panel> {
    return Panel.open(page, workbench.tree, workbench.scope, pack);
  }

  async function openDenied(pack: string, operation: typeof compliance | typeof details): Promise<void> {
    workbench.service.faults = { refuse: { [operation]: { name: 'AccessDeniedException' } } };
    panel = await openPack(pack);
    await panel.waitForText(
      `Not permitted: config:${operation}. Ask for the permission config:${operation}, then retry.`,
    );
    assert.match(await panel.getText(), /Score \d+(\.\d)?% · computed/);
  }

  async function recover(pack: string): Promise<void> {
    workbench.service.faults = {};
    await actUntil(
      () => panel.getByRole('button', 'Refresh').click(attempt),
      async () => assert.doesNotMatch(await panel.getText(), /Not permitted/),
    );
    await panel.waitForText(/\d+ compliant · \d+ non-compliant results/);
    await closeEditor(page, pack);
  }
});
