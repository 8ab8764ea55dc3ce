import * as vscode from 'vscode';
import { contextKeys } from '../../manifest.ts';

type Step = 'connected' | 'openedPack' | 'hovered';

const completed = new Set<Step>();

/** Ticks off a step of the walkthrough. VS Code remembers it, so the context key is set once. */
export function completeStep(step: Step): void {
  if (completed.has(step)) return;
  completed.add(step);
  void vscode.commands.executeCommand('setContext', contextKeys[step], true);
}
