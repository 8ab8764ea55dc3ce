import { ComplianceError } from '../errors.ts';
import {
  type AggregateRow,
  type Aggregator,
  type ComplianceType,
  type Deployment,
  type Evaluation,
  isSameScope,
  type PackCount,
  type Rule,
  type Scope,
  type Score,
  type SummaryKey,
  type UnhealthySource,
} from '../model.ts';
import type {
  ComplianceSource,
  Connection,
  OpenSource,
  OrganizationSource,
  PackOrder,
  Page,
  PageRequest,
  ResourceSource,
  RowFilter,
} from '../source.ts';

/**
 * Decorates the source of a connection so that it serves one account only. Opens the source on the first request,
 * refuses requests once closed, and reports when the credentials belong to another account.
 */
export class AccountGuard implements ComplianceSource {
  readonly #connection: Connection;
  readonly #open: OpenSource;
  readonly #onAccountChange: () => void;
  #source: Promise<ComplianceSource> | undefined;
  /** The account and region that all rows belong to. */
  #boundScope: Scope | undefined;
  #isClosed = false;

  /** `onAccountChange` is called when the credentials belong to another account than the rows read so far. */
  constructor(connection: Connection, open: OpenSource, onAccountChange: () => void) {
    this.#connection = connection;
    this.#open = open;
    this.#onAccountChange = onAccountChange;
  }

  /** Binds the guard to a scope, unless it is bound already. Returns whether it is bound to this scope. */
  bindScope(scope: Scope): boolean {
    this.#boundScope ??= scope;
    return isSameScope(this.#boundScope, scope);
  }

  /** Rejects all further requests, and those in progress, with `cancelled`. */
  close(): void {
    this.#isClosed = true;
  }

  /** Rejects with `accountChanged` if the guard is bound to another scope. */
  getScope(signal: AbortSignal): Promise<Scope> {
    return this.#request(signal, async (source) => {
      const scope = await source.getScope(signal);
      if (this.bindScope(scope)) return scope;
      throw new ComplianceError('accountChanged', 'The account differs from the one in the last session.');
    });
  }

  getCallerArn(signal: AbortSignal): Promise<string> {
    return this.#request(signal, (source) => source.getCallerArn(signal));
  }

  listScores(request: PageRequest, order: PackOrder, names?: readonly string[]): Promise<Page<Score>> {
    return this.#request(request.signal, (source) => source.listScores(request, order, names));
  }

  listDeployments(request: PageRequest, names?: readonly string[]): Promise<Page<Deployment>> {
    return this.#request(request.signal, (source) => source.listDeployments(request, names));
  }

  listRules(request: PageRequest, pack: string): Promise<Page<Rule>> {
    return this.#request(request.signal, (source) => source.listRules(request, pack));
  }

  listEvaluations(request: PageRequest, pack: string, compliance: ComplianceType): Promise<Page<Evaluation>> {
    return this.#request(request.signal, (source) => source.listEvaluations(request, pack, compliance));
  }

  listAggregators(request: PageRequest): Promise<Page<Aggregator>> {
    return this.#request(request.signal, (source) => source.listAggregators(request));
  }

  listUnhealthySources(request: PageRequest, aggregator: string): Promise<Page<UnhealthySource>> {
    return this.#request(request.signal, (source) => source.listUnhealthySources(request, aggregator));
  }

  listPackCounts(
    request: PageRequest,
    aggregator: string,
    by: SummaryKey,
    filter: RowFilter,
  ): Promise<Page<PackCount>> {
    return this.#request(request.signal, (source) => source.listPackCounts(request, aggregator, by, filter));
  }

  listRows(request: PageRequest, aggregator: string, filter: RowFilter): Promise<Page<AggregateRow>> {
    return this.#request(request.signal, (source) => source.listRows(request, aggregator, filter));
  }

  listOrganizationPackNames(request: PageRequest, pack: string, account: string): Promise<Page<string>> {
    return this.#request(request.signal, (source) => source.listOrganizationPackNames(request, pack, account));
  }

  requestOrganization<T>(signal: AbortSignal, send: (source: OrganizationSource) => Promise<T>): Promise<T> {
    return this.#request(signal, (source) => source.requestOrganization(signal, send));
  }

  requestResources<T>(signal: AbortSignal, send: (source: ResourceSource) => Promise<T>): Promise<T> {
    return this.#request(signal, (source) => source.requestResources(signal, send));
  }

  async #request<T>(signal: AbortSignal, send: (source: ComplianceSource) => Promise<T>): Promise<T> {
    try {
      const source = await this.#openOnce();
      signal.throwIfAborted();
      this.#requireOpen();
      const response = await send(source);
      this.#requireOpen();
      return response;
    } catch (thrown) {
      if (!this.#isClosed && thrown instanceof ComplianceError && thrown.kind === 'accountChanged')
        this.#onAccountChange();
      throw thrown;
    }
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new ComplianceError('cancelled', 'The connection was closed.');
  }

  /** A failed attempt to open the source is repeated by the next request. */
  #openOnce(): Promise<ComplianceSource> {
    this.#source ??= this.#open(this.#connection).catch((thrown) => {
      this.#source = undefined;
      throw thrown;
    });
    return this.#source;
  }
}
