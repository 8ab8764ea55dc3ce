import { ComplianceError } from '../../compliance/errors.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';

/** The message of a failed export, which leaves no file. */
export function formatExportFailure(thrown: unknown): string {
  return `Nothing was exported. ${formatReason(thrown)}`;
}

function formatReason(thrown: unknown): string {
  if (!(thrown instanceof ComplianceError)) return thrown instanceof Error ? thrown.message : String(thrown);
  const { title, advice } = describeError(thrown);
  return `${title}: ${thrown.message} ${advice}`;
}
