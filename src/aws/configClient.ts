import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AwsCredentialIdentity } from '@smithy/types';
import { ComplianceError, type ErrorKind } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import type { Connection, Page } from '../compliance/source.ts';
import type { ConnectionOptions } from './connectionOptions.ts';
import { ConnectionCredentials } from './credentials/connectionCredentials.ts';
import type { LazyProfileCredentials } from './credentials/lazyProfileCredentials.ts';
import type { SourceSettings } from './sourceSettings.ts';
import { toScope } from './toScope.ts';
import { LenientProtocol } from './transport/lenientProtocol.ts';
import { RateLimitedHandler } from './transport/rateLimitedHandler.ts';
import type { RateLimiter } from './transport/rateLimiter.ts';
import { requestPage } from './transport/requestPage.ts';
import { reportThrottling } from './transport/throttleReporting.ts';

/** What all connections share. */
export interface SharedResources {
  readonly settings: SourceSettings;
  readonly rateLimiter: RateLimiter;
  readonly profileCredentials: LazyProfileCredentials;
}

/** How often the SDK sends a request; by default as often as the AWS files and the environment say. */
interface RetryOptions {
  readonly maxAttempts?: number;
}

/** Sends one request with the SDK's client. */
export type Send<Output> = (
  client: ConfigServiceClient,
  options: { readonly abortSignal: AbortSignal },
) => Promise<Output>;

/** Errors that new credentials may resolve. */
const credentialErrorKinds: ReadonlySet<ErrorKind> = new Set([
  'signedOut',
  'expired',
  'credentialsRejected',
  'credentialsOrRegionRejected',
  'regionDisabled',
]);

const identityOperation = 'GetCallerIdentity';

/** One connection's client for AWS Config and STS. Signs, sends and logs requests, and limits the rate of those to AWS Config. */
export class ConfigClient {
  readonly #profile: string | undefined;
  readonly #credentials: ConnectionCredentials;
  readonly #options: ConnectionOptions;
  readonly #settings: SourceSettings;
  readonly #rateLimiter: RateLimiter;
  readonly #sdkClient: ConfigServiceClient;
  /** Undefined until `setAccount` is called. */
  #account: string | undefined;
  /** What STS returned for the current access key. */
  #identity: { readonly accessKeyId: string; readonly scope: Scope } | undefined;
  /** The accounts that STS and the ARNs of responses have named. */
  readonly #namedAccounts = new Set<string>();

