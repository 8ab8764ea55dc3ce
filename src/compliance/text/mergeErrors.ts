import { ComplianceError } from '../errors.ts';
import { describeError } from './errorMessages.ts';

/**
 * Joins errors that read the same, so that a cause is shown once and names all that could not be read: two services may
 * report it in different ways. Missing permissions stay apart: each is a cause of its own.
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

function getCauseKey(error: ComplianceError): string {
  const { kind, message, details } = error;
  const { text, actions } = describeError(error);
  // Only the message tells apart errors that are not recognized.
  const isRecognized = kind !== 'unknown' && kind !== 'unexpected';
  return JSON.stringify([kind, details.subject, text, actions, isRecognized ? undefined : message]);
}
