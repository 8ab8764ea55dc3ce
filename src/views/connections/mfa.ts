import { registerSecret } from '../../compliance/redaction.ts';
import { promptForInput } from '../shared/messages.ts';

/** Prompts for the current code of an MFA device; undefined if the user cancels. */
export async function promptForMfaCode(profile: string, serial: string): Promise<string | undefined> {
  const code = await promptForInput({
    title: `MFA Code for Profile “${profile}”`,
    prompt: `Enter the current code from ${serial}.`,
    password: true,
    // The user may have to switch windows to read the code.
    ignoreFocusOut: true,
    validateInput: (value) => (/^\d{6}$/.test(value.trim()) || value === '' ? undefined : 'Enter six digits.'),
  });
  registerSecret(code?.trim());
  return code;
}
