import { toMessage } from '../../compliance/text/plainText.ts';

/** The error of a command whose message VS Code shows as plain text. */
export const toCommandError = (thrown: unknown): Error =>
  new Error(toMessage(thrown instanceof Error ? thrown.message : String(thrown)), { cause: thrown });
