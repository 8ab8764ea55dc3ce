import { type Connection, getEffectiveProfile } from '../../compliance/source.ts';
import type { AwsFiles } from './awsFiles.ts';
import { findEndpointProblem } from './endpointProblems.ts';
import { connectionsSetting, type Problem } from './problem.ts';
import {
  findMissingCredentials,
  findProfileProblem,
  findTokenFileProblem,
  hasCredentials,
  keyFormat,
} from './profileProblems.ts';
import { findRegion, findRegionProblem } from './regionProblems.ts';
import { findSourceProfile } from './sourceProfile.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The region that requests of a connection go to, if it is set, or why they cannot be sent. */
export interface CheckedConnection {
  readonly region: string | undefined;
  /** A wrong value of the setting, the environment or the AWS files. */
  readonly problem: Problem | undefined;
}

/** Checks what the requests of a connection depend on, in the order in which it is used. */
export async function checkConnection(
  connection: Connection,
  files: AwsFiles,
  environment: Environment,
): Promise<CheckedConnection> {
  const name = getEffectiveProfile(connection.profile, environment);
  const region = findRegion(connection, name, files, environment);
  const problem =
    (await findCredentialsProblem(connection, name, files, environment)) ??
    (region && findRegionProblem(region)) ??
    findRoleRegionProblem(name, files) ??
    findEndpointProblem({ profile: name, files, environment }, getServices(name, files), region);
  return { region: region?.value, problem };
}

async function findCredentialsProblem(
  { profile }: Connection,
  name: string,
  files: AwsFiles,
  environment: Environment,
): Promise<Problem | undefined> {
  const section = files.getProfile(name);
  const isNamed = profile !== undefined || Boolean(environment.AWS_PROFILE);
  // For the SDK, AWS_PROFILE precedes keys of the environment, which precede the default profile.
  if (!isNamed && environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY)
    return findMalformedVariable(environment);
  const { AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: role } = environment;
  // The default chain goes on where a profile has no credentials.
  if (profile === undefined && tokenFile && role && !(section && hasCredentials(section))) {
    return findTokenFileProblem(tokenFile, { variable: 'AWS_WEB_IDENTITY_TOKEN_FILE' });
  }
  if (section) {
    // Only a default chain has further sources of credentials.
    return (
      (await findProfileProblem(name, files)) ??
      (profile === undefined ? undefined : findMissingCredentials(name, section))
    );
  }
  return isNamed ? createMissingProfile(profile, name) : undefined;
}

/** Variables that are sent in headers. */
function findMalformedVariable(environment: Environment): Problem | undefined {
  for (const [variable, format] of [
    ['AWS_ACCESS_KEY_ID', keyFormat],
    ['AWS_SESSION_TOKEN', /^[\x21-\x7e]*$/],
  ] as const) {
    if (format.test(environment[variable] ?? '')) continue;
    const message = `${variable} has a space, a quotation mark or another character that does not belong to it`;
    return { kind: 'credentialsMalformed', message, place: { variable } };
  }
  return undefined;
}

function createMissingProfile(profile: string | undefined, name: string): Problem {
  return {
    kind: 'profileNotFound',
    message: `The AWS files have no profile “${name}”`,
    place: profile === undefined ? { variable: 'AWS_PROFILE' } : { setting: connectionsSetting },
    value: name,
    missing: { section: 'profile', name },
  };
}

/** STS is asked for a role in the profile's own region, also where a connection has another. */
function findRoleRegionProblem(name: string, files: AwsFiles): Problem | undefined {
  const { role_arn, region } = files.getProfile(name) ?? {};
  if (role_arn === undefined || region === undefined) return undefined;
  return findRegionProblem({ value: region, place: { section: 'profile', name, key: 'region', profile: name } });
}

/** The services that requests of a profile go to, as in the names of their endpoint settings. */
function getServices(name: string, files: AwsFiles): readonly string[] {
  const { sso_session, sso_start_url, login_session } = files.getProfile(findSourceProfile(name, files)) ?? {};
  if (sso_session ?? sso_start_url) return ['config_service', 'sts', 'sso', 'sso_oidc'];
  return login_session === undefined ? ['config_service', 'sts'] : ['config_service', 'sts', 'signin'];
}
