import { ComplianceError } from '../../compliance/errors.ts';

/** Adds the variable that rejected credentials come from, if they come from the environment. */
export function addOrigin(error: ComplianceError, profile: string | undefined): ComplianceError {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  const isFromEnvironment = !(profile ?? AWS_PROFILE) && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY;
  if (!isFromEnvironment || error.kind === 'regionDisabled') return error;
  const { kind, message, details } = error;
  const variable = AWS_SESSION_TOKEN ? 'AWS_SESSION_TOKEN' : 'AWS_ACCESS_KEY_ID';
  return new ComplianceError(kind, message, { ...details, origin: { kind: 'environment', variable } });
}
