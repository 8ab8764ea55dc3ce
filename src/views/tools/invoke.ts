import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { settings } from '../shared/settings.ts';
import { fitted } from './fit.ts';
import { problemOf, type Schema } from './schema.ts';
import type { Tool } from './tool.ts';

/** Runs a tool for an assistant. Throws where the input does not fit its schema, and when it is called off. */
export async function invoke<Input>(
  tool: Tool<Input>,
  inputSchema: Schema,
  estate: Estate,
  { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<Input>,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const problem = problemOf(inputSchema, input);
  if (problem) throw new Error(problem);
  const stores = estate.stores(settings.connections());
  const controller = new AbortController();
  const { promise: called, reject } = Promise.withResolvers<never>();
  const stop = () => {
    controller.abort();
    reject(new vscode.CancellationError());
  };
  const listening = token.onCancellationRequested(stop);
  if (token.isCancellationRequested) stop();
  try {
    const findings = await Promise.race([called, tool(stores, input, controller.signal)]);
    const text = await fitted(findings, Date.now(), tokenizationOptions);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } finally {
    listening.dispose();
  }
}
