import assert from 'node:assert/strict';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { clickViewAction, openContainer, widenSidebar } from '../support/workbench/page.ts';
import { acceptInput, openFile, pick, quickPickRows, runCommand, typeInto } from '../support/workbench/quickInput.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import type { Row } from '../support/workbench/tree.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

/** The first row below an aggregator with failed or outdated sources. */
const sourcesLabel = /^\d+ sources? (failed|outdated)/;
/** The first of the sorted rows of an incomplete list. */
const orderLabel = /^First \d+ \w+ read$/;

/** What the row of a pack shows of its name. */
const toShownName = (name: string): string =>
  name.replace('operational-best-practices-for-', '…').replace(/^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/, '$1 (org)');

const viewport = { width: 1280, height: 2000 };

describe('the sidebar', function () {
  // Each step depends on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({
      settings: { 'packscope.pageSize': 5, 'window.autoDetectColorScheme': true },
      viewport,
    });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('shows packs, lowest score first', async () => {
    await openContainer(workbench.page, 'Packscope');
    const packs = await waitForRows(1, workbench.scope);
    const scores = packs.map(({ description }) => Number(/^(\d+\.\d)%/.exec(description)?.[1]));
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => a - b),
    );
  });

  it('expands an aggregator and one of its accounts', async () => {
    const { service, tree } = workbench;
    const { account } = service.estate.home;
    await tree.expand('organization');
    const shares = (await waitForRows(2, 'organization')).map(({ description }) => {
      const [nonCompliant = 0, compliant = 0] = (description.match(/\d+/g) ?? []).map(Number);
      return nonCompliant / (nonCompliant + compliant);
    });
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => b - a),
    );
    await eventually(async () => {
      assert.match((await tree.getRowsBelow('organization'))[0]?.label ?? '', sourcesLabel);
    });
    await tree.expand('organization', account);
    for (const row of await waitForRows(1, 'organization', account)) {
      assert.match(row.description, /^[\w-]+ · \d+ of \d+ rules passing/);
    }
    const [order] = await tree.getRowsBelow('organization', account);
    assert.deepEqual([order?.label, order?.description], ['First 5 rows read', 'worst first among these']);
  });

  it('loads more rows', async () => {
    const path = ['organization', workbench.service.estate.home.account];
    const before = await waitForRows(1, ...path);
    const rows = await actUntil(
      () => workbench.tree.click(...path, 'Load more…'),
      () => getLoadedRows(before.length + 1, ...path),
    );
    const getTexts = (all: readonly Row[]) => new Set(all.map(({ label, description }) => label + description));
    for (const text of getTexts(before)) assert(getTexts(rows).has(text), text);
    assert.equal(getTexts(rows).size, rows.length);
  });

  it('filters by a part of the name, and clears the filter', async () => {
    const { page, scope, tree } = workbench;
    const before = await tree.getRowsBelow(scope);
    // A picker that loses the focus closes, which happens while VS Code starts.
    await eventually(async () => {
      await clickViewAction(page, 'Filter…');
      await pick(page, 'Pack Name…');
      await typeInto(page, 'Pack Name', 'Amazon');
      await pick(page, 'Contains “Amazon”');
    });
    await eventually(async () => {
      const [pack, more] = await tree.getRowsBelow(scope);
      assert.equal(pack?.label, s3);
      assert.equal(more?.description, `${before.length - 1} loaded · 1 match`);
    });
    await actUntil(
      () => clickViewAction(page, 'Clear Filter'),
      async () => assert.deepEqual(await tree.getRowsBelow(scope), before),
    );
  });

  it('filters by a text that is typed at once, and keeps short names', async () => {
    const { page, scope, tree } = workbench;
    const before = await tree.getRowsBelow(scope);
    const title = 'Filter Conformance Packs';
    await eventually(async () => {
      await clickViewAction(page, 'Filter…');
      await typeInto(page, title, 'state');
      await quickPickRows(page).filter({ hasText: 'Name contains “state”' }).waitFor(attempt);
      assert.match(await quickPickRows(page).first().innerText(), /^Compliance State…/);
      await typeInto(page, title, 's3');
      await quickPickRows(page).filter({ hasText: 'Name contains “s3”' }).waitFor(attempt);
      assert.equal(await quickPickRows(page).count(), 1);
      await acceptInput(page);
    });
    await eventually(async () => {
      const [pack, ...others] = await tree.getRowsBelow(scope);
      assert.deepEqual([pack?.text, others.length], ['…amazon-s3', 1]);
    });
    await actUntil(
      () => clickViewAction(page, 'Clear Filter'),
      async () => assert.deepEqual(await tree.getRowsBelow(scope), before),
    );
  });

  it('refreshes', async () => {
    const { page, scope, service, tree } = workbench;
    const getScore = async () => (await tree.getRowsBelow(scope)).find(({ label }) => label === s3)?.description;
    assert.equal(await getScore(), '61.5%');
    const { home } = service.estate;
    service.estate.fixRule(home.account, home.region, s3, 's3-bucket-ssl-requests-only');
    await actUntil(
      () => clickViewAction(page, 'Refresh'),
      async () => assert.equal(await getScore(), '75.4%'),
    );
  });

  it('groups an aggregator by pack', async () => {
    const { page, tree } = workbench;
    await runCommand(page, 'Packscope: Group Aggregators By…', 'Pack');
    const [worst] = await eventually(async () => {
      const rows = (await tree.getRowsBelow('organization')).filter(({ description }) =>
        /of 5 read$/.test(description),
      );
      assert(rows.length > 0);
      return rows;
    });
    await tree.expand('organization', worst?.label ?? '');
    await eventually(async () => {
      const rows = await tree.getRowsBelow('organization', worst?.label ?? '');
      assert(rows.some(({ label, description }) => /^\d{12}$/.test(label) && /^[\w-]+ · .*rules/.test(description)));
    });
    await widenSidebar(page, 300);
    await takeScreenshots(page, 'aggregator-packs');
    await page.setViewportSize(viewport);
    await runCommand(page, 'Packscope: Group Aggregators By…', 'Account');
  });

  for (const width of [300, 200]) {
    it(`shows what tells packs apart and their scores at ${width} px`, async () => {
      const { page, scope, tree } = workbench;
      await widenSidebar(page, width);
      const rows = await eventually(() => getLoadedRows(3, scope));
      for (const { label, text } of rows) assert.equal(text, toShownName(label));
      for (const { label, text, description } of rows) {
        const { badge, hasDescription } = await tree.measure(scope, label);
        assert.equal(badge, /^\d+/.exec(description)?.[0] ?? '', `The badge of ${label}`);
        if (width === 300 && text.length < 20) assert(hasDescription, `The score of ${label} is cut off`);
      }
      await takeScreenshots(page, `sidebar-${width}`);
      await page.setViewportSize(viewport);
    });
  }

  it('takes screenshots for review', async () => {
    await openFile(workbench.page, 'template.yaml');
    await widenSidebar(workbench.page, 560);
    await takeScreenshots(workbench.page, 'sidebar');
  });

  const waitForRows = (atLeast: number, ...path: string[]) => eventually(() => getLoadedRows(atLeast, ...path));

  /** Returns the rows of an incomplete list without those about sources, the order and loading more; throws if they are too few. */
  async function getLoadedRows(atLeast: number, ...path: string[]): Promise<Row[]> {
    const rows = (await workbench.tree.getRowsBelow(...path)).filter(
      ({ label }) => !sourcesLabel.test(label) && !orderLabel.test(label),
    );
    const more = rows.pop();
    assert(rows.length >= atLeast, `Only ${rows.length} rows of ${atLeast}`);
    assert.equal(more?.description, `${rows.length} loaded`);
    return rows;
  }
});
