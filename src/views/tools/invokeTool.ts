import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { settings } from '../shared/settings.ts';
import { declaredTools } from './declaredTools.ts';
import { fitToBudget } from './fitToBudget.ts';
import { type Schema, validateSchema } from './schema.ts';

/** What people read while a tool runs. */
export const prepareInvocation = (name: string): vscode.PreparedToolInvocation => ({
  invocationMessage: findTool(name).invocationMessage,
});

function findTool(name: string) {
  const tool = declaredTools[name];
  if (!tool) throw new Error(`${name} does not exist`);
  return tool;
}

/** Runs a tool for an agent. Throws if the input does not conform to the schema, or on cancellation. */
export async function invokeTool(
  name: string,
  extension: vscode.Extension<unknown>,
  estate: Estate,
  { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<object>,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const tool = await findTool(name).load();
  const problem = validateSchema(getInputSchema(extension, name), input);
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
    const output = await Promise.race([cancellation, tool(stores, input as never, controller.signal)]);
    const text = await fitToBudget(output, Date.now(), tokenizationOptions);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } finally {
    subscription.dispose();
  }
}

/** The input schema from package.json. VS Code shows it to models, but does not validate inputs against it. */
function getInputSchema(extension: vscode.Extension<unknown>, name: string): Schema {
  const declarations: readonly { name: string; inputSchema: Schema }[] =
    extension.packageJSON.contributes.languageModelTools;
  const tool = declarations.find((each) => each.name === name);
  if (!tool) throw new Error(`${name} is not declared`);
  return tool.inputSchema;
}
