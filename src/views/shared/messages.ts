import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { toLabel, toMessage, toOneLine, toPrompt } from '../../compliance/text/plainText.ts';

// Everything that VS Code shows as a notification, a dialog, an input box or for a moment in the status bar. Their texts may
// contain data.

/** How long a confirmation stays in the status bar, in milliseconds. */
const confirmationTime = 5_000;

/** A task that takes longer shows its progress, in milliseconds. */
const quickTaskTime = 1_000;

/** Confirms in the status bar that something quick was done. */
export function showConfirmation(text: string): void {
  vscode.window.setStatusBarMessage(toLabel(text), confirmationTime);
}

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

/** The same, but a task that ends soon shows nothing. */
export async function runWithProgressIfSlow<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const task = run(controller.signal);
  const end = () => false;
  const isSlow = await Promise.race([task.then(end, end), setTimeout(quickTaskTime, true, { ref: false })]);
  if (!isSlow) return task;
  return runWithProgress(title, (signal) => {
    signal.addEventListener('abort', () => controller.abort());
    return task;
  });
}
