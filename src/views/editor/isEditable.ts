import * as vscode from 'vscode';

/** Whether a document is one that people work on: the old side of a diff is a template too, and is not. */
export const isEditable = ({ uri: { scheme } }: vscode.TextDocument): boolean =>
  scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
