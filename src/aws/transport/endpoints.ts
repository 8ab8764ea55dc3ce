import { loadSharedConfigFiles } from '@smithy/core/config';

/**
 * The endpoint that a profile's own section sets for a service, such as `config_service`. The SDK's clients read
 * it only of the profile in AWS_PROFILE; the environment, which they do read, goes before it.
 */
export async function profileEndpoint(profile: string | undefined, service: string): Promise<string | undefined> {
  if (profile === undefined) return undefined;
  if (process.env.AWS_ENDPOINT_URL || process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`]) return undefined;
  if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  const { configFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const section = configFile[profile];
  const services = section?.services === undefined ? undefined : configFile[`services.${section.services}`];
  return services?.[`${service}.endpoint_url`] ?? section?.endpoint_url;
}
