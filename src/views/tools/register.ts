import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { toolNames } from '../../manifest.ts';

/** Registers the tools for agents. They are read-only, so they need no confirmation. */
export function registerTools(context: vscode.ExtensionContext, { estate }: { readonly estate: Estate }): void {
  const register = (name: string) =>
    vscode.lm.registerTool<object>(name, {
      prepareInvocation: async () => (await import('./invokeTool.ts')).prepareInvocation(name),
      invoke: async (options, token) =>
        (await import('./invokeTool.ts')).invokeTool(name, context.extension, estate, options, token),
    });
  context.subscriptions.push(...Object.values(toolNames).map(register));
}
