import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { toolNames } from '../../manifest.ts';
import type { Tool } from './tool.ts';

/** Registers the tools for agents. They are read-only, so they need no confirmation. */
export function registerTools(context: vscode.ExtensionContext, { estate }: { readonly estate: Estate }): void {
  const register = <Input>(name: string, invocationMessage: string, load: () => Promise<Tool<Input>>) =>
    vscode.lm.registerTool<Input>(name, {
      prepareInvocation: () => ({ invocationMessage }),
      invoke: async (options, token) => {
        const [{ getInputSchema, invokeTool }, tool] = await Promise.all([import('./invokeTool.ts'), load()]);
        return invokeTool(tool, getInputSchema(context.extension, name), estate, options, token);
      },
    });
  context.subscriptions.push(
    register(toolNames.scores, 'Reading scores of conformance packs', async () => (await import('./scores.ts')).scores),
    register(
      toolNames.packDetails,
      'Reading a conformance pack',
      async () => (await import('./packDetails.ts')).packDetails,
    ),
    register(
      toolNames.aggregateCompliance,
      'Reading aggregators of AWS Config',
      async () => (await import('./aggregateCompliance.ts')).aggregateCompliance,
    ),
    register(
      toolNames.organizationOverview,
      'Reading all accounts of an aggregator',
      async () => (await import('./organizationOverview.ts')).organizationOverview,
    ),
    register(
      toolNames.aggregateRules,
      'Reading failing rules of an aggregator',
      async () => (await import('./aggregateRules.ts')).aggregateRules,
    ),
  );
}
