import * as vscode from 'vscode';
import { formatScope, formatScore } from '../../compliance/text/format.ts';
import { deployedAs } from '../../templates/match.ts';
import type { Deployments } from './deployments.ts';

/** A key that a pack's name follows, up to the cursor. */
const nameKey = /(conformance_?pack_?name["']?\s*[:=]\s*["']?)([-\w]*)$/i;
const organizationKey = /organization_?conformance_?pack_?name["']?\s*[:=][^:=]*$/i;
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
    const resource = packResource.exec(headAbove(document, position));
    const key = nameKey.exec(before);
    const typed = key?.[2] ?? (resource ? plainName.exec(before)?.[2] : undefined);
    if (typed === undefined) return [];
    const isOrganization = organizationKey.test(before) || (!key && resource?.[1] !== undefined);
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    const packs = this.#deployments
      .known()
      .filter(({ pack }) => isDeployedByOrganization(pack.name) === isOrganization);
    return packs.map(({ pack, scope }) => {
      const name = isOrganization ? ownName(pack.name) : pack.name;
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Value);
      item.detail = `${formatScore(pack.score)} · ${formatScope(scope)}`;
      item.range = range;
      return item;
    });
  }
}

/** The head of the Terraform resource that a line is in, as far as it is near. */
function headAbove(document: vscode.TextDocument, { line }: vscode.Position): string {
  const above = new vscode.Range(Math.max(0, line - reach), 0, line, 0);
  const heads = [...document.getText(above).matchAll(/^\s*resource\s+"[^"]*"/gm)];
  return heads.at(-1)?.[0] ?? '';
}

const isDeployedByOrganization = deployedAs({ kind: 'pattern', text: '*' }, 'organization');

/** An organization's pack as its template names it: `OrgConformsPack-<name>-` and eight characters. */
const ownName = (deployed: string): string => deployed.slice(deployed.indexOf('-') + 1, -9);
