import * as vscode from 'vscode';
import type { TemplateIndex } from '../../templates/model.ts';
import { settings } from '../settings.ts';
import { certain, type Deployed, type Deployments } from './deployments.ts';
import { hoverCommands, hoverMarkdown } from './hoverMarkdown.ts';
import { type HoverLine, packHover, ruleHover } from './hoverText.ts';
import { type Found, foundAt } from './references.ts';
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
    if (vscode.workspace.isTrusted) {
      void this.#deployments.ask(index);
      if (found.kind === 'pack') void this.#deployments.askNames(found.reference);
    }
    const { start, end } = found.reference.range;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    return new vscode.Hover(markdown(this.#lines(index, found)), range);
  }

  #lines(index: TemplateIndex, found: Found): readonly HoverLine[] {
    const deployments = this.#deployments;
    if (found.kind === 'pack') {
      const answers = deployments.answers(index, found.reference);
      askForRules(answers.flatMap((answer) => certain(answer) ?? []));
      return packHover(answers, Date.now());
    }
    const deployed = deployments.withTemplate(index, found.template);
    askForRules(deployed);
    return ruleHover(found.reference.resolve()[0]?.text ?? '', deployed, deployments.progress(index));
  }
}

/** Rules are asked of what is looked at alone: the next hover has them. */
function askForRules(deployed: readonly Deployed[]): void {
  if (vscode.workspace.isTrusted) for (const { rules } of deployed) rules.ensure();
}

function markdown(lines: readonly HoverLine[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(hoverMarkdown(lines));
  text.isTrusted = { enabledCommands: hoverCommands };
  return text;
}
