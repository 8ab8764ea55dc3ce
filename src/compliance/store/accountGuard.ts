import { ComplianceError } from '../errors.ts';
import type { Scope } from '../model.ts';
import type { List } from '../paging/list.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { Fetch } from '../paging/pages.ts';
import type { ComplianceSource, Connection, OpenSource, Page } from '../source.ts';
import type { ListSnapshots } from './listCache.ts';
import type { ConnectionSnapshot, RestoredSnapshot, SnapshotStorage } from './snapshots.ts';

/** What a connection's source needs from outside. */
export interface GuardOptions {
  /** Opens the source; called once, when something is first asked. */
  readonly open: OpenSource;
  /** Told of every list whose load starts, brings rows or ends. */
  readonly onChange: (list: List<unknown>) => void;
  /** Told when the connection turns out to be another account's than its rows. */
  readonly onSwitch: () => void;
  /** What earlier sessions knew; loaded when the connection is first looked at. */
  readonly snapshots?: () => Promise<SnapshotStorage>;
}

/** The lists that are shown of a connection, as one that comes to know whose it is has to do with them. */
export interface SnapshotHost {
  /** What they show, by question. */
  snapshot(): ListSnapshots;
  /** They show what an earlier session kept, until the service has answered. */
  restore(earlier: ListSnapshots): void;
  /** Whether nothing has been read yet. */
  areUnread(): boolean;
}

/**
 * One connection's source, whose answers are one account's alone: what an earlier session knew is shown only to
 * the account it came from, and nothing is asked or kept once the connection has been given up.
 */
export class AccountGuard {
  readonly connection: Connection;
  /** Whose account and which region the connection is: a list of one. */
  readonly scope: PagedList<Scope>;
  readonly #options: GuardOptions;
  readonly #lists: SnapshotHost;
  #source: Promise<ComplianceSource> | undefined;
  #memory: SnapshotStorage | undefined;
  /** What an earlier session knew, until it turns out to be of another account. */
  #earlier: RestoredSnapshot | undefined;
  /** Whose the connection is, once it has been asked in this session. */
  #owner: Scope | undefined;
  #hasEnded = false;

  constructor(connection: Connection, options: GuardOptions, lists: SnapshotHost) {
    this.connection = connection;
    this.#options = options;
    this.#lists = lists;
    this.scope = new PagedList(
      async ({ signal }) => ({ items: [await this.#identify(signal)], next: undefined }),
      ({ account, region }) => `${account}/${region}`,
      () => this.changed(this.scope),
    );
    void this.#recall();
  }

  /** Keeps what is known now, where a list has changed, and tells of it. */
  changed(list: List<unknown>): void {
    const owner = list.state === 'loading' || this.#hasEnded ? undefined : this.#owner;
    if (owner) this.#memory?.save(this.connection, () => this.#remembered(owner));
    this.#options.onChange(list);
  }

  /** From now on nothing is asked, nor kept. */
  close(): void {
    this.#hasEnded = true;
  }

  /** Asks for pages of the owner's. */
  fetch<T>(ask: (source: ComplianceSource, request: Parameters<Fetch<T>>[0]) => Promise<Page<T>>): Fetch<T> {
    return async (request) => {
      const page = await this.#asked(request.signal, (source) => ask(source, request));
      if (this.scope.isRestored) await this.#demandIdentity();
      return page;
    };
  }

  /** Shows what an earlier session knew; where the credentials may be others than then, once it is known whose they are. */
  async #recall(): Promise<void> {
    const memory = await this.#options.snapshots?.();
    const earlier = await memory?.restore(this.connection);
    this.#memory = memory;
    if (!earlier) return;
    const { scope, savedAt, sameCredentials } = earlier;
    const isFirst = this.scope.readAt === undefined && this.#lists.areUnread();
    this.#earlier = earlier;
    if (this.#owner) this.#compare(this.#owner);
    else if (sameCredentials && isFirst) {
      this.scope.restore([{ rows: [scope], complete: true, readAt: savedAt }]);
      this.#lists.restore(earlier.lists);
    }
    this.#options.onChange(this.scope);
  }

  async #identify(signal: AbortSignal): Promise<Scope> {
    const scope = await this.#asked(signal, (source) => source.scope(signal));
    this.#owner = scope;
    this.#compare(scope);
    return scope;
  }

  /** What an earlier session knew is shown on only where it was of the owner. */
  #compare(owner: Scope): void {
    if (!this.#earlier) return;
    const { scope, lists } = this.#earlier;
    if (scope.account === owner.account && scope.region === owner.region) {
      this.#lists.restore(lists);
      return;
    }
    this.#earlier = undefined;
    this.#memory?.remove(this.connection);
    if (this.scope.isRestored) {
      throw this.#switched(new ComplianceError('switched', 'The account is another than in the last session.'));
    }
  }

  #remembered(scope: Scope): ConnectionSnapshot {
    return { scope, lists: { ...this.#earlier?.lists, ...this.#lists.snapshot() } };
  }

  #open(): Promise<ComplianceSource> {
    this.#source ??= this.#options.open(this.connection).catch((thrown) => {
      this.#source = undefined;
      throw thrown;
    });
    return this.#source;
  }

  async #asked<T>(signal: AbortSignal, ask: (source: ComplianceSource) => Promise<T>): Promise<T> {
    try {
      const source = await this.#open();
      signal.throwIfAborted();
      if (this.#hasEnded) throw new ComplianceError('cancelled', 'This connection is no longer read.');
      return await ask(source);
    } catch (thrown) {
      throw this.#switched(thrown);
    }
  }

  /** Rows of two accounts must never stand together: everything begins anew. */
  #switched(thrown: unknown): unknown {
    if (thrown instanceof ComplianceError && thrown.kind === 'switched') this.#options.onSwitch();
    return thrown;
  }

  /** Nothing joins what an earlier session read before it is known to be of the same account. */
  async #demandIdentity(): Promise<void> {
    this.scope.ensureLoaded();
    if (this.scope.state === 'loading') await this.scope.loadMore();
    if (this.scope.isRestored)
      throw this.scope.errors[0] ?? new ComplianceError('cancelled', 'It is not known whose the credentials are.');
  }
}
