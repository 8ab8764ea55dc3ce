import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import type { Connection } from '../../../src/compliance/source.ts';
import type { Estate } from '../../../src/compliance/store/estate.ts';
import { toolNames } from '../../../src/manifest.ts';
import { aggregateCompliance } from '../../../src/views/tools/aggregateCompliance.ts';
import { aggregateRules } from '../../../src/views/tools/aggregateRules.ts';
import { fitToBudget, type TokenBudget } from '../../../src/views/tools/fitToBudget.ts';
import { organizationOverview } from '../../../src/views/tools/organizationOverview.ts';
import {
  aggregateComplianceOutput,
  aggregateRulesOutput,
  organizationOverviewOutput,
  packDetailsOutput,
  scoresOutput,
} from '../../../src/views/tools/outputSchemas.ts';
import { packDetails } from '../../../src/views/tools/packDetails.ts';
import { type Schema, validateSchema } from '../../../src/views/tools/schema.ts';
import { scores } from '../../../src/views/tools/scores.ts';
import type { Tool } from '../../../src/views/tools/tool.ts';
import { noon } from '../../support/tree/openTree.ts';

/** A tool with the schemas of its input and output. */
export interface DeclaredTool<Input> {
  readonly tool: Tool<Input>;
  readonly input: Schema;
  readonly output: Schema;
}

const declarations = manifest.contributes.languageModelTools;

function declareTool<Input>(name: string, tool: Tool<Input>, output: Schema): DeclaredTool<Input> {
  const declaration = declarations.find((each) => each.name === name);
  assert(declaration, name);
  return { tool, input: declaration.inputSchema as Schema, output };
}

export const tools = {
  scores: declareTool(toolNames.scores, scores, scoresOutput),
  packDetails: declareTool(toolNames.packDetails, packDetails, packDetailsOutput),
  aggregateCompliance: declareTool(toolNames.aggregateCompliance, aggregateCompliance, aggregateComplianceOutput),
  organizationOverview: declareTool(toolNames.organizationOverview, organizationOverview, organizationOverviewOutput),
  aggregateRules: declareTool(toolNames.aggregateRules, aggregateRules, aggregateRulesOutput),
};

/** The members that all outputs share. */
export interface CommonOutput {
  readonly complete: boolean;
  readonly cut: readonly string[];
  readonly notRead: readonly { what: string; reason: string; advice: string; permission?: string }[];
}

export interface CallOptions<Input> {
  readonly input: Input;
  readonly connections?: readonly Connection[];
  readonly signal?: AbortSignal;
  readonly budget?: TokenBudget;
}

/** Calls a tool at noon, as VS Code does, and checks input and output against their schemas. */
export async function callTool<Input, Output>(
  { tool, input: inputSchema, output: outputSchema }: DeclaredTool<Input>,
  estate: Estate,
  { input, connections = [{}], signal = new AbortController().signal, budget }: CallOptions<Input>,
): Promise<Output & CommonOutput> {
  assert.equal(validateSchema(inputSchema, input), undefined);
  const text = await fitToBudget(await tool(estate.getStores(connections), input, signal), noon.getTime(), budget);
  const output = JSON.parse(text);
  assert.equal(validateSchema(outputSchema, output), undefined, JSON.stringify(output, null, 2));
  return output;
}

/** Formats an output without the times of reading, which depend on the machine's clock. */
export const formatOutput = (output: object): string =>
  `${JSON.stringify(output, null, 2).replace(/"((?:r|rowsR|rulesR|countsR)eadAt)": "[^"]+"/g, '"$1": "<now>"')}\n`;
