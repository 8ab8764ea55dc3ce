import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { ComplianceError } from '../../compliance/errors.ts';

/** How requests go out, as the SDK's clients and credential providers take it. */
export interface RequestHandlerOptions {
  /** Milliseconds. */
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly throwOnRequestTimeout: boolean;
  readonly httpsAgent?: { readonly ca: string[] };
}

/**
 * How a profile's requests go out. Proxies and the system's certificates are VS Code's: it puts them into Node's own
 * `request`. What it does not know is the CA bundle that AWS_CA_BUNDLE or the profile names; the SDK does not either.
 */
export async function requestHandler(profile: string | undefined): Promise<RequestHandlerOptions> {
  const bundle = await caBundle(profile);
  return {
    // Without these a connection that has gone silent would load for ever.
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
    ...(bundle !== undefined && { httpsAgent: { ca: [...getCACertificates('default'), bundle] } }),
  };
}

async function caBundle(profile: string | undefined): Promise<string | undefined> {
  const path = process.env.AWS_CA_BUNDLE || (await ownBundle(profile));
  if (!path) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ComplianceError('network', `The CA bundle could not be read: ${reason}`, { obstacle: 'certificate' });
  }
}

async function ownBundle(profile = process.env.AWS_PROFILE || 'default'): Promise<string | undefined> {
  const { configFile } = await loadSharedConfigFiles({ ignoreCache: true });
  return configFile[profile]?.ca_bundle;
}

/** Host and port of the proxy that the setting or the environment names, without the sign-in that may stand there. */
export function proxyHost(setting: string | undefined): string | undefined {
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY } = process.env;
  const named = setting || https_proxy || HTTPS_PROXY || http_proxy || HTTP_PROXY;
  return named === undefined ? undefined : (URL.parse(named)?.host ?? undefined);
}