  constructor(
    { profile }: Connection,
    options: ConnectionOptions,
    { settings, rateLimiter, profileCredentials }: SharedResources,
    { maxAttempts }: RetryOptions = {},
  ) {
    this.#profile = profile;
    this.#credentials = new ConnectionCredentials(profile, profileCredentials, (credentials) =>
      this.#requireSameAccount(credentials),
    );
    this.#options = options;
    this.#settings = settings;
    this.#rateLimiter = rateLimiter;
    const { region, endpoint, requestHandlerOptions } = options;
    this.#sdkClient = new ConfigServiceClient({
      credentials: this.#credentials.provider,
      retryMode: 'adaptive',
      protocol: LenientProtocol,
      requestHandler: new RateLimitedHandler(requestHandlerOptions, (signal, send) => this.#schedule(signal, send)),
      ...(profile !== undefined && { profile }),
      ...(maxAttempts !== undefined && { maxAttempts }),
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
    });
    const onThrottled = (sdkRegion: string) => this.#rateLimiter.recordThrottling(this.#getRateKey(sdkRegion));
    reportThrottling(this.#sdkClient, onThrottled, settings.onThrottled);
  }

  /** Loads the options of the connection. Rejects if the AWS files or the environment have unusable values. */
  static async open(
    connection: Connection,
    shared: SharedResources,
    retryOptions?: RetryOptions,
  ): Promise<ConfigClient> {
    const { loadConnectionOptions } = await import('./connectionOptions.ts');
    return new ConfigClient(connection, await loadConnectionOptions(connection), shared, retryOptions);
  }

  /** Requests one page of an AWS Config operation and converts it to items. */
  async fetchPage<Output extends { readonly NextToken?: string | undefined }, T>(
    operation: string,
    send: Send<Output>,
    toItems: (output: Output) => readonly T[],
    abortSignal: AbortSignal,
  ): Promise<Page<T>> {
    this.#requireOneAccount();
    const region = await this.region(operation);
    const context = { operation, region, account: this.#account };
    return this.#invalidateCredentialsOnRejection(() =>
      requestPage(context, this.#settings, () => send(this.#sdkClient, { abortSignal }), toItems).catch(
        async (thrown) => {
          throw await this.#explainRejection(thrown, abortSignal);
        },
      ),
    );
  }

  /** The account and region of the credentials in use, as STS reports them. */
  requestScope(signal: AbortSignal): Promise<Scope> {
    return this.#invalidateCredentialsOnRejection(async () => {
      // Reports a missing region before a missing sign-in.
      await this.region(identityOperation);
      const credentials = await convertErrors(identityOperation, () => this.#getCredentials());
      const scope = await this.#requestCallerScope(credentials, signal);
      this.setAccount(scope);
      return scope;
    });
  }

  /** The ARN of the credentials in use, as STS reports it now. */
  requestCallerArn(signal: AbortSignal): Promise<string> {
    return this.#invalidateCredentialsOnRejection(async () => {
      const credentials = await convertErrors(identityOperation, () => this.#getCredentials());
      const { requestCaller } = await import('./identity.ts');
      return (await requestCaller(await this.#createStsConfig(credentials), this.#settings, signal)).arn;
    });
  }

  /** Moves this connection's requests to the rate limit that all connections to the account share. */
  setAccount({ account, region }: Scope): void {
    this.#requireOneAccount(account);
    if (this.#account === undefined) {
      this.#rateLimiter.merge(`${this.#credentials.accessKeyId}/${region}`, `${account}/${region}`);
    }
    this.#account = account;
  }

  /** Returns the items of a response, unless their ARNs name another account than that of the connection. */
  requireOwn<T extends { readonly arn: string | undefined }>(items: readonly T[]): readonly T[] {
    for (const { arn } of items) this.#requireOneAccount(toScope(arn, '')?.account);
    return items;
  }

  /** The region that requests go to. An error names `operation`. */
  region(operation: string): Promise<string> {
    return convertErrors(operation, () => this.#sdkClient.config.region());
  }

  /** Asks STS once per access key. */
  async #requestCallerScope(credentials: AwsCredentialIdentity, signal: AbortSignal): Promise<Scope> {
    const { accessKeyId } = credentials;
    if (this.#identity?.accessKeyId === accessKeyId) return this.#identity.scope;
    const { requestCaller } = await import('./identity.ts');
    const { scope } = await requestCaller(await this.#createStsConfig(credentials), this.#settings, signal);
    this.#identity = { accessKeyId, scope };
    return scope;
  }

  /** Asks STS why AWS Config rejects the credentials. Other errors need no explanation. */
  async #explainRejection(thrown: unknown, signal: AbortSignal): Promise<unknown> {
    const { explainRejection, isRejection } = await import('./identity.ts');
    if (!isRejection(thrown)) return thrown;
    const config = await this.#createStsConfig(await this.#getCredentials());
    return explainRejection(thrown, config, this.#settings, signal);
  }

  /** Providers get the same options as from the SDK: they use its region where the profile has none. */
  #getCredentials(): Promise<AwsCredentialIdentity> {
    return this.#credentials.get({ callerClientConfig: this.#sdkClient.config });
  }

  async #createStsConfig(credentials: AwsCredentialIdentity) {
    const region = await this.region(identityOperation);
    const { stsEndpoint: endpoint, requestHandlerOptions: requestHandler } = this.#options;
    const { useFipsEndpoint, useDualstackEndpoint } = this.#sdkClient.config;
    const config = { credentials, requestHandler, region, useFipsEndpoint, useDualstackEndpoint };
    return { ...config, ...(endpoint !== undefined && { endpoint }) };
  }

  /** Runs every attempt of a request within the rate limit of its account and region. */
  async #schedule<T>(signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
    return this.#rateLimiter.run(this.#getRateKey(await this.#sdkClient.config.region()), signal, send);
  }

  #getRateKey(region: string): string {
    return `${this.#account ?? this.#credentials.accessKeyId}/${region}`;
  }

  /** After a rejection, the next request resolves the credentials again: they may have been renewed. */
  async #invalidateCredentialsOnRejection<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (thrown) {
      if (!(thrown instanceof ComplianceError && credentialErrorKinds.has(thrown.kind))) throw thrown;
      this.#credentials.invalidate();
      const { addOrigin } = await import('./credentials/environmentOrigin.ts');
      throw addOrigin(thrown, this.#profile);
    }
  }

  /**
   * Never mix two accounts' rows: a new access key must belong to the account of the rows already read. Only STS can
   * tell; an account ID in the environment or in a profile may belong to other keys.
   */
  async #requireSameAccount(credentials: AwsCredentialIdentity): Promise<void> {
    const scope = this.#identity && (await this.#requestCallerScope(credentials, new AbortController().signal));
    if (scope === undefined || scope.account !== this.#account) {
      throw new ComplianceError('accountChanged', 'The credentials changed and may belong to another account.');
    }
  }

  /** Once STS and responses have named two accounts, nobody knows where rows belong: all requests fail. */
  #requireOneAccount(account?: string): void {
    if (account !== undefined) this.#namedAccounts.add(account);
    if (this.#namedAccounts.size < 2) return;
    throw new ComplianceError('accountMismatch', `AWS named the accounts ${[...this.#namedAccounts].join(' and ')}.`);
  }
}

/** Converts errors that the SDK throws outside of a request. */
async function convertErrors<T>(operation: string, resolve: () => Promise<T>): Promise<T> {
  try {
    return await resolve();
  } catch (thrown) {
    const { toComplianceError } = await import('./transport/errorClassification.ts');
    throw toComplianceError(thrown, { operation });
  }
}
