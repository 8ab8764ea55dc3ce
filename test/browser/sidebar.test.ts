import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type ConfigService, startConfigService } from '../config-service/index.ts';
import { launchBrowser } from '../support/workbench/browser.ts';
import { createEnvironment } from '../support/aws/environment.ts';
import {
  choose,
  clickViewAction,
  openContainer,
  openFile,
  loadWorkbench,
  typeInto,
  widenSidebar,
} from '../support/workbench/page.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startServer } from '../support/workbench/server.ts';
import { type Row, Tree } from '../support/workbench/tree.ts';
import { eventually } from '../support/polling.ts';

/** What stands above an aggregator's groups where sources of it are in trouble. */
const sources = /^\d+ sources? (failed|outdated)/;

describe("a person's way through the sidebar", function () {
  // Each step stands on the one before.
  this.bail(true);

  const open = new AsyncDisposableStack();
  const s3 = 'operational-best-practices-for-amazon-s3';
  let service: ConfigService;
  let page: Page;
  let tree: Tree;
  let scope: string;
  let account: string;

  before(async function () {
    this.timeout(120_000);
    service = open.adopt(await startConfigService({ estate: 'demo' }), (service) => service.close());
    const settings = { 'packscope.pageSize': 5, 'window.autoDetectColorScheme': true };
    const server = open.adopt(await startServer({ env: createEnvironment(service), settings }), (server) => server.stop());
    const browser = open.adopt(await launchBrowser(), (browser) => browser.close());
    page = await browser.newPage({ viewport: { width: 1280, height: 2000 } });
    await loadWorkbench(page, server);
    tree = new Tree(page, 'Conformance Packs');
    account = service.estate.home.account;
    scope = `${account} · ${service.estate.home.region}`;
  });

  after(() => open.disposeAsync());

  it('opens the view with the packs, worst score first', async () => {
    await openContainer(page, 'Packscope');
    const packs = await loaded(1, scope);
    const scores = packs.map(({ description }) => Number(/^(\d+\.\d)%/.exec(description)?.[1]));
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => a - b),
    );
  });

  it('expands an aggregator and one of its accounts', async () => {
    await tree.expand('organization');
    const accounts = (await loaded(1, 'organization')).map(({ label }) => label);
    assert.deepEqual(accounts, service.estate.accounts.slice(0, accounts.length));
    await eventually(async () => assert.match((await tree.below('organization'))[0]?.label ?? '', sources));
    await tree.expand('organization', account);
    const row = new RegExp(`^${account} · [\\w-]+ · \\d+ of \\d+ rules passing`);
    for (const { description } of await loaded(1, 'organization', account)) assert.match(description, row);
  });

  it('loads more', async () => {
    const before = await loaded(1, 'organization', account);
    await tree.click('organization', account, 'Load more…');
    const rows = await loaded(before.length + 1, 'organization', account);
    assert.deepEqual(rows.slice(0, before.length), before);
    assert.equal(new Set(rows.map(({ label, description }) => label + description)).size, rows.length);
  });

  it('filters by a part of the name, and clears the filter', async () => {
    const before = await tree.below(scope);
    // While VS Code still starts it may take the focus, and a picker that loses it closes.
    await eventually(async () => {
      await clickViewAction(page, 'Filter…');
      await choose(page, 'Pack Name…');
    });
    await typeInto(page, 'Pack Name', 'Amazon');
    await choose(page, 'Contains “Amazon”');
    await eventually(async () => {
      const [pack, more] = await tree.below(scope);
      assert.equal(pack?.label, s3);
      assert.equal(more?.description, `${before.length - 1} loaded · 1 match`);
    });
    await clickViewAction(page, 'Clear Filter');
    await eventually(async () => assert.deepEqual(await tree.below(scope), before));
  });

  it('refreshes', async () => {
    const score = async () => (await tree.below(scope)).find(({ label }) => label === s3)?.description;
    assert.equal(await score(), '61.5%');
    const { home } = service.estate;
    service.estate.fixRule(home.account, home.region, s3, 's3-bucket-ssl-requests-only');
    await clickViewAction(page, 'Refresh');
    await eventually(async () => assert.equal(await score(), '75.4%'));
  });

  it('has pictures for people to look at', async () => {
    await openFile(page, 'template.yaml');
    await widenSidebar(page, 560);
    await takeScreenshots(page, 'sidebar');
  });

  /** The rows of a list that goes on, once there are so many; without the line of an aggregator's sources, and without the last one, which says how many. */
  function loaded(atLeast: number, ...path: string[]): Promise<Row[]> {
    return eventually(async () => {
      const rows = (await tree.below(...path)).filter(({ label }) => !sources.test(label));
      const more = rows.pop();
      assert.ok(rows.length >= atLeast, `Only ${rows.length} rows of ${atLeast}`);
      assert.equal(more?.description, `${rows.length} loaded`);
      return rows;
    });
  }
});
