import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { isSignedOut } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import type { Connection, Page, PageRequest, RequestLog } from '../compliance/source.ts';
import type { Credentials } from './credentials.ts';
import { profileEndpoint } from './endpoints.ts';
import { toComplianceError } from './errors.ts';
import { callerScope } from './identity.ts';
import type { Pace } from './pace.ts';
import { requestPage } from './requests.ts';

/** What every source works with. */
export interface SourceOptions {
  /** Rows that the person wants on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  readonly pace: Pace;
  readonly credentials: Credentials;
  readonly log: RequestLog;
}

/** One connection's way to AWS: its client, at the pace of its account and region. */
export class Channel {
  readonly #connection: Connection;
  readonly #client: ConfigServiceClient;
  readonly #credentials: AwsCredentialIdentityProvider;
  readonly #options: SourceOptions;
  /** The account, once it is known: profiles that lead to it share its pace. */
  #account: string | undefined;

  private constructor(connection: Connection, endpoint: string | undefined, options: SourceOptions) {
    const { profile, region } = connection;
    this.#connection = connection;
    this.#credentials = options.credentials.of(profile);
    this.#options = options;
    this.#client = new ConfigServiceClient({
      credentials: this.#credentials,
      retryMode: 'adaptive',
      // Without these a connection that has gone silent would load for ever.
      requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
      ...(profile !== undefined && { profile }),
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
    });
  }

  static async open(connection: Connection, options: SourceOptions): Promise<Channel> {
    return new Channel(connection, await profileEndpoint(connection.profile, 'config_service'), options);
  }

  /** Whose the credentials are, by STS. */
  async identity(signal: AbortSignal): Promise<Scope | undefined> {
    const region = await this.region('GetCallerIdentity');
    const endpoint = await profileEndpoint(this.#connection.profile, 'sts');
    const client = { credentials: this.#credentials, region, ...(endpoint !== undefined && { endpoint }) };
    return this.#forgetting(callerScope(client, this.#options.log, signal));
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
    const { pace, log } = this.#options;
    const owner = this.#account ?? this.#connection.profile ?? '';
    const sent = () => send(this.#client, { abortSignal: signal });
    const asked = pace.run(`${owner}/${region}`, signal, () => requestPage(operation, region, log, sent, read));
    return this.#forgetting(asked);
  }

  /** Credentials that have expired are given to nobody any longer, whatever end they were said to have. */
  async #forgetting<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (thrown) {
      if (isSignedOut(thrown)) this.#options.credentials.forget(this.#connection.profile);
      throw thrown;
    }
  }

  /** The region that is asked; `operation` is named where there is none. */
  async region(operation: string): Promise<string> {
    try {
      return await this.#client.config.region();
    } catch (thrown) {
      throw toComplianceError(thrown, operation);
    }
  }
}
