import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { LazyProfileCredentials } from './lazyProfileCredentials.ts';
import type { ProviderOptions } from './profileCredentials.ts';

/** Checks credentials with a new access key before their first use. Rejects if the connection must not use them. */
type KeyChangeCheck = (credentials: AwsCredentialIdentity) => Promise<void>;

/** One connection's view of its profile's credentials. Caches nothing, but notices when the access key changes. */
export class ConnectionCredentials {
  readonly #profile: string | undefined;
  readonly #profileCredentials: LazyProfileCredentials;
  readonly #checkKeyChange: KeyChangeCheck;
  /** On the clock of `performance.now()`. */
  readonly #openedAt = performance.now();
  #resolving:
    | { readonly generation: number | undefined; readonly credentials: Promise<AwsCredentialIdentity> }
    | undefined;
  /** The key that the profile returned last, accepted or not. */
  #latestKey: string | undefined;
  /** The credentials that requests were last signed with. */
  #accepted: AwsCredentialIdentity | undefined;

  constructor(profile: string | undefined, profileCredentials: LazyProfileCredentials, checkKeyChange: KeyChangeCheck) {
    this.#profile = profile;
    this.#profileCredentials = profileCredentials;
    this.#checkKeyChange = checkKeyChange;
  }

  /** For the SDK's clients. `memoized` prevents a cache of their own. */
  readonly provider = Object.assign<AwsCredentialIdentityProvider, { readonly memoized: true }>(
    (options) => this.get(options),
    { memoized: true },
  );

  /** The profile's current credentials. Concurrent calls share one check of a changed key, until a manual retry. */
  get(options?: ProviderOptions): Promise<AwsCredentialIdentity> {
    const { generation } = this.#profileCredentials;
    if (this.#resolving && this.#resolving.generation === generation) return this.#resolving.credentials;
    const resolving = {
      generation,
      credentials: this.#resolve(options).finally(() => {
        if (this.#resolving === resolving) this.#resolving = undefined;
      }),
    };
    this.#resolving = resolving;
    return resolving.credentials;
  }

  /** Undefined before the first request. */
  get accessKeyId(): string | undefined {
    return this.#accepted?.accessKeyId;
  }

  /** Drops credentials that AWS rejected: the profile may have newer ones by the next request. */
  invalidate(): void {
    if (this.#latestKey !== undefined) this.#profileCredentials.invalidate(this.#profile, this.#latestKey);
  }

  async #resolve(options: ProviderOptions): Promise<AwsCredentialIdentity> {
    const credentials = await this.#profileCredentials.get(this.#profile, this.#openedAt, options);
    this.#latestKey = credentials.accessKeyId;
    if (this.#accepted && this.#accepted.accessKeyId !== credentials.accessKeyId) {
      await this.#checkKeyChange(credentials);
    }
    this.#accepted = credentials;
    return credentials;
  }
}
