import { ComplianceError } from './errors.ts';

/**
 * Joins errors of the same cause, so that it is shown once and names all that could not be read. Missing permissions
 * stay apart: each is a cause of its own.
 */
export function mergeByCause(errors: readonly ComplianceError[]): readonly ComplianceError[] {
  if (errors.length < 2) return errors;
  return [...Map.groupBy(errors, getCauseKey).values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { kind, message, details } = first;
    const operations = others.flatMap((error) => error.details.operation ?? []);
    const otherOperations = [...new Set(operations)].filter((operation) => operation !== details.operation);
    return otherOperations.length === 0 ? first : new ComplianceError(kind, message, { ...details, otherOperations });
  });
}

function getCauseKey({ kind, message, details }: ComplianceError): string {
  const { operation, otherOperations, requestId, ...evidence } = details;
  // Only the message tells apart errors that are not recognized.
  return JSON.stringify([kind, evidence, kind === 'unknown' || kind === 'unexpected' ? message : undefined]);
}
