import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { resolveAggregators, resolveConnections } from '../../src/compliance/queries/lookup.ts';
import { createQuery, type ExportQuery } from '../../src/reports/exportQuery.ts';
import { exportText } from '../../src/reports/exportText.ts';
import { formats } from '../../src/reports/formats.ts';
import { cacheFolder, createTemporaryFolder } from '../support/folders.ts';
import { withTree } from '../support/tree/openTree.ts';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { launchBrowser } from '../support/workbench/browser.ts';
import { createPanelEstate, hostile } from './panelEstate.ts';

const schemes = ['light', 'dark'] as const;

describe('an HTML report in the browser', () => {
  let browser: Browser;
  let page: Page;
  /** The addresses of the reports by name. */
  const urls = new Map<string, string>();
  const messages: string[] = [];
  const requests: string[] = [];

  before(async () => {
    const folder = await createTemporaryFolder(cacheFolder);
    await withTree({ estate: createPanelEstate(), now: () => new Date() }, async ({ estate }) => {
      const stores = [estate.getStore({})];
      const [home] = (await resolveConnections(stores)).results;
      const [organization] = (await resolveAggregators(stores, 'organization')).results;
      assert(home && organization);
      const queries: Readonly<Record<string, ExportQuery>> = {
        packs: createQuery([{ ...home, packs: ['operational-best-practices-for-amazon-s3', hostile.pack] }], {
          content: 'resources',
        }),
        rows: createQuery([home, organization]),
      };
      for (const [name, query] of Object.entries(queries)) {
        const path = join(folder, `${name}.html`);
        const options = { signal: new AbortController().signal, onProgress: () => {} };
        await writeFile(path, exportText(query, formats.html, options));
        urls.set(name, pathToFileURL(path).href);
      }
    });
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('console', (message) => messages.push(message.text()));
    page.on('request', (request) => requests.push(request.url()));
  });

  after(() => browser?.close());

  for (const name of ['packs', 'rows']) {
    describe(name, () => {
      before(async () => {
        await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
        await page.goto(urls.get(name) ?? '');
      });

      it('loads nothing else and violates no policy', () => {
        assert.deepEqual(messages, []);
        assert.deepEqual(new Set(requests), new Set([...urls.values()].slice(0, name === 'packs' ? 1 : 2)));
      });

      it('has links that lead to a part of the page', async () => {
        const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
        assert(links.length > 4);
        for (const link of new Set(links)) assert.equal(await page.locator(`[id="${link.slice(1)}"]`).count(), 1, link);
      });

      for (const width of [400, 800, 1600]) {
        it(`fits into ${width} pixels`, async () => {
          await page.setViewportSize({ width, height: 900 });
          const [content, window] = await page.evaluate<number[]>(
            '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
          );
          assert.equal(content, window);
        });
      }

      for (const colorScheme of schemes) {
        it(`is accessible: ${colorScheme}`, async () => {
          await page.emulateMedia({ media: 'screen', colorScheme });
          await page.setViewportSize({ width: 1200, height: 900 });
          assert.deepEqual(await findSeriousViolations(page.mainFrame()), []);
        });

        it(`prints dark text on white, with the heads of tables on each page: ${colorScheme}`, async () => {
          await page.emulateMedia({ media: 'print', colorScheme });
          const getStyle = (selector: string, property: string) =>
            page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);
          assert.equal(await getStyle('body', 'backgroundColor'), 'rgb(255, 255, 255)');
          assert.equal(await getStyle('body', 'color'), 'rgb(31, 35, 40)');
          assert.equal(await getStyle('thead', 'display'), 'table-header-group');
          for (const format of ['A4', 'Letter']) {
            const pdf = (await page.pdf({ format, printBackground: true })).toString('latin1');
            assert((pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0) > 1, format);
          }
        });
      }
    });
  }
});
