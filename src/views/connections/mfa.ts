import * as vscode from 'vscode';
import { registerSecret } from '../../compliance/redaction.ts';

/** Asks for the code that an MFA device shows; undefined where the person turns away. */
export async function askMfaCode(profile: string, serial: string): Promise<string | undefined> {
  const code = await vscode.window.showInputBox({
    title: `MFA Code for Profile “${profile}”`,
    prompt: `The code that ${serial} shows now.`,
    password: true,
    // The code is read elsewhere: on a phone, or in another window.
    ignoreFocusOut: true,
    validateInput: (value) => (/^\d{6}$/.test(value.trim()) || value === '' ? undefined : 'Six digits.'),
  });
  registerSecret(code?.trim());
  return code;
}
