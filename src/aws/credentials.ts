import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';

/** What a client tells of itself to the providers, such as its region. */
type ProviderOptions = Parameters<AwsCredentialIdentityProvider>[0];

/** Credentials are renewed this long before they expire, in milliseconds. */
const renewal = 5 * 60_000;

/**
 * The credentials of one connection, by the SDK's default chain or the one of a named profile: resolved once for
 * all its clients, and anew when they are about to expire or were refused. The providers are loaded when the first
 * request is signed, and the AWS files are read again each time.
 */
export class Credentials {
  readonly #profile: string | undefined;
  readonly #onRenewal: (fresh: AwsCredentialIdentity) => Promise<void>;
  #resolving: Promise<AwsCredentialIdentity> | undefined;
  #kept: AwsCredentialIdentity | undefined;
  /** The access key that was used last, also after it was refused. */
  #lastKey: string | undefined;

  /** `onRenewal` is told of credentials with another key before they are used, and may reject them. */
  constructor(profile: string | undefined, onRenewal: (fresh: AwsCredentialIdentity) => Promise<void>) {
    this.#profile = profile;
    this.#onRenewal = onRenewal;
  }

  /** What the SDK's clients take; `memoized` tells them to keep no copy of their own. */
  readonly provider = Object.assign<AwsCredentialIdentityProvider, { readonly memoized: true }>(
    (options) => this.get(options),
    { memoized: true },
  );

  /** The credentials as they are now. */
  async get(options?: ProviderOptions): Promise<AwsCredentialIdentity> {
    if (this.#kept && !isEnding(this.#kept)) return this.#kept;
    this.#resolving ??= this.#resolve(options).finally(() => {
      this.#resolving = undefined;
    });
    return this.#resolving;
  }

  /** They were refused: the next request resolves them anew. */
  forget(): void {
    this.#kept = undefined;
  }

  async #resolve(options: ProviderOptions): Promise<AwsCredentialIdentity> {
    const { fromNodeProviderChain } = await import('./providers.ts');
    // A chain keeps what it found, so each time is a chain of its own.
    const chain = fromNodeProviderChain({
      ignoreCache: true,
      ...(this.#profile !== undefined && { profile: this.#profile }),
    });
    const fresh = await chain(options);
    if (this.#lastKey !== undefined && fresh.accessKeyId !== this.#lastKey) await this.#onRenewal(fresh);
    this.#lastKey = fresh.accessKeyId;
    this.#kept = fresh;
    return fresh;
  }
}

const isEnding = ({ expiration }: AwsCredentialIdentity): boolean =>
  expiration !== undefined && expiration.getTime() - Date.now() < renewal;
