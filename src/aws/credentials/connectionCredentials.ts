import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { CredentialSource } from './lazyCredentials.ts';
import type { ProviderOptions } from './profileCredentials.ts';

/** Credentials are renewed this long before they expire, in milliseconds. */
const renewal = 5 * 60_000;

/**
 * The credentials of one connection, resolved once for all its clients, and anew when they are about to expire or
 * were refused.
 */
export class Credentials {
  readonly #source: CredentialSource;
  readonly #profile: string | undefined;
  readonly #onRenewal: (fresh: AwsCredentialIdentity) => Promise<void>;
  #resolving: Promise<AwsCredentialIdentity> | undefined;
  #kept: AwsCredentialIdentity | undefined;
  /** The access key that was used last, also after it was refused. */
  #lastKey: string | undefined;

  /** `onRenewal` is told of credentials with another key before they are used, and may reject them. */
  constructor(
    source: CredentialSource,
    profile: string | undefined,
    onRenewal: (fresh: AwsCredentialIdentity) => Promise<void>,
  ) {
    this.#source = source;
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

  /** The account that they belong to, where they say so, else their key; undefined before they were first resolved. */
  get owner(): string | undefined {
    return this.#kept?.accountId ?? this.#lastKey;
  }

  /** They were refused: the next request resolves them anew. */
  forget(): void {
    this.#kept = undefined;
    if (this.#lastKey !== undefined) this.#source.forget(this.#profile, this.#lastKey);
  }

  async #resolve(options: ProviderOptions): Promise<AwsCredentialIdentity> {
    const fresh = await this.#source.get(this.#profile, options);
    if (this.#lastKey !== undefined && fresh.accessKeyId !== this.#lastKey) await this.#onRenewal(fresh);
    this.#lastKey = fresh.accessKeyId;
    this.#kept = fresh;
    return fresh;
  }
}

const isEnding = ({ expiration }: AwsCredentialIdentity): boolean =>
  expiration !== undefined && expiration.getTime() - Date.now() < renewal;
