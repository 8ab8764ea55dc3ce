import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { settings } from '../shared/settings.ts';
import { fitToBudget } from './fitToBudget.ts';
import { type Schema, validateSchema } from './schema.ts';
import type { Tool } from './tool.ts';

/** Runs a tool for an agent. Throws if the input does not conform to the schema, or on cancellation. */
export async function invokeTool<Input>(
  tool: Tool<Input>,
  inputSchema: Schema,
  estate: Estate,
  { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<Input>,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const problem = validateSchema(inputSchema, input);
  if (problem) throw new Error(problem);
  const stores = estate.getStores(settings.connections());
  const controller = new AbortController();
  const { promise: cancellation, reject } = Promise.withResolvers<never>();
  const cancel = () => {
    controller.abort();
    reject(new vscode.CancellationError());
  };
  const subscription = token.onCancellationRequested(cancel);
  if (token.isCancellationRequested) cancel();
  try {
    const output = await Promise.race([cancellation, tool(stores, input, controller.signal)]);
    const text = await fitToBudget(output, Date.now(), tokenizationOptions);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } finally {
    subscription.dispose();
  }
}

/** The input schema from package.json. VS Code shows it to models, but does not validate inputs against it. */
export function getInputSchema(extension: vscode.Extension<unknown>, name: string): Schema {
  const declarations: readonly { name: string; inputSchema: Schema }[] =
    extension.packageJSON.contributes.languageModelTools;
  const tool = declarations.find((each) => each.name === name);
  if (!tool) throw new Error(`${name} is not declared`);
  return tool.inputSchema;
}
