import * as vscode from 'vscode';
import { formatScope } from '../../compliance/text/format.ts';
import { formatPackScore } from '../../compliance/text/score.ts';
import { validate } from '../../compliance/validation.ts';
import { createNameMatcher } from '../../templates/match.ts';
import type { PackLookup } from './packLookup.ts';

/** A key that takes a pack's name, and the part of the name before the cursor. */
const nameKey = /(conformance_?pack_?name["']?\s*[:=]\s*["']?)([-\w]*)$/i;
const organizationNameKey = /organization_?conformance_?pack_?name["']?\s*[:=][^:=]*$/i;
/** In Terraform, the key of a pack resource is plain `name`. */
const terraformNameKey = /^(\s*name\s*=\s*"?)([-\w]*)$/;
const terraformPackResource = /resource\s+"aws_config_(organization_)?conformance_pack"/;
/** How many lines above the cursor are searched for the start of the resource. */
const maxLinesAbove = 15;

/** Completes the names of deployed packs. */
export class PackNameCompletionProvider implements vscode.CompletionItemProvider {
  readonly #lookup: PackLookup;

  constructor(lookup: PackLookup) {
    this.#lookup = lookup;
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const textBefore = document.lineAt(position).text.slice(0, position.character);
    const resource = terraformPackResource.exec(findResourceStart(document, position));
    const key = nameKey.exec(textBefore);
    const typed = key?.[2] ?? (resource ? terraformNameKey.exec(textBefore)?.[2] : undefined);
    if (typed === undefined) return [];
    const isOrganization = organizationNameKey.test(textBefore) || (!key && resource?.[1] !== undefined);
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    const packs = this.#lookup
      .getLoadedPacks()
      .filter(({ pack }) => isDeployedByOrganization(pack.name) === isOrganization);
    return packs.flatMap(({ pack, scope }) => {
      const name = isOrganization ? getTemplateName(pack.name) : pack.name;
      // A completed name becomes part of the document, and its label could show icons.
      if (validate('name', name) !== undefined) return [];
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Value);
      item.detail = `${formatPackScore(pack)} · ${formatScope(scope)}`;
      item.range = range;
      return item;
    });
  }
}

/** The first line of the Terraform resource around the position; empty if it is too far above. */
function findResourceStart(document: vscode.TextDocument, { line }: vscode.Position): string {
  const above = new vscode.Range(Math.max(0, line - maxLinesAbove), 0, line, 0);
  const starts = [...document.getText(above).matchAll(/^\s*resource\s+"[^"]*"/gm)];
  return starts.at(-1)?.[0] ?? '';
}

const isDeployedByOrganization = createNameMatcher({ kind: 'pattern', text: '*' }, 'organization');

/** The name in the template of an organization's pack, which is deployed as `OrgConformsPack-<name>-<8 characters>`. */
const getTemplateName = (deployedName: string): string => deployedName.slice(deployedName.indexOf('-') + 1, -9);
