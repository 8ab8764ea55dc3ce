import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Scope } from '../compliance/model.ts';
import type { Connection, Page, PageRequest } from '../compliance/source.ts';
import { credentialChain } from './credentials.ts';
import { profileEndpoint } from './endpoints.ts';
import { type RequestHandlerOptions, requestHandler } from './network.ts';
import type { Pace } from './pace.ts';
import { type Throttled, tellThrottling } from './patience.ts';
import { type RequestOptions, requestPage } from './requests.ts';

/** What every source works with. */
export interface SourceOptions extends RequestOptions {
  /** Rows that the person wants on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  readonly pace: Pace;
  readonly throttled?: Throttled;
}

/** One connection's way to AWS: its client, at the pace of its account and region. */
export class Channel {
  readonly #connection: Connection;
  readonly #client: ConfigServiceClient;
  readonly #credentials: AwsCredentialIdentityProvider;
  readonly #requestHandler: RequestHandlerOptions;
  readonly #options: SourceOptions;
  /** The account, once it is known: profiles that lead to it share its pace. */
  #account: string | undefined;

  private constructor(
    connection: Connection,
    endpoint: string | undefined,
    requestHandler: RequestHandlerOptions,
    options: SourceOptions,
  ) {
    const { profile, region } = connection;
    this.#connection = connection;
    this.#credentials = credentialChain(profile, requestHandler);
    this.#requestHandler = requestHandler;
    this.#options = options;
    this.#client = new ConfigServiceClient({
      credentials: this.#credentials,
      retryMode: 'adaptive',
      requestHandler,
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

  /** Whose the credentials are, by STS. */
  async identity(signal: AbortSignal): Promise<Scope | undefined> {
    const { callerScope } = await import('./identity.ts');
    const region = await this.region('GetCallerIdentity');
    const endpoint = await profileEndpoint(this.#connection.profile, 'sts');
    const client = {
      credentials: this.#credentials,
      requestHandler: this.#requestHandler,
      region,
      ...(endpoint !== undefined && { endpoint }),
    };
    return callerScope(client, this.#options, signal);
  }

  /** From now on the pace is that of the scope's account. */
  own(scope: Scope): Scope {
    this.#account = scope.account;
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
    const owner = this.#account ?? this.#connection.profile ?? '';
    const sent = () => send(this.#client, { abortSignal: signal });
    const place = { region, ...(this.#account !== undefined && { account: this.#account }) };
    return this.#options.pace.run(`${owner}/${region}`, signal, () =>
      requestPage(operation, place, this.#options, sent, read),
    );
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
}
