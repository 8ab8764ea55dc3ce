import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AwsCredentialIdentity } from '@smithy/types';
import { ComplianceError, type FailureKind } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import type { Connection, Page, PageRequest } from '../compliance/source.ts';
import type { CredentialSource } from './credentialSource.ts';
import { Credentials } from './credentials.ts';
import { profileEndpoint } from './endpoints.ts';
import { type RequestHandlerOptions, requestHandler } from './network.ts';
import type { Pace } from './pace.ts';
import { PacedHandler } from './pacedHandler.ts';
import { type Throttled, tellThrottling } from './patience.ts';
import { type RequestOptions, requestPage } from './requests.ts';

/** Failures after which credentials are looked for anew. */
const refusals: ReadonlySet<FailureKind> = new Set(['signedOut', 'expired', 'keysRefused', 'regionOff']);

/** What every source works with. */
export interface SourceOptions extends RequestOptions {
  /** Rows that the person wants on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  readonly pace: Pace;
  readonly credentials: CredentialSource;
  readonly throttled?: Throttled;
}

/** One connection's way to AWS: its client, at the pace of its account and region. */
export class Channel {
  readonly #connection: Connection;
  readonly #client: ConfigServiceClient;
  readonly #credentials: Credentials;
  readonly #requestHandler: RequestHandlerOptions;
  readonly #options: SourceOptions;
  /** The account, once it is known: profiles that lead to it share its pace. */
  #account: string | undefined;
  #stsAnswers = false;

  private constructor(
    connection: Connection,
    endpoint: string | undefined,
    requestHandler: RequestHandlerOptions,
    options: SourceOptions,
  ) {
    const { profile, region } = connection;
    this.#connection = connection;
    this.#credentials = new Credentials(options.credentials, profile, (fresh) => this.#demandSameOwner(fresh));
    this.#requestHandler = requestHandler;
    this.#options = options;
    this.#client = new ConfigServiceClient({
      credentials: this.#credentials.provider,
      retryMode: 'adaptive',
      requestHandler: new PacedHandler(requestHandler, (signal, send) => this.#inTurn(signal, send)),
      ...(profile !== undefined && { profile }),
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
    });
    if (options.throttled) tellThrottling(this.#client, options.throttled);
  }

  static async open(connection: Connection, options: SourceOptions): Promise<Channel> {
    const { profile } = connection;
    const endpoint = await profileEndpoint(profile, 'config_service');
    return new Channel(connection, endpoint, await requestHandler(profile), options);
  }

  /** Whose the credentials are: they say it themselves, or STS does. */
  async identity(signal: AbortSignal): Promise<Scope | undefined> {
    const operation = 'GetCallerIdentity';
    const region = await this.region(operation);
    return this.#minding(operation, async () => {
      const { scopeOfCredentials } = await import('./identity.ts');
      const told = scopeOfCredentials(await this.#credentials.get(), region);
      return told ?? this.#ask(this.#credentials.provider, region, signal);
    });
  }

  /** From now on the pace is that of the scope's account. */
  own(scope: Scope): Scope {
    const { account, region } = scope;
    if (this.#account === undefined)
      this.#options.pace.join(`${this.#credentials.owner}/${region}`, `${account}/${region}`);
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
    return this.#minding(operation, () => requestPage(operation, place, this.#options, sent, read));
  }

  /** The region that is asked; `operation` is named where there is none. */
  async region(operation: string): Promise<string> {
    try {
      return await this.#client.config.region();
    } catch (thrown) {
      const { toComplianceError } = await import('./errors.ts');
      throw toComplianceError(thrown, operation);
    }
  }

  async #ask(credentials: AwsCredentialIdentity | Credentials['provider'], region: string, signal: AbortSignal) {
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
  async #inTurn<T>(signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
    const owner = this.#account ?? this.#credentials.owner;
    return this.#options.pace.run(`${owner}/${await this.#client.config.region()}`, signal, send);
  }

  /** Credentials that the service does not take may have been renewed since: the next request looks again. */
  async #minding<T>(operation: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (thrown) {
      const { toComplianceError } = await import('./errors.ts');
      const error = toComplianceError(thrown, operation);
      if (refusals.has(error.kind)) this.#credentials.forget();
      throw error;
    }
  }

  /** What has been read must never be joined by another account's: whoever holds it has to begin anew. */
  async #demandSameOwner(fresh: AwsCredentialIdentity): Promise<void> {
    const region = await this.region('GetCallerIdentity');
    const { scopeOfCredentials } = await import('./identity.ts');
    const told = scopeOfCredentials(fresh, region);
    const canAsk = this.#account !== undefined && this.#stsAnswers;
    const scope = told ?? (canAsk ? await this.#ask(fresh, region, new AbortController().signal) : undefined);
    if (scope === undefined || scope.account !== this.#account) {
      throw new ComplianceError('switched', 'The credentials have changed and may be another account’s.');
    }
  }
}
