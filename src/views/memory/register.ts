import * as vscode from 'vscode';
import type { Memory } from '../../compliance/memory.ts';

/** The last answers, kept in the extension's own storage; loaded when a connection is first looked at. */
export function registerMemory(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): () => Promise<Memory> {
  let memory: Promise<Memory> | undefined;
  const load = async (): Promise<Memory> => {
    const { MemoryFiles } = await import('./memoryFiles.ts');
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'known').fsPath;
    const files = new MemoryFiles(folder, (message) => log.warn(message));
    context.subscriptions.push(files);
    return files;
  };
  return () => {
    memory ??= load();
    return memory;
  };
}
