import { readFile } from 'node:fs/promises';
import type { AwsFiles, Section } from './awsFiles.ts';
import { type ConfigLocation, type ConfigurationProblem, createKeyLocation } from './problem.ts';
import { findRegionProblem } from './regionProblems.ts';

/** The characters of access key IDs. */
export const keyFormat = /^\w*$/;

const roleArn = /^arn:[\w-]+:iam::\d{12}:role\/\S+$/;

const credentialSources = ['EcsContainer', 'Ec2InstanceMetadata', 'Environment'];

/** Follows a profile to its credentials, as the SDK does. Returns the first value that leads nowhere. */
export async function findProfileProblem(name: string, files: AwsFiles): Promise<ConfigurationProblem | undefined> {
  const visited = [name];
  for (;;) {
    const current = visited.at(-1) ?? name;
    const section = files.getProfile(current) ?? {};
    const { role_arn, source_profile, credential_source } = section;
    const isSource = visited.length > 1;
    if (isSource && hasKeys(section)) return findMalformedKey(current, section);
    if (role_arn !== undefined && !roleArn.test(role_arn))
      return invalid(`“${role_arn}” is not the ARN of a role`, createKeyLocation(current, 'role_arn'), role_arn);
    const leadsOn = role_arn !== undefined || (isSource && credential_source !== undefined);
    if (!leadsOn || (source_profile ?? credential_source) === undefined) {
      return findSourceProblem(current, section, files);
    }
    const problem = findRoleProblem(current, section, files, visited);
    if (problem || source_profile === undefined) return problem;
    visited.push(source_profile);
  }
}

/** Whether a profile's own section names credentials, correct ones or not. */
export const hasCredentials = (section: Section): boolean =>
  Object.keys(section).some((key) => ssoKeys.has(key) || credentialKeys.has(key));

const credentialKeys: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'role_arn',
  'web_identity_token_file',
  'credential_source',
  'credential_process',
  'login_session',
]);

/** The keys by which the SDK recognizes a profile of SSO. */
const ssoKeys: ReadonlySet<string> = new Set([
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
]);

/** Why a profile has no credentials of its own, although nothing in it is wrong. */
export function findMissingCredentials(name: string, section: Section): ConfigurationProblem | undefined {
  if (hasCredentials(section) && (section.role_arn !== undefined || section.credential_source === undefined))
    return undefined;
  for (const key of ['source_profile', 'credential_source']) {
    if (section[key] !== undefined)
      return invalid(`${key} needs a role_arn`, createKeyLocation(name, key), section[key]);
  }
  const location = { section: 'profile', name, profile: name } as const;
  return invalid('It has no access key, role, SSO session or credential_process', location);
}

function findMalformedKey(profile: string, { aws_access_key_id = '' }: Section): ConfigurationProblem | undefined {
  if (keyFormat.test(aws_access_key_id)) return undefined;
  const message = 'aws_access_key_id has a space, a quotation mark or another character that does not belong to it';
  return { kind: 'credentialsMalformed', message, location: createKeyLocation(profile, 'aws_access_key_id') };
}

const hasKeys = ({ aws_access_key_id, aws_secret_access_key }: Section): boolean =>
  aws_access_key_id !== undefined && aws_secret_access_key !== undefined;

function findRoleProblem(
  profile: string,
  { source_profile, credential_source }: Section,
  files: AwsFiles,
  visited: readonly string[],
): ConfigurationProblem | undefined {
  if (source_profile !== undefined && credential_source !== undefined) {
    const message = 'A role can have a source_profile or a credential_source, not both';
    return invalid(message, createKeyLocation(profile, 'credential_source'), credential_source);
  }
  if (credential_source !== undefined) {
    if (credentialSources.includes(credential_source)) return undefined;
    const message = `credential_source is “${credential_source}”, not one of ${credentialSources.join(', ')}`;
    return invalid(message, createKeyLocation(profile, 'credential_source'), credential_source);
  }
  if (source_profile === undefined) return undefined;
  const location = createKeyLocation(profile, 'source_profile');
  const section = files.getProfile(source_profile);
  if (!section) {
    const missing = { section: 'profile', name: source_profile } as const;
    const message = `source_profile names the profile “${source_profile}”, which the AWS files do not have`;
    return { ...invalid(message, location, source_profile), missing };
  }
  if (!hasCredentials(section)) {
    return invalid(
      `source_profile names the profile “${source_profile}”, which has no credentials`,
      location,
      source_profile,
    );
  }
  // A profile with keys may name itself, or close the circle.
  if (!visited.includes(source_profile) || hasKeys(section)) return undefined;
  return invalid(
    `source_profile leads in a circle: ${[...visited, source_profile].join(' → ')}`,
    location,
    source_profile,
  );
}

