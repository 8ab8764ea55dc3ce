import assert from 'node:assert/strict';
import type { QuickPickItem } from 'vscode';
import type { PackRef } from '../../../src/compliance/packRef.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { createContext, createPalette } from './queries.ts';

/** The quick pick of VS Code as far as a picker uses it: the first item is active. */
class FakeQuickPick {
  value = '';
  activeItems: readonly QuickPickItem[] = [];
  readonly selectedItems: readonly QuickPickItem[] = [];
  #items: readonly QuickPickItem[] = [];
  #onAccept = () => {};
  #onHide = () => {};

  get items(): readonly QuickPickItem[] {
    return this.#items;
  }

  set items(items: readonly QuickPickItem[]) {
    this.#items = items;
    this.activeItems = items.slice(0, 1);
  }

  onDidAccept(listener: () => void): void {
    this.#onAccept = listener;
  }

  onDidHide(listener: () => void): void {
    this.#onHide = listener;
  }

  onDidChangeValue(): void {}
  onDidTriggerItemButton(): void {}
  show(): void {}
  dispose(): void {}

  hide(): void {
    this.#onHide();
  }

  pressEnter(): void {
    this.#onAccept();
  }
}

describe('Picker', () => {
  let quickPick: FakeQuickPick;

  before(async () => {
    stubVSCode();
    const { window } = await import('vscode');
    Object.assign(window, {
      createQuickPick: () => {
        quickPick = new FakeQuickPick();
        return quickPick;
      },
    });
  });

  /** Opens the picker of Show Lowest Scores, which starts loading. */
  async function openLowestScores(tree: OpenTree): Promise<{ readonly picked: Promise<PackRef | undefined> }> {
    const { pickPack } = await import('../../../src/views/palette/picker.ts');
    const { lowestScoresOptions, PackQuery } = await import('../../../src/views/palette/packQuery.ts');
    const picked = pickPack(createPalette(tree), new PackQuery(createContext(tree), lowestScoresOptions));
    assert.deepEqual(
      quickPick.items.map(({ label }) => label),
      ['Loading…'],
    );
    return { picked };
  }

  it('takes the best match after Enter on Loading…, once everything has been read', () =>
    withTree({}, async (tree) => {
      const { picked } = await openLowestScores(tree);
      quickPick.pressEnter();
      const pack = await picked;
      assert(pack && 'scope' in pack);
      assert.equal(pack.name, 'operational-best-practices-for-hipaa-security');
    }));

  it('takes nothing after Enter on Loading… if there is no match', () =>
    withTree({ estate: generatedEstate({ accounts: 1, regions: 1, packs: 0 }, noon) }, async (tree) => {
      const { picked } = await openLowestScores(tree);
      quickPick.pressEnter();
      await tree.shown.waitUntilIdle();
      assert.match(quickPick.items[0]?.label ?? '', /^No /);
      quickPick.hide();
      assert.equal(await picked, undefined);
    }));
});
