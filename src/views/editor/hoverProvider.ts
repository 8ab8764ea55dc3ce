import * as vscode from 'vscode';
import { isSampleShown } from '../shared/sampleMode.ts';
import { settings } from '../shared/settings.ts';
import { completeStep } from '../shared/walkthrough.ts';
import { loadHover } from './hoverData.ts';
import { getTrustedCommands, toMarkdown } from './hoverMarkdown.ts';
import type { PackLookup } from './packLookup.ts';
import type { TemplateCache } from './templateCache.ts';

/** Shows hovers over the names of packs and rules. A hover never waits for the network. */
export class TemplateHoverProvider implements vscode.HoverProvider {
  readonly #templates: TemplateCache;
  readonly #lookup: PackLookup;

  constructor(templates: TemplateCache, lookup: PackLookup) {
    this.#templates = templates;
    this.#lookup = lookup;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const located = settings.editor.hover() ? await this.#templates.findReference(document, position) : undefined;
    if (!located) return undefined;
    const { start, end } = located.reference.range;
    completeStep('hovered');
    const loaded = loadHover(this.#lookup, document.uri.path, located);
    const lines = isSampleShown() ? [...loaded, ['Sample data']] : loaded;
    const markdown = new vscode.MarkdownString(toMarkdown(lines));
    markdown.isTrusted = { enabledCommands: getTrustedCommands(lines) };
    return new vscode.Hover(markdown, new vscode.Range(document.positionAt(start), document.positionAt(end)));
  }
}
