import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Profile } from '../compliance/source.ts';

/** The profiles of the person's AWS files, as they are now. */
export async function profiles(): Promise<readonly Profile[]> {
  const { configFile, credentialsFile } = await read();
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  // Sections of another kind have it before their name, as in `sso-session.work`.
  const isProfile = (name: string) => !/^(sso-session|services)\./.test(name);
  return [...names].filter(isProfile).map((name) => ({
    name,
    sso: Boolean(configFile[name]?.sso_session ?? configFile[name]?.sso_start_url),
    region: configFile[name]?.region,
  }));
}

/**
 * The endpoint that a profile's own section sets for a service, such as `config_service`. The SDK's clients read
 * it only of the profile in AWS_PROFILE; the environment, which they do read, goes before it.
 */
export async function profileEndpoint(profile: string, service: string): Promise<string | undefined> {
  if (process.env.AWS_ENDPOINT_URL || process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`]) return undefined;
  if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  const { configFile } = await read();
  const section = configFile[profile];
  const services = section?.services === undefined ? undefined : configFile[`services.${section.services}`];
  return services?.[`${service}.endpoint_url`] ?? section?.endpoint_url;
}

const read = () => loadSharedConfigFiles({ ignoreCache: true });
