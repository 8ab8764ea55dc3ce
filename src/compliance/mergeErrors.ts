import { ComplianceError, isSignedOut } from './errors.ts';

/**
 * Joins errors of the same cause, so that it is shown once and names all that could not be read. Missing permissions
 * stay apart: each is a cause of its own.
 */
export const mergeByCause = (errors: readonly ComplianceError[]): readonly ComplianceError[] =>
  [...Map.groupBy(errors, getCauseKey).values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { kind, message, details } = first;
    const operations = new Set(others.flatMap((error) => error.details.operation ?? []));
    const otherOperations = [...operations].filter((operation) => operation !== details.operation);
    return otherOperations[0] ? new ComplianceError(kind, message, { ...details, otherOperations }) : first;
  });

function getCauseKey(error: ComplianceError): string {
  const { kind, message, details } = error;
  // Each service reports the end of the same session in its own way.
  if (isSignedOut(error)) return kind;
  const { operation, otherOperations, requestId, ...evidence } = details;
  // Only the message tells apart errors that are not recognized.
  return JSON.stringify([kind, evidence, /^un(known|expected)$/.test(kind) && message]);
}
