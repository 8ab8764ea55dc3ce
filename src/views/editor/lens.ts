import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { settings } from '../settings.ts';
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
    if (!index) return [];
    return index.packs.flatMap((reference) => {
      const at = document.positionAt(reference.resourceRange.start);
      const answers = this.#deployments.answers(index, reference);
      return lensTexts(answers, (on) => this.#deployments.ruleCounts(on)).map(
        ({ title, on }) => new vscode.CodeLens(new vscode.Range(at, at), { ...lensCommand(on), title }),
      );
    });
  }
}

const lensCommand = ({ pack, scope }: Deployed) => ({
  command: commandIds.openPack,
  arguments: [{ name: pack.name, account: scope.account, region: scope.region }],
});
