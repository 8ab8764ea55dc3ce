import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Scope } from '../config-service/estate/estate.ts';
import { getEvaluation } from '../config-service/estate/evaluations.ts';
import { getRuleCompliance } from '../config-service/estate/scoring.ts';
import { eventually } from '../support/polling.ts';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { openContainer, reloadWindow } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { saveAs } from '../support/workbench/quickInput.ts';
import { screenshotFolder, takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('the panel of a pack in another account', function () {
  // Each step depends on the one before.
  this.bail(true);

  const account = '467120985533';
  const pack = 'OrgConformsPack-data-protection-7hd2m0pz';
  const details = 'GetAggregateComplianceDetailsByConfigRule';
  let workbench: Workbench;
  let page: Page;
  let panel: Panel;
  let scope: Scope;

  before(async () => {
    const settings = {
      'files.simpleDialog.enable': true,
      'window.autoDetectColorScheme': true,
      'packscope.accountNames': { [account]: 'payments-prod' },
    };
    workbench = await startWorkbench({ settings });
    page = workbench.page;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await openContainer(page, 'Packscope');
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  afterEach(async function () {
    const path = join(screenshotFolder, 'aggregated-panel-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  const listRules = () => {
    const { estate } = workbench.service;
    const found = estate.pack(scope, pack);
    assert(found);
    return { found, rules: estate.rules(found) };
  };
  const countDetails = () => workbench.service.requests.filter(({ operation }) => operation === details).length;

  it('opens from the tree with counts, the account’s name, the region and the aggregator', async () => {
    await workbench.tree.expand('organization');
    await workbench.tree.expand('organization', 'payments-prod');
    panel = await Panel.open(page, workbench.tree, 'organization', 'payments-prod', pack);
    await panel.waitForText(/\d+ of \d+ rules passing · \d+ non-compliant · \d+ with insufficient data/);
    await panel.waitForText(/through the aggregator organization · counts loaded .* · rules loaded/);
    const text = await panel.getText();
    const [, region = ''] = /Account 467120985533 \(payments-prod\) · region ([a-z0-9-]+)/.exec(text) ?? [];
    scope = { account, region };
    assert.doesNotMatch(text, /%|Estimated gain|Controls\n|Deployment |No score available/);
    const link = panel.frame.getByRole('link', { name: 'Open in Console' });
    const url = `https://${region}.console.aws.amazon.com/config/home?region=${region}#/conformance-packs/details?conformancePackName=${pack}`;
    assert.equal(await link.getAttribute('href'), url);
  });

  it('shows the rules of this pack only, worst first, without reading resources', async () => {
    const { rules } = listRules();
    await eventually(async () => {
      const lines = await panel.getLines();
      assert.deepEqual(
        new Map(lines.map(({ cells }) => [cells[0], cells[2]])),
        new Map(
          rules.map((rule) => [rule.name, getRuleCompliance(rule) === 'NON_COMPLIANT' ? `${rule.failing}` : '0']),
        ),
      );
      const failing = lines.map(({ cells }) => Number(cells[2]));
      assert.deepEqual(
        failing,
        failing.toSorted((a, b) => b - a),
      );
    });
    assert.equal(countDetails(), 0);
    const headers = await panel.frame.getByRole('columnheader').allInnerTexts();
    assert.deepEqual(
      headers.map((header) => header.trim()),
      ['Rule', 'State', 'Failing ↓'],
    );
    assert.equal(await panel.frame.getByRole('tab').count(), 1);
  });

  it('reads the resources of a rule when it is unfolded, with annotations', async () => {
    await panel.tabToGrid();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const [line] = await panel.getLines();
    const { found, rules } = listRules();
    const rule = rules.find(({ name }) => name === line?.cells[0]);
    assert(rule);
    const expected = Array.from({ length: rule.failing }, (_, index) => getEvaluation(found, rule, index).resourceId);
    await eventually(async () => {
      const resources = (await panel.getLines()).filter(({ kind }) => kind === 'resource');
      assert.deepEqual(resources.map(({ cells }) => cells[0]).sort(), expected.sort());
    });
    assert.equal(countDetails(), 1);
    await page.keyboard.press('ArrowDown');
    await panel.waitForText(rule.annotation);
    assert.equal(await panel.getByRole('button', 'Open in Console').count(), 1);
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await takeScreenshots(page, 'aggregated-panel');
    await page.setViewportSize({ width: 1440, height: 1000 });
  });

  it('copies the rules and the shown resources as Markdown, and exports them', async () => {
    await panel.getByRole('button', 'Copy as Markdown').click();
    const resource = (await panel.getLines()).find(({ kind }) => kind === 'resource');
    await eventually(async () => {
      const text = await page.evaluate<string>('navigator.clipboard.readText()');
      assert.match(
        text,
        new RegExp(`^# ${pack}\n\n- Conformance pack: ${pack}\n- Account: ${account}\n- Account name: payments-prod`),
      );
      assert.equal(
        text.match(/^\| .* \| (compliant|non-compliant|insufficient data) \| \d+ \|$/gm)?.length,
        listRules().rules.length,
      );
      assert(resource?.cells[0] && text.includes(`| ${resource.cells[0]} |`));
    });
    const file = join(workbench.server.dataDir, 'export.json');
    await panel.getByRole('combobox', 'Export').selectOption('json');
    await saveAs(page, `Export ${pack}`, `${pack}.json`, file);
    const exported = await eventually(async () => JSON.parse(await readFile(file, 'utf8')));
    assert.deepEqual(
      [exported.sources[0].aggregator, exported.rows[0].pack, exported.rows[0].rules.length],
      ['organization', pack, listRules().rules.length],
    );
  });

  it('names a missing permission, offers a retry, and recovers', async () => {
    workbench.service.faults = { refuse: { [details]: { name: 'AccessDeniedException' } } };
    const requestsBefore = countDetails();
    const lines = await panel.getLines();
    const folded = lines.findLast(({ kind, cells }) => kind === 'rule' && Number(cells[2]) > 0);
    await panel.frame
      .locator('.line.rule', { hasText: folded?.cells[0] ?? '' })
      .locator('.twistie')
      .click();
    await panel.waitForText(`Not permitted: config:${details}. Ask for the permission config:${details}, then retry.`);
    assert.equal(countDetails(), requestsBefore + 1);
    workbench.service.faults = {};
    await panel.frame.locator('.lines').getByRole('button', { name: 'Retry' }).click();
    await eventually(async () => assert.doesNotMatch(await panel.getText(), /Not permitted/));
  });

  it('survives a reload of the window', async () => {
    const before = await panel.getLines();
    await reloadWindow(page);
    panel = await Panel.find(page, pack);
    await eventually(async () => {
      const lines = await panel.getLines();
      assert.deepEqual(
        lines.map(({ cells }) => cells[0]),
        before.map(({ cells }) => cells[0]),
      );
    });
    await panel.waitForText(/\d+ of \d+ rules passing/);
  });

  it('violates no security policy', () => assert.deepEqual(workbench.violations, []));
});
