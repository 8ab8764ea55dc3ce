import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { CredentialsProviderError, loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { getEffectiveProfile } from '../../compliance/source.ts';
import { loadProfileEndpoint } from '../transport/endpoints.ts';
import { loadRequestHandlerOptions, type RequestHandlerOptions } from '../transport/network.ts';
import { sanitizeProviderError } from './providerErrors.ts';

/** Prompts the user for MFA codes. */
export interface MfaPrompt {
  /** Resolves to the code that the device shows, or undefined if the user cancels. */
  readonly promptForCode: (profile: string, serial: string) => Promise<string | undefined>;
  /** Incremented on every manual retry. Each profile may show one prompt per generation. */
  readonly generation: () => number;
}

/** What the SDK's clients pass to providers, such as their region. */
export type ProviderOptions = Parameters<AwsCredentialIdentityProvider>[0];

/** Configuration of the providers' own clients. */
interface ClientConfig {
  readonly requestHandler: RequestHandlerOptions;
}

/** Milliseconds. Credentials are resolved again this long before they expire. */
const renewalMargin = 5 * 60_000;

/** Milliseconds. Many requests a second share one look at the AWS files. */
const filesMaxAge = 1000;

interface CacheEntry {
  /** Contents of the AWS files that the credentials were resolved from. */
  readonly files: string;
  readonly credentials: Promise<AwsCredentialIdentity>;
  /** Epoch milliseconds; infinite while pending and for credentials that do not expire. */
  validUntil: number;
  /** When they were resolved, on the clock of `performance.now()`; infinite while pending. */
  resolvedAt: number;
  /** Undefined while pending. */
  accessKeyId?: string;
}

/**
 * Caches one set of credentials per profile for all connections: a `credential_process` runs once and an MFA code is
 * requested once. A change of the AWS files takes effect within a second, and at once for a new connection.
 */
export class ProfileCredentials {
  readonly #mfa: MfaPrompt | undefined;
  readonly #cache = new Map<string | undefined, CacheEntry>();
  /** `readAt` is on the clock of `performance.now()`. */
  #files: { readonly contents: Promise<string>; readonly readAt: number } | undefined;
  /** The generation of each profile's last MFA prompt that has not led to credentials. */
  readonly #promptedIn = new Map<string, number>();

  constructor(mfa: MfaPrompt | undefined) {
    this.#mfa = mfa;
  }

  /**
   * The credentials of a named profile, or of the default chain. Errors are the providers' own. Credentials that do not
   * expire may be replaced without a trace (environment variables, the output of a process), so a connection opened
   * after they were resolved gets them resolved again.
   *
   * @param openedAt When the connection was opened, on the clock of `performance.now()`.
   */
  async get(profile: string | undefined, openedAt: number, options: ProviderOptions): Promise<AwsCredentialIdentity> {
    const files = await this.#readFiles(openedAt);
    const cached = this.#cache.get(profile);
    if (cached?.files === files && isValid(cached, openedAt)) return cached.credentials;
    const entry: CacheEntry = {
      files,
      credentials: this.#resolve(profile, options),
      validUntil: Number.POSITIVE_INFINITY,
      resolvedAt: Number.POSITIVE_INFINITY,
    };
    this.#cache.set(profile, entry);
    entry.credentials.then(
      ({ expiration, accessKeyId }) => {
        entry.accessKeyId = accessKeyId;
        entry.resolvedAt = performance.now();
        if (expiration) entry.validUntil = expiration.getTime() - renewalMargin;
      },
      () => {
        entry.validUntil = 0;
      },
    );
    return entry.credentials;
  }

  /** Drops credentials that AWS rejected, unless another connection has already replaced them. */
  invalidate(profile: string | undefined, accessKeyId: string): void {
    if (this.#cache.get(profile)?.accessKeyId === accessKeyId) this.#cache.delete(profile);
  }

  #readFiles(openedAt: number): Promise<string> {
    const now = performance.now();
    if (this.#files === undefined || now - this.#files.readAt >= filesMaxAge || this.#files.readAt < openedAt) {
      this.#files = {
        contents: loadSharedConfigFiles({ ignoreCache: true }).then((files) => JSON.stringify(files)),
        readAt: now,
      };
    }
    return this.#files.contents;
  }

  async #resolve(profile: string | undefined, options: ProviderOptions): Promise<AwsCredentialIdentity> {
    const name = getEffectiveProfile(profile, process.env);
    const mfa = this.#mfa;
    const clientConfig = { requestHandler: await loadRequestHandlerOptions(profile) };
    const init = {
      ignoreCache: true,
      clientConfig,
      ...(mfa && { mfaCodeProvider: (serial: string) => this.#requestCode(mfa, name, serial) }),
    };
    // For a named profile without credentials, the default chain would fall back to the machine's own role.
    const provider =
      profile === undefined
        ? fromNodeProviderChain(init)
        : fromIni({ ...init, profile, ...(await loadEndpointOptions(profile, clientConfig, options)) });
    try {
      const credentials = await provider(options);
      this.#promptedIn.delete(name);
      return credentials;
    } catch (thrown) {
      throw sanitizeProviderError(thrown, name);
    }
  }

  async #requestCode(mfa: MfaPrompt, profile: string, serial: string): Promise<string> {
    const generation = mfa.generation();
    const canPrompt = this.#promptedIn.get(profile) !== generation;
    this.#promptedIn.set(profile, generation);
    const code = canPrompt ? await mfa.promptForCode(profile, serial) : undefined;
    if (code) return code;
    const text = `No MFA code was entered for profile “${profile}”. Retry or sign in to enter one.`;
    throw new CredentialsProviderError(text, { tryNextLink: false });
  }
}

const isValid = ({ validUntil, resolvedAt }: CacheEntry, openedAt: number): boolean =>
  Number.isFinite(validUntil) ? Date.now() < validUntil : openedAt <= resolvedAt;

/**
 * The endpoints that a profile's section sets for STS and SSO. The providers' own clients read only the section of the
 * profile in AWS_PROFILE. SSO and SSO OIDC accept only one endpoint for both, that of `sso`.
 */
async function loadEndpointOptions(profile: string, clientConfig: ClientConfig, options: ProviderOptions) {
  const [sts, sso] = await Promise.all([loadProfileEndpoint(profile, 'sts'), loadProfileEndpoint(profile, 'sso')]);
  if (sts === undefined && sso === undefined) return {};
  const { configFile } = await loadSharedConfigFiles();
  const { callerClientConfig } = options ?? {};
  const region = configFile[profile]?.region;
  const parentClientConfig = { ...callerClientConfig, ...(region !== undefined && { region }) };
  const client = { ...clientConfig, parentClientConfig, ...(sts !== undefined && { endpoint: sts }) };
  return {
    roleAssumer: getDefaultRoleAssumer(client),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(client),
    ...(sso !== undefined && { clientConfig: { ...clientConfig, endpoint: sso } }),
  };
}
