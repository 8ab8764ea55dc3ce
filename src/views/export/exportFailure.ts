import { ComplianceError } from '../../compliance/errors.ts';
import { toSentence } from '../../compliance/text/errorKinds/valueOrigin.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';

/** The message of a failed export. */
export function formatExportFailure(thrown: unknown): string {
  return `Nothing was exported. ${formatReason(thrown)}`;
}

function formatReason(thrown: unknown): string {
  if (!(thrown instanceof ComplianceError)) return thrown instanceof Error ? thrown.message : String(thrown);
  const { title, advice } = describeError(thrown);
  const message = toSentence(thrown.message);
  // Some advice begins with the message.
  return advice.startsWith(message) ? `${title}: ${advice}` : `${title}: ${message} ${advice}`;
}
