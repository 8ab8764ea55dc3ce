import * as vscode from 'vscode';
import { settings } from '../shared/settings.ts';
import type { Deployments } from './deployments.ts';
import type { HoverLine } from './hoverContent.ts';
import { hoverData } from './hoverData.ts';
import { hoverCommands, hoverMarkdown } from './hoverMarkdown.ts';
import { foundAt } from './references.ts';
import type { TemplateCache } from './templateCache.ts';

/** Hovers over the names of packs and rules: of what is known, without waiting for the network. */
export class PackHovers implements vscode.HoverProvider {
  readonly #templates: TemplateCache;
  readonly #deployments: Deployments;

  constructor(templates: TemplateCache, deployments: Deployments) {
    this.#templates = templates;
    this.#deployments = deployments;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const index = settings.editor.hover() ? await this.#templates.indexOf(document) : undefined;
    const found = index && foundAt(index, document.offsetAt(position));
    if (!found) return undefined;
    void this.#deployments.ask(index);
    if (found.kind === 'pack') void this.#deployments.askNames(found.reference);
    const { start, end } = found.reference.range;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    return new vscode.Hover(markdown(hoverData(this.#deployments, document.uri.path, index, found)), range);
  }
}

function markdown(lines: readonly HoverLine[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(hoverMarkdown(lines));
  text.isTrusted = { enabledCommands: hoverCommands };
  return text;
}
