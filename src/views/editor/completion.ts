import * as vscode from 'vscode';
import { formatScore } from '../../compliance/score.ts';
import type { Deployments } from './deployments.ts';

/** A key that a pack's name follows, up to the cursor. */
const nameKey = /(conformance_?pack_?name["']?\s*[:=]\s*["']?)([-\w]*)$/i;
/** In Terraform the key is plain `name`, within a pack's resource. */
const plainName = /^(\s*name\s*=\s*"?)([-\w]*)$/;
const packResource = /resource\s+"aws_config_(organization_)?conformance_pack"/;
/** Lines above in which a resource's head is looked for. */
const reach = 15;

/** The names of deployed packs, where a pack's name is expected. */
export class PackNameCompletion implements vscode.CompletionItemProvider {
  readonly #deployments: Deployments;

  constructor(deployments: Deployments) {
    this.#deployments = deployments;
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const before = document.lineAt(position).text.slice(0, position.character);
    const typed =
      nameKey.exec(before)?.[2] ?? (isInPackResource(document, position) ? plainName.exec(before)?.[2] : undefined);
    if (typed === undefined) return [];
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    return this.#deployments.known().map(({ pack, scope }) => {
      const item = new vscode.CompletionItem(pack.name, vscode.CompletionItemKind.Value);
      item.detail = `${formatScore(pack.score)} · ${scope.account} · ${scope.region}`;
      item.range = range;
      return item;
    });
  }
}

function isInPackResource(document: vscode.TextDocument, { line }: vscode.Position): boolean {
  const above = new vscode.Range(Math.max(0, line - reach), 0, line, 0);
  const heads = [...document.getText(above).matchAll(/^\s*resource\s+"[^"]*"/gm)];
  return packResource.test(heads.at(-1)?.[0] ?? '');
}
