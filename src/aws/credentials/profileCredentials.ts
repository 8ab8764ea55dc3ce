import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { CredentialsProviderError } from '@smithy/core/config';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { getEffectiveProfile } from '../../compliance/source.ts';
import { AwsFiles } from '../configuration/awsFiles.ts';
import { loadProfileEndpoint } from '../transport/endpoints.ts';
import { loadRequestHandlerOptions } from '../transport/network.ts';
import { limitCredentialProcesses } from './credentialProcess.ts';
import { type ProviderEvidence, sanitizeProviderError } from './providerErrors.ts';
import { SignInHandler } from './signInHandler.ts';

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
  readonly requestHandler: SignInHandler;
  /** The profile with the settings for FIPS and dual-stack endpoints. */
  readonly profile?: string;
}

/** Milliseconds. Credentials are renewed this long before they expire, or in the second half of a shorter life. */
const renewalMargin = 5 * 60_000;

/** Milliseconds between two attempts to replace credentials that cannot be resolved or do not change. */
const retryInterval = 5000;

/** Milliseconds. Many requests a second share one look at the AWS files. */
const filesMaxAge = 1000;

interface CacheEntry {
  /** Contents of the AWS files that the credentials were resolved from. */
  readonly files: string;
  /** The prompt generation in which they were requested: a manual retry resolves failed and pending ones again. */
  readonly generation: number | undefined;
  readonly credentials: Promise<AwsCredentialIdentity>;
  /** On the clock of `performance.now()`. Undefined while pending. */
  settledAt?: number;
  /** Undefined while pending and after a failure. */
  resolved?: AwsCredentialIdentity;
  /** Epoch milliseconds. Undefined while pending, after a failure, and for credentials that do not expire. */
  renewAt?: number;
}

/**
 * Caches one set of credentials per profile for all connections: a `credential_process` runs once and an MFA code is
 * requested once. A change of the AWS files takes effect within a second, and at once for a new connection.
 */
export class ProfileCredentials {
  readonly #mfa: MfaPrompt | undefined;
  readonly #cache = new Map<string | undefined, CacheEntry>();
  /** `readAt` is on the clock of `performance.now()`. */
  #files: { readonly contents: Promise<AwsFiles>; readonly readAt: number } | undefined;
  /** Each profile's last access key that AWS rejected. */
  readonly #rejectedKeys = new Map<string | undefined, string>();
  /** The generation of each profile's last MFA prompt that has not led to credentials. */
  readonly #promptedIn = new Map<string, number>();
  /** The profiles with a visible MFA prompt. */
  readonly #prompting = new Set<string>();

