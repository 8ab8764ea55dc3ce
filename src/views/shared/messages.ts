import * as vscode from 'vscode';
import { toMessage, toOneLine, toPrompt } from '../../compliance/text/plainText.ts';

// Everything that VS Code shows as a notification, a dialog or an input box. Their texts may contain data.

/** Shows a message. Resolves with the button that the user clicks. */
export const showInformation = async (text: string, ...buttons: readonly string[]): Promise<string | undefined> =>
  vscode.window.showInformationMessage(toMessage(text), ...buttons);

export const showWarning = async (text: string, ...buttons: readonly string[]): Promise<string | undefined> =>
  vscode.window.showWarningMessage(toMessage(text), ...buttons);

export const showError = async (text: string, ...buttons: readonly string[]): Promise<string | undefined> =>
  vscode.window.showErrorMessage(toMessage(text), ...buttons);

/** Shows a message with a button for each choice, and runs the one that the user clicks. */
export async function offerChoices(text: string, choices: Readonly<Record<string, () => unknown>>): Promise<void> {
  const choice = await showInformation(text, ...Object.keys(choices));
  if (choice !== undefined) await choices[choice]?.();
}

/** Asks in a dialog. Resolves with the button unless the user cancels. */
export const confirm = async (text: string, detail: string, button: string): Promise<string | undefined> =>
  vscode.window.showWarningMessage(toMessage(text), { modal: true, detail: toMessage(detail) }, button);

/** Asks for a text; undefined if the user cancels. */
export const promptForInput = async (options: vscode.InputBoxOptions): Promise<string | undefined> =>
  vscode.window.showInputBox({
    ...options,
    ...(options.title !== undefined && { title: toOneLine(options.title) }),
    ...(options.prompt !== undefined && { prompt: toPrompt(options.prompt) }),
  });

/** Runs a task with a notification of its progress. Its Cancel button aborts the signal. */
export async function runWithProgress<T>(
  title: string,
  run: (signal: AbortSignal, report: (text: string) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: toMessage(title), cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return run(controller.signal, (text) => progress.report({ message: toMessage(text) }));
  });
}
