import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AwsCredentialIdentity } from '@smithy/types';
import { ComplianceError, type ErrorKind } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import type { Connection, Page, PageRequest } from '../compliance/source.ts';
import { Credentials } from './credentials/connectionCredentials.ts';
import type { CredentialSource } from './credentials/lazyCredentials.ts';
import { profileEndpoint } from './transport/endpoints.ts';
import { type RequestHandlerOptions, requestHandler } from './transport/network.ts';
import { RateLimitedHandler } from './transport/rateLimitedHandler.ts';
import type { RateLimiter } from './transport/rateLimiter.ts';
import { type RequestOptions, requestPage } from './transport/requestPage.ts';
import { reportThrottling, type ThrottleListener } from './transport/throttleReporting.ts';

/** Failures after which credentials are looked for anew. */
const refusals: ReadonlySet<ErrorKind> = new Set(['signedOut', 'expired', 'keysRefused', 'regionOff']);

/** What every source works with. */
export interface ClientOptions extends RequestOptions {
  /** Rows that the person wants on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  readonly rateLimiter: RateLimiter;
  readonly credentials: CredentialSource;
  readonly onThrottled?: ThrottleListener;
}

/** One connection's way to AWS: its client, at the pace of its account and region. */
export class ConfigClient {
  readonly #connection: Connection;
  readonly #client: ConfigServiceClient;
  readonly #credentials: Credentials;
  readonly #requestHandler: RequestHandlerOptions;
  readonly #options: ClientOptions;
  /** The account, once it is known: profiles that lead to it share its pace. */
  #account: string | undefined;
  #stsAnswers = false;

  private constructor(
    connection: Connection,
    endpoint: string | undefined,
    requestHandler: RequestHandlerOptions,
    options: ClientOptions,
  ) {
    const { profile, region } = connection;
    this.#connection = connection;
    this.#credentials = new Credentials(options.credentials, profile, (fresh) => this.#requireSameAccount(fresh));
    this.#requestHandler = requestHandler;
    this.#options = options;
    this.#client = new ConfigServiceClient({
      credentials: this.#credentials.provider,
      retryMode: 'adaptive',
      requestHandler: new RateLimitedHandler(requestHandler, (signal, send) => this.#rateLimited(signal, send)),
      ...(profile !== undefined && { profile }),
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
    });
    if (options.onThrottled) reportThrottling(this.#client, options.onThrottled);
  }

  static async open(connection: Connection, options: ClientOptions): Promise<ConfigClient> {
    const { profile } = connection;
    const endpoint = await profileEndpoint(profile, 'config_service');
    return new ConfigClient(connection, endpoint, await requestHandler(profile), options);
  }

  /** Whose the credentials are: they say it themselves, or STS does. */
  async identity(signal: AbortSignal): Promise<Scope | undefined> {
    const operation = 'GetCallerIdentity';
    const region = await this.region(operation);
    return this.#mapErrors(operation, async () => {
      const { scopeOfCredentials } = await import('./identity.ts');
      const told = scopeOfCredentials(await this.#credentials.get(), region);
      return told ?? this.#requestIdentity(this.#credentials.provider, region, signal);
    });
  }

  /** From now on the pace is that of the scope's account. */
  setAccount(scope: Scope): Scope {
    const { account, region } = scope;
    if (this.#account === undefined)
      this.#options.rateLimiter.merge(`${this.#credentials.owner}/${region}`, `${account}/${region}`);
    this.#account = account;
    return scope;
  }

  /** One page of an operation of AWS Config, when its turn has come. */
  async page<Output extends { readonly NextToken?: string | undefined }, T>(
    { signal }: PageRequest,
    operation: string,
    send: (client: ConfigServiceClient, options: { readonly abortSignal: AbortSignal }) => Promise<Output>,
    read: (output: Output) => readonly T[],
  ): Promise<Page<T>> {
    const region = await this.region(operation);
    const sent = () => send(this.#client, { abortSignal: signal });
    const place = { region, ...(this.#account !== undefined && { account: this.#account }) };
    return this.#mapErrors(operation, () => requestPage(operation, place, this.#options, sent, read));
  }

  /** The region that is asked; `operation` is named where there is none. */
  async region(operation: string): Promise<string> {
    try {
      return await this.#client.config.region();
    } catch (thrown) {
      const { toComplianceError } = await import('./transport/errors.ts');
      throw toComplianceError(thrown, operation);
    }
  }

  async #requestIdentity(
    credentials: AwsCredentialIdentity | Credentials['provider'],
    region: string,
    signal: AbortSignal,
  ) {
    const { callerScope } = await import('./identity.ts');
    const endpoint = await profileEndpoint(this.#connection.profile, 'sts');
    const config = {
      credentials,
      requestHandler: this.#requestHandler,
      region,
      ...(endpoint !== undefined && { endpoint }),
    };
    const scope = await callerScope(config, this.#options, signal);
    this.#stsAnswers = true;
    return scope;
  }

  /** Each attempt waits for its turn, with those of every profile that leads to the same account and region. */
  async #rateLimited<T>(signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
    const owner = this.#account ?? this.#credentials.owner;
    return this.#options.rateLimiter.run(`${owner}/${await this.#client.config.region()}`, signal, send);
  }

  /** Credentials that the service does not take may have been renewed since: the next request looks again. */
  async #mapErrors<T>(operation: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (thrown) {
      const { toComplianceError } = await import('./transport/errors.ts');
      const error = toComplianceError(thrown, operation);
      if (refusals.has(error.kind)) this.#credentials.forget();
      throw error;
    }
  }

  /** What has been read must never be joined by another account's: whoever holds it has to begin anew. */
  async #requireSameAccount(fresh: AwsCredentialIdentity): Promise<void> {
    const region = await this.region('GetCallerIdentity');
    const { scopeOfCredentials } = await import('./identity.ts');
    const told = scopeOfCredentials(fresh, region);
    const canAsk = this.#account !== undefined && this.#stsAnswers;
    const scope =
      told ?? (canAsk ? await this.#requestIdentity(fresh, region, new AbortController().signal) : undefined);
    if (scope === undefined || scope.account !== this.#account) {
      throw new ComplianceError('switched', 'The credentials have changed and may be another account’s.');
    }
  }
}
