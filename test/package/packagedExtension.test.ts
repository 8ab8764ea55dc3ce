import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageExtension } from '../support/bundle/packageExtension.ts';
import { root } from '../support/folders.ts';
import { actUntil, eventually, until } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import type { VSCodeVersion } from '../support/workbench/installVSCode.ts';
import { openContainer } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { openFile } from '../support/workbench/quickInput.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

const s3 = 'operational-best-practices-for-amazon-s3';

/** Where vsce makes the README's relative links point to. */
const repository = 'https://github.com/packscope/packscope/raw/HEAD/';

describe('the packaged extension', () => {
  let vsix: string;

  before(async () => {
    vsix = await packageExtension();
  });

  for (const version of ['oldest', 'newest'] satisfies VSCodeVersion[]) {
    describe(`in the ${version} VS Code`, function () {
      // Each step depends on the one before.
      this.bail(true);
      let workbench: Workbench;

      before(async () => {
        workbench = await startWorkbench({ vsix, version });
        await workbench.page.route(`${repository}**`, async (route) => {
          await route.fulfill({ body: await readFile(join(root, route.request().url().slice(repository.length))) });
        });
      });

      after(() => workbench?.[Symbol.asyncDispose]());

      it('shows packs in the tree', async () => {
        await openContainer(workbench.page, 'Packscope');
        await eventually(async () => {
          const rows = await workbench.tree.getRowsBelow(workbench.scope);
          assert.match(rows.find(({ label }) => label === s3)?.description ?? '', /^61\.5%/);
        });
      });

      it('shows a hover over the name of a pack', async () => {
        const { page } = workbench;
        await openFile(page, 'template.yaml');
        const name = page.locator('.view-line', { hasText: s3 }).locator('span', { hasText: s3 }).last();
        const hover = page.locator('.monaco-hover-content', { hasText: '61.5%' });
        await actUntil(
          async () => {
            await page.mouse.move(0, 0);
            await name.hover(attempt);
          },
          () => hover.waitFor(attempt),
        );
      });

      it('opens a panel', async () => {
        const panel = await Panel.open(workbench.page, workbench.tree, workbench.scope, s3);
        await panel.waitForText('40 compliant · 25 non-compliant results');
        assert.equal((await panel.getRules()).length, 5);
      });

      it('shows the pictures of the README on its page', async () => {
        const { page } = workbench;
        const item = page.locator('.extension-list-item', { hasText: 'Packscope' });
        await openContainer(page, 'Extensions');
        await actUntil(
          () => item.click(attempt),
          () => page.locator('.tab', { hasText: 'Extension: Packscope' }).waitFor(attempt),
        );
        const widths = await until('the pictures', async () => {
          for (const frame of page.frames()) {
            const all = await frame.evaluate<number[]>(
              `[...document.images].filter(({ src }) => src.startsWith('${repository}')).map((image) => image.naturalWidth)`,
            );
            if (all.length > 0 && all.every((width) => width > 0)) return all;
          }
          return undefined;
        });
        assert(
          widths.every((width) => width >= 300),
          String(widths),
        );
      });
    });
  }
});