/** What is wrong at the end of a chain of profiles. */
async function findSourceProblem(
  profile: string,
  section: Section,
  files: AwsFiles,
): Promise<ConfigurationProblem | undefined> {
  if (hasKeys(section)) return findMalformedKey(profile, section);
  const { role_arn, web_identity_token_file, credential_process, login_session } = section;
  if (web_identity_token_file !== undefined && role_arn !== undefined) {
    return findTokenFileProblem(web_identity_token_file, createKeyLocation(profile, 'web_identity_token_file'));
  }
  if (credential_process !== undefined) return undefined;
  if (Object.keys(section).some((key) => ssoKeys.has(key))) return findSsoProblem(profile, section, files);
  if (login_session !== undefined) return undefined;
  if (role_arn !== undefined) {
    const message = 'role_arn needs a source_profile, a credential_source or a web_identity_token_file';
    return invalid(message, createKeyLocation(profile, 'role_arn'), role_arn);
  }
  if (web_identity_token_file !== undefined) {
    return invalid('web_identity_token_file needs a role_arn', createKeyLocation(profile, 'web_identity_token_file'));
  }
  const present = (['aws_access_key_id', 'aws_secret_access_key'] as const).find((key) => section[key] !== undefined);
  if (present === undefined) return undefined;
  const absent = present === 'aws_access_key_id' ? 'aws_secret_access_key' : 'aws_access_key_id';
  return invalid(`The profile has an ${present}, but no ${absent}`, createKeyLocation(profile, present));
}

/** Reads a file with a web identity token: a missing or empty one is sent nowhere. */
export async function findTokenFileProblem(
  file: string,
  location: ConfigLocation,
): Promise<ConfigurationProblem | undefined> {
  try {
    if ((await readFile(file, 'utf8')).trim() !== '') return undefined;
    return invalid(`The token file ${file} is empty`, location, file);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    return invalid(`The token file ${file} ${reason}`, location, file);
  }
}

/** The keys that the SDK requires, from the profile and from its session. */
function findSsoProblem(profile: string, section: Section, files: AwsFiles): ConfigurationProblem | undefined {
  const { sso_session: name } = section;
  const session = name === undefined ? section : files.getSection('sso-session', name);
  if (name !== undefined && !session) {
    const message = `sso_session names no section [sso-session ${name}] of the config file`;
    const missing = { section: 'sso-session', name } as const;
    return { ...invalid(message, createKeyLocation(profile, 'sso_session'), name), missing };
  }
  const createSessionLocation = (key: string): ConfigLocation =>
    name === undefined ? createKeyLocation(profile, key) : { section: 'sso-session', name, key, profile };
  for (const key of ['sso_region', 'sso_start_url']) {
    if (session?.[key] === undefined) return invalid(`${key} is missing`, createSessionLocation(key));
  }
  for (const key of ['sso_account_id', 'sso_role_name']) {
    if (section[key] === undefined) return invalid(`${key} is missing`, createKeyLocation(profile, key));
  }
  return findRegionProblem({ value: session?.sso_region ?? '', location: createSessionLocation('sso_region') });
}

const invalid = (message: string, location: ConfigLocation, value?: string): ConfigurationProblem => ({
  kind: 'profileInvalid',
  message,
  location,
  ...(value !== undefined && { value }),
});
