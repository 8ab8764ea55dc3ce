import { type Connection, getEffectiveProfile } from '../../compliance/source.ts';
import { getPartition } from '../partitions.ts';
import type { AwsFiles, Environment } from './awsFiles.ts';
import { findEndpointProblem } from './endpointProblems.ts';
import { type ConfigurationProblem, connectionsSetting, createKeyLocation } from './problem.ts';
import {
  findMissingCredentials,
  findProfileProblem,
  findTokenFileProblem,
  hasCredentials,
  keyFormat,
} from './profileProblems.ts';
import { findRegion, findRegionProblem } from './regionProblems.ts';
import { findSourceProfile } from './sourceProfile.ts';

/** The region that requests of a connection go to, if it is set, or why they cannot be sent. */
export interface CheckedConnection {
  readonly region: string | undefined;
  /** A wrong value of the setting, the environment or the AWS files. */
  readonly problem: ConfigurationProblem | undefined;
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
    (usesKeysOfEnvironment(connection, environment) ? undefined : findRoleProblem(name, files, region?.value)) ??
    findEndpointProblem({ profile: name, files, environment }, getServices(name, files), region);
  return { region: region?.value, problem };
}

async function findCredentialsProblem(
  connection: Connection,
  name: string,
  files: AwsFiles,
  environment: Environment,
): Promise<ConfigurationProblem | undefined> {
  const { profile } = connection;
  const section = files.getProfile(name);
  if (usesKeysOfEnvironment(connection, environment)) return findMalformedVariable(environment);
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
  return isNamed(connection, environment) ? createMissingProfile(profile, name) : undefined;
}

/** Whether the setting or the environment names a profile. */
const isNamed = ({ profile }: Connection, { AWS_PROFILE }: Environment): boolean =>
  profile !== undefined || Boolean(AWS_PROFILE);

/** For the SDK, AWS_PROFILE precedes keys of the environment, which precede the default profile. */
const usesKeysOfEnvironment = (connection: Connection, environment: Environment): boolean =>
  !isNamed(connection, environment) && Boolean(environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY);

/** Variables that are sent in headers. */
function findMalformedVariable(environment: Environment): ConfigurationProblem | undefined {
  for (const [variable, format] of [
    ['AWS_ACCESS_KEY_ID', keyFormat],
    ['AWS_SESSION_TOKEN', /^[\x21-\x7e]*$/],
  ] as const) {
    if (format.test(environment[variable] ?? '')) continue;
    const message = `${variable} has a space, a quotation mark or another character that does not belong to it`;
    return { kind: 'credentialsMalformed', message, location: { variable } };
  }
  return undefined;
}

function createMissingProfile(profile: string | undefined, name: string): ConfigurationProblem {
  return {
    kind: 'profileNotFound',
    message: `The AWS files have no profile “${name}”`,
    location: profile === undefined ? { variable: 'AWS_PROFILE' } : { setting: connectionsSetting },
    value: name,
    missing: { section: 'profile', name },
  };
}

/** What makes the role of a profile unusable in a region of AWS Config. */
function findRoleProblem(
  name: string,
  files: AwsFiles,
  configRegion: string | undefined,
): ConfigurationProblem | undefined {
  const { role_arn, region } = files.getProfile(name) ?? {};
  if (role_arn === undefined) return undefined;
  // STS is asked for a role in the profile's own region, also where a connection has another.
  const problem =
    region === undefined
      ? undefined
      : findRegionProblem({ value: region, location: createKeyLocation(name, 'region') });
  return problem ?? (configRegion === undefined ? undefined : findPartitionProblem(name, role_arn, configRegion));
}

/** The credentials of a role are valid in the partition of its ARN only. */
function findPartitionProblem(name: string, role: string, region: string): ConfigurationProblem | undefined {
  const [, ofRole] = role.split(':');
  const { name: ofRegion } = getPartition(region);
  if (ofRole === ofRegion) return undefined;
  const message = `The role belongs to the partition ${ofRole}, but the region ${region} to ${ofRegion}`;
  return { kind: 'profileInvalid', message, location: createKeyLocation(name, 'role_arn'), value: role };
}

/** The services that requests of a profile go to, as in the names of their endpoint settings. */
function getServices(name: string, files: AwsFiles): readonly string[] {
  const { sso_session, sso_start_url, login_session } = files.getProfile(findSourceProfile(name, files)) ?? {};
  if (sso_session ?? sso_start_url) return ['config_service', 'sts', 'sso', 'sso_oidc'];
  return login_session === undefined ? ['config_service', 'sts'] : ['config_service', 'sts', 'signin'];
}