  constructor(mfa: MfaPrompt | undefined) {
    limitCredentialProcesses();
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
    const { fingerprint } = files;
    const generation = this.#mfa?.generation();
    const found = this.#cache.get(profile);
    const cached = found?.files === fingerprint ? found : undefined;
    const isPrompting = this.#prompting.has(getEffectiveProfile(profile, process.env));
    if (cached && isUsable(cached, openedAt, generation, isPrompting)) return cached.credentials;
    const credentials = this.#resolve(profile, files, options).catch((thrown) => {
      if (cached?.resolved && isAlive(cached.resolved)) return cached.resolved;
      throw thrown;
    });
    const entry: CacheEntry = { files: fingerprint, generation, credentials };
    this.#cache.set(profile, entry);
    const settle = (resolved?: AwsCredentialIdentity) => {
      entry.settledAt = performance.now();
      if (!resolved) return;
      entry.resolved = resolved;
      if (resolved.expiration) entry.renewAt = getRenewalTime(resolved.expiration.getTime());
    };
    credentials.then(settle, (thrown: Error & ProviderEvidence) => {
      settle();
      // The wait was long enough: the next request may start another process.
      if (thrown.processFailure === 'processTimedOut' && this.#cache.get(profile) === entry)
        this.#cache.delete(profile);
    });
    return credentials;
  }

  /**
   * Drops credentials that AWS rejected, unless another connection has already replaced them. If the profile has
   * returned rejected credentials again, they are not resolved before `retryInterval` has passed.
   */
  invalidate(profile: string | undefined, accessKeyId: string): void {
    const { resolved, settledAt = 0 } = this.#cache.get(profile) ?? {};
    if (resolved?.accessKeyId !== accessKeyId) return;
    if (this.#rejectedKeys.get(profile) === accessKeyId && performance.now() - settledAt < retryInterval) return;
    this.#rejectedKeys.set(profile, accessKeyId);
    this.#cache.delete(profile);
  }

  #readFiles(openedAt: number): Promise<AwsFiles> {
    const now = performance.now();
    if (this.#files === undefined || now - this.#files.readAt >= filesMaxAge || this.#files.readAt < openedAt) {
      this.#files = { contents: AwsFiles.load(), readAt: now };
    }
    return this.#files.contents;
  }

  async #resolve(
    profile: string | undefined,
    files: AwsFiles,
    options: ProviderOptions,
  ): Promise<AwsCredentialIdentity> {
    const name = getEffectiveProfile(profile, process.env);
    const mfa = this.#mfa;
    const requestHandler = new SignInHandler(await loadRequestHandlerOptions(profile));
    const clientConfig = { requestHandler, ...(profile !== undefined && { profile }) };
    const init = {
      ignoreCache: true,
      ...(await createClients(profile, files, clientConfig, options)),
      ...(mfa && { mfaCodeProvider: (serial: string) => this.#requestCode(mfa, name, serial) }),
    };
    // For a named profile without credentials, the default chain would fall back to the machine's own role.
    const provider = profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
    try {
      const credentials = await provider(options);
      this.#promptedIn.delete(name);
      return credentials;
    } catch (thrown) {
      throw sanitizeProviderError(thrown, name, requestHandler.failure);
    }
  }

  async #requestCode(mfa: MfaPrompt, profile: string, serial: string): Promise<string> {
    const generation = mfa.generation();
    const canPrompt = this.#promptedIn.get(profile) !== generation;
    this.#promptedIn.set(profile, generation);
    const code = canPrompt ? await this.#showPrompt(mfa, profile, serial) : undefined;
    if (code) return code;
    const text = `No MFA code was entered for profile “${profile}”. Retry or sign in to enter one.`;
    throw new CredentialsProviderError(text, { tryNextLink: false });
  }

  async #showPrompt(mfa: MfaPrompt, profile: string, serial: string): Promise<string | undefined> {
    this.#prompting.add(profile);
    try {
      return await mfa.promptForCode(profile, serial);
    } finally {
      this.#prompting.delete(profile);
    }
  }
}

/**
 * Whether a request may use what is cached, which can also be a failure. A manual retry does not wait for a process or
 * a service that does not answer, but it shows no second prompt.
 */
function isUsable(entry: CacheEntry, openedAt: number, generation: number | undefined, isPrompting: boolean): boolean {
  const { settledAt, resolved, renewAt } = entry;
  if (settledAt === undefined) return isPrompting || entry.generation === generation;
  if (renewAt !== undefined) return Date.now() < renewAt;
  if (openedAt > settledAt) return false;
  return resolved !== undefined || (entry.generation === generation && performance.now() - settledAt < retryInterval);
}

const isAlive = ({ expiration }: AwsCredentialIdentity): boolean =>
  expiration !== undefined && Date.now() < expiration.getTime();

/**
 * When to renew credentials. The intervals halve as long as renewals return the same credentials. Credentials that
 * have already expired wait as well, because this machine's clock may be wrong.
 */
function getRenewalTime(expiresAt: number): number {
  const now = Date.now();
  const retryAt = now + Math.max(retryInterval, (expiresAt - now) / 2);
  if (expiresAt <= now) return retryAt;
  return Math.min(expiresAt, Math.max(expiresAt - renewalMargin, retryAt));
}

/**
 * Creates the STS clients for roles and the configuration of the SSO clients. The default clients of the providers read
 * only the section of the profile in AWS_PROFILE, and use a region of another partition if a profile has none. SSO and
 * SSO OIDC share one endpoint, that of `sso`.
 */
async function createClients(
  profile: string | undefined,
  files: AwsFiles,
  clientConfig: ClientConfig,
  options: ProviderOptions,
) {
  const name = getEffectiveProfile(profile, process.env);
  const [sts, sso] = await Promise.all([loadProfileEndpoint(profile, 'sts'), loadProfileEndpoint(profile, 'sso')]);
  const { callerClientConfig } = options ?? {};
  const region = files.getProfile(name)?.region;
  const parentClientConfig = { ...callerClientConfig, ...(region !== undefined && { region }) };
  const client = { ...clientConfig, parentClientConfig, ...(sts !== undefined && { endpoint: sts }) };
  return {
    roleAssumer: getDefaultRoleAssumer(client),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(client),
    clientConfig: { ...clientConfig, ...(sso !== undefined && { endpoint: sso }) },
  };
}
