import { AwsFiles } from '../configuration/awsFiles.ts';

/**
 * The endpoint that a profile's section of the AWS files sets for a service, such as `config_service`. The SDK's clients
 * read only the section of the profile in AWS_PROFILE. They also read the environment, which takes precedence.
 */
export async function loadProfileEndpoint(profile: string | undefined, service: string): Promise<string | undefined> {
  if (profile === undefined) return undefined;
  if (process.env.AWS_ENDPOINT_URL || process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`]) return undefined;
  const files = await AwsFiles.load();
  const { services: name, endpoint_url, ignore_configured_endpoint_urls } = files.getProfileSettings(profile);
  const isIgnored = process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? ignore_configured_endpoint_urls;
  if (isIgnored === 'true') return undefined;
  const services = name === undefined ? undefined : files.getSection('services', name);
  return services?.[`${service}.endpoint_url`] ?? endpoint_url;
}
