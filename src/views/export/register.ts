import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';

/** Puts `Export…` in place; its code is loaded when it first runs. */
export const registerExport = (estate: Estate): vscode.Disposable =>
  vscode.commands.registerCommand(commandIds.export, async (args) =>
    (await import('./exportCommand.ts')).exportCommand(estate, args),
  );
