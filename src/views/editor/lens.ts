import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import type { TemplateIndex } from '../../templates/model.ts';
import { inSlices, type Work } from '../../templates/slices.ts';
import { settings } from '../shared/settings.ts';
import type { Deployed, Deployments } from './deployments.ts';
import { lensTexts } from './lensText.ts';
import type { TemplateCache } from './templateCache.ts';

/** A line above each pack's resource: `61.5% · 4 of 21 rules failing · us-east-1`, of what is known. */
export class PackLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #templates: TemplateCache;
  readonly #deployments: Deployments;

  constructor(templates: TemplateCache, deployments: Deployments, changed: vscode.Event<void>) {
    this.#templates = templates;
    this.#deployments = deployments;
    this.onDidChangeCodeLenses = changed;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const index = settings.editor.codeLens() ? await this.#templates.indexOf(document) : undefined;
    return index ? inSlices(this.#lenses(document, index)) : [];
  }

  *#lenses(document: vscode.TextDocument, index: TemplateIndex): Work<vscode.CodeLens[]> {
    const answers = this.#deployments.answersIn(index);
    const lenses: vscode.CodeLens[] = [];
    for (const reference of index.packs) {
      const at = document.positionAt(reference.resourceRange.start);
      for (const { title, on } of lensTexts(answers(reference), (on) => this.#deployments.ruleCounts(on))) {
        lenses.push(new vscode.CodeLens(new vscode.Range(at, at), { ...lensCommand(on), title }));
      }
      yield;
    }
    return lenses;
  }
}

const lensCommand = ({ pack, scope }: Deployed) => ({
  command: commandIds.openPack,
  arguments: [{ name: pack.name, account: scope.account, region: scope.region }],
});
