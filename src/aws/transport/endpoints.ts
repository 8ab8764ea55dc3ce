import { loadSharedConfigFiles } from '@smithy/core/config';

/**
 * The endpoint that a profile's section of the AWS files sets for a service, such as `config_service`. The SDK's clients
 * read only the section of the profile in AWS_PROFILE. They also read the environment, which takes precedence.
 */
export async function loadProfileEndpoint(profile: string | undefined, service: string): Promise<string | undefined> {
  if (profile === undefined) return undefined;
  if (process.env.AWS_ENDPOINT_URL || process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`]) return undefined;
  if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  const { configFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const section = configFile[profile];
  const services = section?.services === undefined ? undefined : configFile[`services.${section.services}`];
  return services?.[`${service}.endpoint_url`] ?? section?.endpoint_url;
}
