import { ComplianceError } from '../../compliance/errors.ts';
import { redact } from '../../compliance/redaction.ts';
import type { Connection } from '../../compliance/source.ts';
import { AwsFiles } from './awsFiles.ts';
import { findProblem } from './findProblem.ts';
import type { Problem } from './problem.ts';

/** Rejects with a `ComplianceError` if requests of a connection cannot be sent. Nothing is sent. */
export async function requireUsable(connection: Connection): Promise<void> {
  const error = await findConfigurationError(connection);
  if (error) throw error;
}

/** What is wrong in the configuration of a connection, and where; undefined if requests can be sent. */
export async function findConfigurationError(connection: Connection): Promise<ComplianceError | undefined> {
  const problem = await findProblem(connection, await AwsFiles.load(), process.env);
  return problem && toConfigurationError(problem);
}

/** Finds where the cause of a problem is. Reads the files again, because the SDK's reader knows no lines. */
export async function toConfigurationError(problem: Problem): Promise<ComplianceError> {
  const { explain } = await import('./locate.ts');
  const { message, origin, isFound } = await explain(problem);
  const { kind, value } = problem;
  // A profile that the SDK cannot read is not missing.
  return new ComplianceError(
    kind === 'profileNotFound' && isFound ? 'profileInvalid' : kind,
    redact(message, process.env),
    {
      ...(origin && { origin }),
      ...(value !== undefined && { value: redact(value, process.env) }),
    },
  );
}
