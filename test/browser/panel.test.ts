import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Workbench, startWorkbench } from '../support/workbench/workbench.ts';
import { cacheFolder } from '../support/folders.ts';
import { choose, runCommand, saveAs, typeInto } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { eventually } from '../support/polling.ts';

describe("a person's way through the pack panel", function () {
  // Each step stands on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  const nist = 'operational-best-practices-for-nist-800-53-rev-5';
  const pci = 'operational-best-practices-for-pci-dss';
  const hipaa = 'operational-best-practices-for-hipaa-security';
  const redshift = 'security-best-practices-for-redshift';
  const details = 'GetConformancePackComplianceDetails';
  const compliance = 'DescribeConformancePackCompliance';
  let bench: Workbench;
  let page: Page;
  let panel: Panel;

  before(async function () {
    this.timeout(60_000);
    bench = await startWorkbench('demo', { 'files.simpleDialog.enable': true });
    page = bench.page;
    await eventually(async () => assert((await bench.tree.below(bench.scope)).length > 10));
  });

  afterEach(async function () {
    const path = join(cacheFolder, 'screenshots', 'panel-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  after(() => bench?.[Symbol.asyncDispose]());

  it('opens from the tree: the head at once, without a request, while the rules are asked', async () => {
    bench.service.requests.clear();
    bench.service.faults = { only: [details, compliance], latencyMs: 700 };
    panel = await openPack(s3);
    const head = await panel.text();
    // The log has what was answered: the rules are still on their way, and nothing else was asked.
    assert.deepEqual([...bench.service.requests], []);
    bench.service.faults = {};
    assert.match(head, /Score 61\.5% · computed .* ago · target 90%/);
    assert.match(head, /Account 318604927715 · region us-east-1 · default credentials · read/);
    assert.match(head, /Deployment CREATE_COMPLETE · requested .* ago · completed .* ago/);
    const stack = panel.frame.getByRole('link', { name: /^awsconfigconforms-/ });
    assert.match((await stack.getAttribute('href')) ?? '', /^https:\/\/us-east-1\.console\.aws\.amazon\.com\//);
  });

  it('shows the rules, most valuable fix first', async () => {
    await panel.says('40 compliant · 25 non-compliant results');
    const lines = await panel.lines();
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
    await panel.says(/What a fix brings is an estimate: score computed .* ago, results read just now/);
    const asked = [...new Set(bench.service.requests.map(({ operation }) => operation))];
    assert.deepEqual(asked.toSorted(), [compliance, details]);
  });

  it('opens from the palette; a pack that is open is revealed, another opens beside it', async () => {
    // A panel that has just opened may take the focus, and a picker that loses it closes.
    await eventually(async () => {
      await runCommand(page, 'Packscope: Open Pack');
      await typeInto(page, 'Open Pack', redshift);
      await choose(page, redshift);
    });
    const other = await Panel.of(page, redshift);
    await other.says('Nothing evaluated yet');
    assert.equal(await page.locator('.editor-group-container').count(), 2);
    await openPack(s3);
    await openPack(redshift);
    assert.equal(await page.locator('.tab', { hasText: 'best-practices' }).count(), 2);
    await other.get('tab', 'Trend').click();
    await other.says('No trend yet');
    await closeEditor(redshift);
  });

  it('is worked by keyboard alone: unfolds, chooses, folds', async () => {
    panel = await openPack(s3);
    await panel.tabToGrid();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(async () => {
      const lines = await panel.lines();
      assert.equal(lines.filter(({ kind }) => kind === 'resource').length, 9);
      assert.equal(lines[0]?.expanded, 'true');
    });
    await page.keyboard.press('ArrowDown');
    await panel.says('The bucket policy does not deny requests without TLS.');
    assert.deepEqual(await activeKinds(), ['resource']);

    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await panel.says('2 rules chosen, 17 failing results: fixing them all is estimated to bring +26.2 → 87.7');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await eventually(async () => assert.equal((await panel.lines()).length, 14));
  });

  it('filters by text, state and control, and sorts by a column', async () => {
    await panel.get('textbox', 'Filter rules').fill('LOGGING');
    await eventually(async () => assert.deepEqual(await panel.rules(), ['s3-bucket-logging-enabled']));
    await panel.get('textbox', 'Filter rules').fill('');
    await panel.get('combobox', 'Control').selectOption('SC-8');
    await eventually(async () => assert.deepEqual(await panel.rules(), ['s3-bucket-ssl-requests-only']));
    await panel.get('combobox', 'Control').selectOption('');
    await panel.get('combobox', 'State').selectOption('COMPLIANT');
    await eventually(async () => assert.deepEqual(await panel.rules(), []));
    await panel.get('combobox', 'State').selectOption('NON_COMPLIANT');
    await panel.get('columnheader', 'Rule').getByRole('button').click();
    await eventually(async () => {
      const rules = await panel.rules();
      assert.equal(rules.length, 5);
      assert.deepEqual(rules, rules.toSorted());
    });
    const sorted = panel.frame.locator('[aria-sort="ascending"]');
    assert.match((await sorted.textContent()) ?? '', /Rule ↑/);
  });

  it('refreshes in place: sort, filter, unfolded lines, focus and scroll stay, the score is new', async () => {
    await panel.get('combobox', 'State').selectOption('');
    await panel.get('textbox', 'Filter rules').fill('s3-bucket-s');
    await panel.tabToGrid();
    await page.setViewportSize({ width: 1440, height: 540 });
    // The window takes its time to become lower.
    await eventually(async () => {
      await page.keyboard.press('Home');
      await page.keyboard.press('End');
      assert((await scrollTop()) > 0);
    });
    const before = await panel.lines();
    const scroll = await scrollTop();
    const { account, region } = bench.service.estate.home;
    bench.service.estate.fixRule(account, region, s3, 's3-bucket-server-side-encryption-enabled');

    bench.service.requests.clear();
    await panel.get('button', 'Refresh').focus();
    await page.keyboard.press('Enter');
    await panel.says('Score 66.2%');
    await panel.says('43 compliant · 22 non-compliant results');
    const after = await panel.lines();
    assert.deepEqual(after.map(names), before.map(names));
    assert.deepEqual(
      after.map(({ kind, expanded, active }) => [kind, expanded ?? '', active]),
      before.map(({ kind, expanded, active, cells }) => {
        const fixed = cells[0]?.startsWith('s3-bucket-server-side');
        return [kind, fixed ? '' : (expanded ?? ''), active];
      }),
    );
    assert.equal(await scrollTop(), scroll);
    assert.equal(await panel.get('textbox', 'Filter rules').inputValue(), 's3-bucket-s');
    assert.equal(await panel.focused('textContent'), 'Refresh');
    await page.setViewportSize({ width: 1440, height: 1000 });
  });

  it('groups the failures by control', async () => {
    await panel.get('tab', 'Rules').focus();
    await page.keyboard.press('ArrowRight');
    await panel.tabToGrid();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await eventually(async () => {
      const [control, rule] = await panel.lines();
      assert.deepEqual(control?.cells.slice(0, 4), ['AC-17', '1 rule', '9', '+13.8 → 80.0']);
      assert.equal(rule?.kind, 'rule');
      assert.match(rule.cells[0] ?? '', /^s3-bucket-ssl-requests-only/);
    });
  });

  it('has the trend of the scores that were seen', async () => {
    await panel.get('tab', 'Trend').click();
    await panel.says('The 2 scores that this machine has seen of this pack.');
    const scores = await panel.frame.locator('tbody td:last-child').allTextContents();
    assert.deepEqual(scores, ['66.2%', '61.5%']);
    assert.equal(await panel.frame.getByRole('img', { name: 'Score from 61.5% to 66.2%' }).count(), 1);
    await panel.get('tab', 'Rules').click();
  });

  it('writes what is shown', async () => {
    const file = join(bench.server.dataDir, 'export.csv');
    await panel.get('combobox', 'Export').selectOption('csv');
    await saveAs(page, `Export ${s3}`, `${s3}.csv`, file);
    const text = await eventually(() => readFile(file, 'utf8'));
    const rules = text.split('\r\n').slice(1, -1);
    assert.equal(rules.length, 2);
    assert.match(rules[0] ?? '', /^"s3-bucket-server-side-.*"COMPLIANT",0,.*"66\.2%",.*"name contains “s3-bucket-s”"/);
  });

  it('survives a reload of the window', async () => {
    await panel.get('tab', 'Rules').click();
    const before = (await panel.lines()).map(names);
    assert(before.length > 5);
    await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
    panel = await Panel.of(page, s3);
    await eventually(async () => assert.deepEqual((await panel.lines()).map(names), before));
    assert.equal(await panel.get('textbox', 'Filter rules').inputValue(), 's3-bucket-s');
    await panel.says('2 rules chosen');
    await panel.says('Score 66.2%');
  });

  it('can be called off while it reads, and goes on', async () => {
    bench.service.faults = { only: [details], latencyMs: 60_000 };
    panel = await openPack(nist);
    await panel.says('Reading results');
    await panel.get('button', 'Cancel').click();
    await panel.says('Not all results have been read.');
    bench.service.faults = {};
    bench.service.requests.clear();
    await panel.get('button', 'Go on').click();
    await panel.says(/\d+ compliant · \d+ non-compliant results/);
    assert.equal(await panel.get('button', 'Go on').count(), 0);
    // What had been read is not asked again, nor the sidebar's next page.
    assert.deepEqual([...new Set(bench.service.requests.map(({ operation }) => operation))], [details]);
    await closeEditor(nist);
  });

  it('without config:DescribeConformancePackCompliance has the head, what fails, and what is missing', async () => {
    await denied(pci, compliance);
    await eventually(async () => assert((await panel.rules()).includes('cloud-trail-encryption-enabled')));
    await recovers(pci);
  });

  it('without config:GetConformancePackComplianceDetails has the head, the rules, and what is missing', async () => {
    await denied(hipaa, details);
    await eventually(async () => assert((await panel.rules()).includes('rds-storage-encrypted')));
    assert(
      (await panel.lines()).every(({ cells }) => !cells[3]),
      'nothing is promised',
    );
    await panel.says('DELETE_FAILED');
    await recovers(hipaa);
  });

  it('of another account has rule counts, no score, and what is needed for more', async () => {
    const [account = ''] = bench.service.estate.accounts;
    const pack = 'OrgConformsPack-data-protection-7hd2m0pz';
    await bench.tree.expand('organization');
    await bench.tree.expand('organization', account);
    await bench.tree.click('organization', account, pack);
    panel = await Panel.of(page, pack);
    await panel.says(/\d+ of 10 rules passing · \d+ non-compliant · \d+ without enough data/);
    await panel.says('These are counts of rules, not a score.');
    await panel.says(`add a profile of account ${account} with region`);
    assert.doesNotMatch(await panel.text(), /%/);
  });

  it('did nothing that its security policy refuses', () => assert.deepEqual(bench.alarms, []));

  const names = ({ cells }: { cells: readonly string[] }) => cells[0];
  const scrollTop = () => panel.grid.evaluate((grid) => grid.scrollTop);
  const activeKinds = async () => (await panel.lines()).filter(({ active }) => active).map(({ kind }) => kind);

  async function openPack(pack: string): Promise<Panel> {
    await bench.tree.click(bench.scope, pack);
    return Panel.of(page, pack);
  }

  async function closeEditor(pack: string): Promise<void> {
    await page.locator('.tab', { hasText: pack }).click({ button: 'middle' });
    await page.locator('.tab', { hasText: pack }).waitFor({ state: 'detached' });
  }

  async function denied(pack: string, operation: typeof compliance | typeof details): Promise<void> {
    bench.service.faults = { refuse: { [operation]: { name: 'AccessDeniedException' } } };
    panel = await openPack(pack);
    await panel.says(`Not permitted: config:${operation}. Ask for the permission config:${operation}, then retry.`);
    assert.match(await panel.text(), /Score \d+(\.\d)?% · computed/);
  }

  async function recovers(pack: string): Promise<void> {
    bench.service.faults = {};
    await panel.get('button', 'Refresh').click();
    await eventually(async () => assert.doesNotMatch(await panel.text(), /Not permitted/));
    await panel.says(/\d+ compliant · \d+ non-compliant results/);
    await closeEditor(pack);
  }
});
