import * as vscode from 'vscode';
import { toLabel } from '../../compliance/text/plainText.ts';
import { commandIds } from '../../manifest.ts';
import type { TemplateIndex } from '../../templates/model.ts';
import { runInSlices, type SlicedWork } from '../../timeSlicing.ts';
import { settings } from '../shared/settings.ts';
import { formatCodeLenses } from './codeLensText.ts';
import type { DeployedPack, PackLookup } from './packLookup.ts';
import type { TemplateCache } from './templateCache.ts';

/** Shows a line such as `61.5% · 4 of 21 rules failing · us-east-1` above each pack's resource. */
export class PackCodeLensProvider implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #templates: TemplateCache;
  readonly #lookup: PackLookup;

  constructor(templates: TemplateCache, lookup: PackLookup, onDidChange: vscode.Event<void>) {
    this.#templates = templates;
    this.#lookup = lookup;
    this.onDidChangeCodeLenses = onDidChange;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const index = settings.editor.codeLens() ? await this.#templates.getIndex(document) : undefined;
    return index ? runInSlices(this.#createCodeLenses(document, index)) : [];
  }

  *#createCodeLenses(document: vscode.TextDocument, index: TemplateIndex): SlicedWork<vscode.CodeLens[]> {
    const find = this.#lookup.createFinder(index);
    const lenses: vscode.CodeLens[] = [];
    for (const reference of index.packs) {
      if (reference.isSource) continue;
      const start = document.positionAt(reference.resourceRange.start);
      const texts = formatCodeLenses(find(reference), (pack) => this.#lookup.getRuleCounts(pack));
      for (const { title, pack } of texts) {
        lenses.push(
          new vscode.CodeLens(new vscode.Range(start, start), { ...createOpenCommand(pack), title: toLabel(title) }),
        );
      }
      yield;
    }
    return lenses;
  }
}

const createOpenCommand = ({ pack, scope }: DeployedPack) => ({
  command: commandIds.openPack,
  arguments: [{ name: pack.name, account: scope.account, region: scope.region }],
});
