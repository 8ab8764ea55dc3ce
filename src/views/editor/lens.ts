import * as vscode from 'vscode';
import { formatScore } from '../../compliance/score.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../settings.ts';
import type { Deployed, Deployments } from './deployments.ts';
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
      const deployed = this.#deployments.answers(index, reference).flatMap((answer) => answer.deployed);
      return deployed.map(
        (each) => new vscode.CodeLens(new vscode.Range(at, at), { ...lensCommand(each), title: lensTitle(each) }),
      );
    });
  }
}

/** What a lens says of a pack. */
export function lensTitle({ pack, scope, rules }: Deployed): string {
  const failing = rules.rows.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length;
  const counts = rules.rows.length > 0 ? `${failing} of ${rules.rows.length} rules failing` : '';
  const state = pack.deployment?.state ?? 'CREATE_COMPLETE';
  const parts = [formatScore(pack.score), state === 'CREATE_COMPLETE' ? '' : state, counts, scope.region];
  return parts.filter(Boolean).join(' · ');
}

const lensCommand = ({ pack, scope }: Deployed) => ({
  command: commandIds.openPack,
  arguments: [{ name: pack.name, account: scope.account, region: scope.region }],
});
