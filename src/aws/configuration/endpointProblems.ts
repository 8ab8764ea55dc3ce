import type { AwsFiles, Environment } from './awsFiles.ts';
import {
  type ConfigLocation,
  type ConfigurationProblem,
  createKeyLocation,
  formatLocation,
  type LocatedValue,
} from './problem.ts';
import { isFipsRegion } from './regionProblems.ts';

/** The settings of a profile that decide about endpoints. */
interface EndpointSettings {
  readonly profile: string;
  readonly files: AwsFiles;
  readonly environment: Environment;
}

/** Settings for which the SDK accepts only `true` and `false`. */
const flags = {
  fips: ['AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'],
  dualStack: ['AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint'],
  ignore: ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls'],
} as const;

/** Returns the first wrong flag, `services` section or endpoint of these services, such as `config_service`. */
export function findEndpointProblem(
  settings: EndpointSettings,
  services: readonly string[],
  region: LocatedValue | undefined,
): ConfigurationProblem | undefined {
  const { profile, files } = settings;
  for (const flag of [flags.fips, flags.dualStack, flags.ignore]) {
    const found = findFlag(settings, flag);
    if (found && found.value !== 'true' && found.value !== 'false') return createFlagProblem(found);
  }
  if (findFlag(settings, flags.ignore)?.value === 'true') return undefined;
  const section = files.getProfileSettings(profile).services;
  if (section !== undefined && !files.getSection('services', section)) {
    const message = `services = ${section} names no section [services ${section}] of the config file`;
    const missing = { section: 'services', name: section } as const;
    return {
      kind: 'profileInvalid',
      message,
      location: createKeyLocation(profile, 'services'),
      value: section,
      missing,
    };
  }
  for (const service of services) {
    const endpoint = findEndpoint(settings, service);
    const problem = endpoint && (findUrlProblem(endpoint) ?? findConflict(settings, endpoint, region));
    if (problem) return problem;
  }
  return undefined;
}

/** The endpoint of a service, in the SDK's order. */
function findEndpoint({ profile, files, environment }: EndpointSettings, service: string): LocatedValue | undefined {
  for (const variable of [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL']) {
    const value = environment[variable];
    if (value) return { value, location: { variable } };
  }
  const { services: name, endpoint_url: value } = files.getProfileSettings(profile);
  const key = `${service}.endpoint_url`;
  const ofService = name === undefined ? undefined : files.getSection('services', name)?.[key];
  if (name !== undefined && ofService)
    return { value: ofService, location: { section: 'services', name, key, profile } };
  return value ? { value, location: createKeyLocation(profile, 'endpoint_url') } : undefined;
}

function findUrlProblem({ value, location }: LocatedValue): ConfigurationProblem | undefined {
  const url = URL.parse(value);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:') && /^\s*https?:\/\//i.test(value))
    return undefined;
  const message = `“${value}” is not a URL that starts with http:// or https://`;
  return { kind: 'endpointInvalid', message, location, value };
}

/** The SDK refuses these combinations. */
function findConflict(
  settings: EndpointSettings,
  endpoint: LocatedValue,
  region: LocatedValue | undefined,
): ConfigurationProblem | undefined {
  const fips = region && isFipsRegion(region.value) ? region.location : findFlagLocation(settings, flags.fips);
  const conflicts = [
    ['FIPS', fips],
    ['Dual-stack', findFlagLocation(settings, flags.dualStack)],
  ] as const;
  for (const [what, location] of conflicts) {
    if (!location) continue;
    const message = `${what} endpoints are on in ${formatLocation(location)}, but ${formatLocation(endpoint.location)} sets an own endpoint`;
    return { kind: 'endpointConflict', message, location, value: endpoint.value };
  }
  return undefined;
}

/** Where a flag is on. */
function findFlagLocation(settings: EndpointSettings, flag: readonly [string, string]): ConfigLocation | undefined {
  const found = findFlag(settings, flag);
  return found?.value === 'true' ? found.location : undefined;
}

function findFlag(
  { profile, files, environment }: EndpointSettings,
  [variable, key]: readonly [string, string],
): LocatedValue | undefined {
  // The SDK uses variables even if they are empty.
  const ofEnvironment = environment[variable];
  if (ofEnvironment !== undefined) return { value: ofEnvironment, location: { variable } };
  const value = files.getProfileSettings(profile)[key];
  return value === undefined ? undefined : { value, location: createKeyLocation(profile, key) };
}

function createFlagProblem({ value, location }: LocatedValue): ConfigurationProblem {
  return {
    kind: 'profileInvalid',
    message: `${formatLocation(location)} is “${value}”, not true or false`,
    location,
    value,
  };
}
