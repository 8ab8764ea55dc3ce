import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import { getEffectiveProfile } from '../../compliance/source.ts';
import { AwsFiles } from '../configuration/awsFiles.ts';
import { createKeyLocation } from '../configuration/problem.ts';

/** Options of the HTTP handlers that the SDK's clients and credential providers create. */
export interface RequestHandlerOptions {
  /** Milliseconds. */
  readonly connectionTimeout: number;
  /** Milliseconds. */
  readonly requestTimeout: number;
  /** Milliseconds without a byte of the response. */
  readonly socketTimeout: number;
  readonly throwOnRequestTimeout: boolean;
  readonly httpsAgent?: { readonly ca: string[] };
}

/**
 * Loads a profile's HTTP options. VS Code patches Node's `request` for proxies and the system's certificates. Neither
 * VS Code nor the SDK reads the CA bundle that AWS_CA_BUNDLE or the profile names.
 */
export async function loadRequestHandlerOptions(profile: string | undefined): Promise<RequestHandlerOptions> {
  const bundle = await readCaBundle(profile);
  return {
    // Without timeouts, a request on a silent connection would never end.
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    socketTimeout: 60_000,
    throwOnRequestTimeout: true,
    ...(bundle !== undefined && { httpsAgent: { ca: [...getCACertificates('default'), bundle] } }),
  };
}

async function readCaBundle(profile: string | undefined): Promise<string | undefined> {
  const ofEnvironment = process.env.AWS_CA_BUNDLE;
  const name = getEffectiveProfile(profile, process.env);
  const path = ofEnvironment || (await AwsFiles.load()).getProfileSettings(name).ca_bundle;
  if (!path) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const { toConfigurationError } = await import('../configuration/connectionConfiguration.ts');
    throw await toConfigurationError({
      kind: 'caBundleUnreadable',
      message: `The CA bundle could not be read: ${reason}`,
      location: ofEnvironment ? { variable: 'AWS_CA_BUNDLE' } : createKeyLocation(name, 'ca_bundle'),
      value: path,
    });
  }
}
