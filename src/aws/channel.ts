import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AwsCredentialIdentity } from '@smithy/types';
import { ComplianceError, type FailureKind } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import type { Connection, Page, PageRequest, RequestLog } from '../compliance/source.ts';
import { Credentials } from './credentials.ts';
import { profileEndpoint } from './endpoints.ts';
import { toComplianceError } from './errors.ts';
import { callerScope, scopeOfCredentials } from './identity.ts';
import type { Pace } from './pace.ts';
import { requestPage } from './requests.ts';

/** Failures after which credentials are looked for anew. */
const refusals: ReadonlySet<FailureKind> = new Set(['signedOut', 'expired', 'regionOff']);

/** What every source works with. */
export interface SourceOptions {
  /** Rows that the person wants on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  readonly pace: Pace;
  readonly log: RequestLog;
}

/** One connection's way to AWS: its client, at the pace of its account and region. */
export class Channel {
  readonly #connection: Connection;
  readonly #client: ConfigServiceClient;
  readonly #credentials: Credentials;
  readonly #options: SourceOptions;
  /** The account, once it is known: profiles that lead to it share its pace. */
  #account: string | undefined;
  #stsAnswers = false;

  private constructor(connection: Connection, endpoint: string | undefined, options: SourceOptions) {
    const { profile, region } = connection;
    this.#connection = connection;
    this.#credentials = new Credentials(profile, (fresh) => this.#demandSameOwner(fresh));
    this.#options = options;
    this.#client = new ConfigServiceClient({
      credentials: this.#credentials.provider,
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

  /** Whose the credentials are: they say it themselves, or STS does. */
  async identity(signal: AbortSignal): Promise<Scope | undefined> {
    const operation = 'GetCallerIdentity';
    const region = await this.region(operation);
    try {
      return (
        scopeOfCredentials(await this.#credentials.get(), region) ??
        (await this.#ask(this.#credentials.provider, region, signal))
      );
    } catch (thrown) {
      throw this.#refused(toComplianceError(thrown, operation));
    }
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
    try {
      return await pace.run(`${owner}/${region}`, signal, () => requestPage(operation, region, log, sent, read));
    } catch (thrown) {
      throw this.#refused(toComplianceError(thrown, operation));
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

  async #ask(credentials: AwsCredentialIdentity | Credentials['provider'], region: string, signal: AbortSignal) {
    const endpoint = await profileEndpoint(this.#connection.profile, 'sts');
    const config = { credentials, region, ...(endpoint !== undefined && { endpoint }) };
    const scope = await callerScope(config, this.#options.log, signal);
    this.#stsAnswers = true;
    return scope;
  }

  /** Credentials that the service does not take may have been renewed since: the next request looks again. */
  #refused(error: ComplianceError): ComplianceError {
    if (refusals.has(error.kind)) this.#credentials.forget();
    return error;
  }

  /** What has been read must never be joined by another account's: whoever holds it has to begin anew. */
  async #demandSameOwner(fresh: AwsCredentialIdentity): Promise<void> {
    const region = await this.region('GetCallerIdentity');
    const told = scopeOfCredentials(fresh, region);
    const canAsk = this.#account !== undefined && this.#stsAnswers;
    const scope = told ?? (canAsk ? await this.#ask(fresh, region, new AbortController().signal) : undefined);
    if (scope === undefined || scope.account !== this.#account) {
      throw new ComplianceError('switched', 'The credentials have changed and may be another account’s.');
    }
  }
}
