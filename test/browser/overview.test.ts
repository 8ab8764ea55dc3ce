import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually, until } from '../support/polling.ts';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { closeEditor, openContainer, reloadWindow } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { pick, runCommand, saveAs } from '../support/workbench/quickInput.ts';
import { screenshotFolder, takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';
import { findWorst, getRows, itAnswersEachQuestion, type Row } from './overviewQuestions.ts';

const command = 'Packscope: Open Organization Overview';
const ruleOperation = 'DescribeAggregateComplianceByConfigRules';

describe('the organization overview', function () {
  // Each step depends on the one before.
  this.bail(true);

  let workbench: Workbench;
  let page: Page;
  let panel: Panel;
  let rows: readonly Row[];

  before(async () => {
    const settings = { 'packscope.accountNames': { '318604927715': 'security' }, 'window.autoDetectColorScheme': true };
    workbench = await startWorkbench({ settings });
    page = workbench.page;
    rows = getRows(workbench.service.estate);
    await openContainer(page, 'Packscope');
  });

  afterEach(async function () {
    const path = join(screenshotFolder, 'overview-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  const getLine = async (index: number) => (await panel.getLines())[index]?.cells ?? [];
  const waitForFirst = (kind: string) =>
    eventually(async () => assert.equal((await panel.getLines())[0]?.kind, kind), 30);

  it('names the worst account as soon as it is open', async () => {
    await runCommand(page, command, 'organization');
    panel = await Panel.find(page, 'organization');
    await panel.waitForText(`12 accounts · 3 regions · ${countPacks(rows)} pack names · ${rows.length} packs`);
    const failing = rows.filter(({ isFailing }) => isFailing).length;
    const evaluated = rows.filter(({ isFailing }) => isFailing !== undefined).length;
    await panel.waitForText(`${failing} of ${evaluated} packs non-compliant`);
    await panel.waitForText(/Account 318604927715 · region us-east-1 · default credentials · loaded just now/);
    const worst = findWorst(rows, 'account');
    const [name, share] = await getLine(0);
    assert.equal(worst.find((each) => each.name === name)?.text, share);
  });

  it('shows what fails in an account', async () => {
    await panel.grid.focus();
    await page.keyboard.press('Enter');
    await eventually(async () => {
      const [account, region, pack] = await panel.getLines();
      assert.deepEqual([account?.kind, region?.kind, pack?.kind], ['account', 'region', 'deployedPack']);
      assert.equal(pack?.cells[1], 'non-compliant');
    });
    await page.keyboard.press('ArrowLeft');
    await eventually(async () => assert.equal((await panel.getLines())[1]?.kind, 'account'));
  });

  it('names the worst pack, where it fails first, and where it is missing', async () => {
    await panel.getByRole('tab', 'Packs').click();
    await waitForFirst('pack');
    const worst = findWorst(rows, 'pack');
    const [name = '', coverage, share] = await getLine(0);
    assert.equal(worst.find((each) => each.name === name)?.text, share);
    assert.match(coverage ?? '', /^in \d+ of 12 accounts · \d of 3 regions$/);
    await panel.grid.focus();
    await page.keyboard.press('Enter');
    const accounts = new Set(rows.flatMap(({ pack, account }) => (pack === name ? account : [])));
    await eventually(async () => {
      const lines = await panel.getLines();
      const missing = lines.filter(({ kind, cells }) => kind === 'lackingAccount' && cells[1] === 'not deployed');
      assert.equal(missing.length, 12 - accounts.size);
      const failing = rows.filter(({ pack, isFailing }) => pack === name && isFailing).length;
      const places = lines.filter(({ kind }) => kind === 'deployedPack').map(({ cells }) => cells[1]);
      assert(places.length > 0);
      assert.equal(places.lastIndexOf('non-compliant') + 1, Math.min(failing, places.length));
    });
  });

  it('shows the heads of all columns, and how many rules pass, in full', async () => {
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    for (const each of [1440, 900, 700]) {
      await page.setViewportSize({ width: each, height });
      const cut = await panel.frame
        .locator('.line.head .cell, .line.deployedPack .number')
        .evaluateAll((cells) =>
          cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
        );
      assert.deepEqual(cut, [], `${each}`);
    }
    await page.setViewportSize({ width, height });
  });

  it('names the rule that fails in most accounts, read when the tab is opened', async () => {
    const hasRead = () => workbench.service.requests.some(({ operation }) => operation === ruleOperation);
    assert.equal(hasRead(), false);
    await panel.getByRole('tab', 'Rules').click();
    await waitForFirst('rule');
    assert(hasRead());
    const counts = (await panel.getLines()).map(({ cells }) => Number(cells[1]));
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    );
    const [rule = ''] = await getLine(0);
    assert.doesNotMatch(rule, /-conformance-pack-/);
  });

  it('exports the failing rules that it shows', async () => {
    const file = join(workbench.server.dataDir, 'rules.json');
    const [shown] = await panel.getLines();
    await panel.getByRole('combobox', 'Export').selectOption('json');
    await saveAs(page, 'Export organization-rules', 'organization-rules.json', file);
    const { sources, rows: exported } = await eventually(async () => JSON.parse(await readFile(file, 'utf8')));
    assert.equal(sources[0].kind, 'failingRules');
    assert.deepEqual([exported[0].rule, String(exported[0].failingAccounts)], shown?.cells.slice(0, 2));
  });

  it('leads from where a rule fails to the packs there, by double clicks', async () => {
    await panel.frame.locator('.lines > .line').first().dblclick();
    await eventually(async () => assert.equal((await panel.getLines())[1]?.kind, 'failingRule'));
    const [place = ''] = (await panel.getLines())[1]?.cells ?? [];
    await panel.frame.locator('.lines > .line').nth(1).dblclick();
    await eventually(async () => {
      const lines = await panel.getLines();
      assert.deepEqual([lines[0]?.kind, lines[1]?.kind], ['account', 'region']);
      assert(place.includes(lines[0]?.cells[0] ?? '-') && place.includes(lines[1]?.cells[0] ?? '-'), place);
    });
    await panel.getByRole('button', 'Clear filter').click();
  });

  it('opens a cell of the matrix with the keyboard', async () => {
    await panel.getByRole('tab', 'Matrix').click();
    await panel.frame.locator('#canvas').waitFor();
    await panel.grid.focus();
    const details = panel.frame.locator('.cell-details');
    const button = details.getByRole('button', { name: 'Open' }).first();
    // The worst account does not have the worst pack.
    await until('a cell with rows', async () => {
      if (await button.isVisible()) return true;
      await page.keyboard.press('ArrowDown');
      return false;
    });
    assert.equal(await panel.getFocused('id'), 'grid');
    const active = panel.frame.locator(`[id="${await panel.grid.getAttribute('aria-activedescendant')}"]`);
    assert.equal(await active.getAttribute('role'), 'gridcell');
    assert.match((await active.textContent()) ?? '', /compliant/);
    const [pack = ''] = await panel.frame.locator('.cell-details strong').allInnerTexts();
    await button.click();
    await Panel.find(page, pack);
    await closeEditor(page, pack.replace(/^operational-best-practices-for-/, ''));
    // VS Code discards the content of a hidden panel.
    panel = await Panel.find(page, 'organization');
    await panel.frame.locator('#canvas').waitFor();
  });

  it('filters by account name, region, pack and state', async () => {
    await panel.getByRole('tab', 'Accounts').click();
    await waitForFirst('account');
    const accounts = panel.getByRole('combobox', 'Filter accounts');
    await accounts.fill('SECUR');
    await eventually(async () => {
      const options = panel.frame.locator('#accounts option');
      assert.deepEqual(
        await options.evaluateAll((all) => all.map((each) => [each.getAttribute('value'), each.textContent])),
        [['318604927715', 'security']],
      );
    });
    await eventually(async () => {
      const lines = await panel.getLines();
      const accounts = lines.filter(({ kind }) => kind === 'account').map(({ cells }) => cells[0]);
      assert.deepEqual(accounts, ['security · 318604927715']);
      // The only account is unfolded.
      assert.equal(lines[1]?.kind, 'region');
    });
    await panel.getByRole('combobox', 'Region').selectOption('us-east-1');
    await panel.getByRole('textbox', 'Filter packs').fill('pci');
    await eventually(async () => assert.match((await getLine(0))[1] ?? '', /^\d of 1$/));
    await reloadWindow(page);
    // The window and its panel start anew.
    panel = await eventually(() => Panel.find(page, 'organization'), 90);
    await eventually(async () => assert.match((await getLine(0))[1] ?? '', /^\d of 1$/), 30);
    await panel.getByRole('button', 'Clear filter').click();
    await eventually(async () => assert.equal((await panel.getLines()).length, 12));
  });

  it('says what has been read while it is incomplete, and goes on after a cancellation', async () => {
    await closeEditor(page, 'organization');
    workbench.service.faults = { latencyMs: 60_000, only: ['DescribeAggregateComplianceByConformancePacks'] };
    // An aggregator that has not been read: what has been read outlives a closed overview.
    await runCommand(page, command, 'payments-and-orders');
    panel = await Panel.find(page, 'payments-and-orders');
    await panel.waitForText(/0 of \d+ packs read so far\./);
    await panel.getByRole('button', 'Cancel').click();
    await panel.getByRole('button', 'Load more').waitFor();
    workbench.service.faults = {};
    await panel.getByRole('button', 'Load more').click();
    await waitForFirst('account');
  });

  it('names a missing permission where its feature would be', async () => {
    workbench.service.faults = { refuse: { [ruleOperation]: { name: 'AccessDeniedException' } } };
    await panel.getByRole('tab', 'Rules').click();
    await panel.waitForText(`config:${ruleOperation}`);
    workbench.service.faults = {};
    await panel.getByRole('button', 'Load more').click();
    await waitForFirst('rule');
  });

  it('has no serious accessibility problem', async () => {
    for (const tab of ['Accounts', 'Packs', 'Rules', 'Matrix']) {
      await panel.getByRole('tab', tab).click();
      assert.deepEqual(await findSeriousViolations(panel.frame), [], tab);
    }
    assert.deepEqual(workbench.violations, []);
  });

  itAnswersEachQuestion({
    workbench: () => workbench,
    open: () => workbench.tree.clickAction('Open Organization Overview', 'organization'),
    seconds: 60,
  });

  it('leads from the status bar to the overview', async () => {
    await closeEditor(page, 'organization');
    await page.locator('.statusbar-item', { hasText: 'below target' }).hover();
    await page.locator('.workbench-hover').getByText('Open Organization Overview').click();
    await pick(page, 'payments-and-orders');
    panel = await Panel.find(page, 'payments-and-orders');
    await closeEditor(page, 'payments-and-orders');
    await runCommand(page, command, 'organization');
    panel = await Panel.find(page, 'organization');
    await waitForFirst('account');
  });

  it('takes screenshots for review', async () => {
    for (const tab of ['Rules', 'Packs', 'Accounts', 'Matrix']) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await panel.getByRole('tab', tab).click();
      if (tab !== 'Matrix') {
        await panel.grid.focus();
        await page.keyboard.press('Enter');
      }
      await takeScreenshots(page, `overview-${tab.toLowerCase()}`);
    }
  });
});

const countPacks = (rows: readonly Row[]): number => new Set(rows.map(({ pack }) => pack)).size;
