import type { RegionInForce } from '../../compliance/errorDetails.ts';
import { ComplianceError } from '../../compliance/errors.ts';
import { redact } from '../../compliance/redaction.ts';
import { type Connection, getEffectiveProfile } from '../../compliance/source.ts';
import { AwsFiles } from './awsFiles.ts';
import { type CheckedConnection, checkConnection } from './checkConnection.ts';
import type { ConfigurationProblem } from './problem.ts';
import { findRegion } from './regionProblems.ts';

/**
 * Returns the region that requests of a connection go to, if it is set. Rejects with a `ComplianceError` if they cannot
 * be sent. Nothing is sent.
 */
export async function resolveUsableRegion(connection: Connection): Promise<string | undefined> {
  const { region, problem } = await check(connection);
  if (problem) throw await toConfigurationError(problem);
  return region;
}

/** What is wrong in the configuration of a connection, and where; undefined if requests can be sent. */
export async function findConfigurationError(connection: Connection): Promise<ComplianceError | undefined> {
  const { problem } = await check(connection);
  return problem && toConfigurationError(problem);
}

/** The region that requests of a connection go to, and where it is set; undefined if none is set. Sends nothing. */
export async function findRegionInForce(connection: Connection): Promise<RegionInForce | undefined> {
  const name = getEffectiveProfile(connection.profile, process.env);
  const found = findRegion(connection, name, await AwsFiles.load(), process.env);
  if (!found) return undefined;
  const { locate } = await import('./locate.ts');
  return { region: found.value, origin: await locate(found.location) };
}

const check = async (connection: Connection): Promise<CheckedConnection> =>
  checkConnection(connection, await AwsFiles.load(), process.env);

/** Finds where the cause of a problem is. Reads the files again, because the SDK's reader knows no lines. */
export async function toConfigurationError(problem: ConfigurationProblem): Promise<ComplianceError> {
  const { findCause } = await import('./locate.ts');
  const { message, origin, isFound } = await findCause(problem);
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
