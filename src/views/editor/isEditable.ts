import * as vscode from 'vscode';

/** Whether a document can be edited. The original side of a diff is a template too, but is read-only. */
export const isEditable = ({ uri: { scheme } }: vscode.TextDocument): boolean =>
  scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
