import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import type { Connection } from '../../../src/compliance/source.ts';
import type { Estate } from '../../../src/compliance/store/estate.ts';
import { toolNames } from '../../../src/manifest.ts';
import { aggregateCompliance } from '../../../src/views/tools/aggregateCompliance.ts';
import { type Budget, fitted } from '../../../src/views/tools/fit.ts';
import { aggregateComplianceOutput, packDetailsOutput, scoresOutput } from '../../../src/views/tools/outputs.ts';
import { packDetails } from '../../../src/views/tools/packDetails.ts';
import { problemOf, type Schema } from '../../../src/views/tools/schema.ts';
import { scores } from '../../../src/views/tools/scores.ts';
import type { Tool } from '../../../src/views/tools/tool.ts';
import { noon } from '../tree/openTree.ts';

/** A tool with what it takes, as the manifest declares it, and what it answers. */
export interface Declared<Input> {
  readonly tool: Tool<Input>;
  readonly input: Schema;
  readonly output: Schema;
}

const declared = manifest.contributes.languageModelTools;

function declaredAs<Input>(name: string, tool: Tool<Input>, output: Schema): Declared<Input> {
  const found = declared.find((each) => each.name === name);
  assert(found, name);
  return { tool, input: found.inputSchema as Schema, output };
}

/** The three tools. */
export const tools = {
  scores: declaredAs(toolNames.scores, scores, scoresOutput),
  packDetails: declaredAs(toolNames.packDetails, packDetails, packDetailsOutput),
  aggregateCompliance: declaredAs(toolNames.aggregateCompliance, aggregateCompliance, aggregateComplianceOutput),
};

/** What every answer says of itself. */
export interface Said {
  readonly complete: boolean;
  readonly cut: readonly string[];
  readonly notRead: readonly { what: string; reason: string; advice: string; permission?: string }[];
}

export interface Asking<Input> {
  readonly input: Input;
  readonly connections?: readonly Connection[];
  readonly signal?: AbortSignal;
  readonly budget?: Budget;
}

/** Asks a tool as VS Code does, at noon, and sees to it that question and answer are as declared. */
export async function ask<Input, Answer>(
  { tool, input: inputSchema, output }: Declared<Input>,
  estate: Estate,
  { input, connections = [{}], signal = new AbortController().signal, budget }: Asking<Input>,
): Promise<Answer & Said> {
  assert.equal(problemOf(inputSchema, input), undefined);
  const stores = connections.map((connection) => estate.store(connection));
  const answer = JSON.parse(await fitted(await tool(stores, input, signal), noon.getTime(), budget));
  assert.equal(problemOf(output, answer), undefined, JSON.stringify(answer, null, 2));
  return answer;
}

/** An answer as a person reads it; when it was read is the machine's own time. */
export const shown = (answer: object): string =>
  `${JSON.stringify(answer, null, 2).replace(/"((?:r|rowsR|rulesR|countsR)eadAt)": "[^"]+"/g, '"$1": "<now>"')}\n`;
