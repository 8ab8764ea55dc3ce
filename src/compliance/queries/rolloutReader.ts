import { ComplianceError, isDenial } from '../errors.ts';
import type { AccountRollout, OrganizationPack, OrganizationPackStatus } from '../organizationModel.ts';
import type { ConnectionScope } from '../packRef.ts';
import { getOldestReadAt, isKnownEmpty, type List } from '../paging/list.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import { getResolvedConnections } from './lookup.ts';
import { getCancellations, type ReadFailure, toReadFailures } from './readFailures.ts';
import { joinRollouts, type PackRollout } from './rollout.ts';

/** An organization's pack with the account and region that answered. */
export interface ScopedRollout extends ConnectionScope {
  readonly rollout: PackRollout;
  /** When the oldest part was read, epoch milliseconds. */
  readonly readAt: number | undefined;
}

/**
 * Reads the packs that an organization deploys in the region of a connection, with their rollout to each account
 * (DescribeOrganizationConformancePacks, DescribeOrganizationConformancePackStatuses,
 * GetOrganizationConformancePackDetailedStatus). Nothing is cached: a rollout is of interest while it changes.
 */
export class RolloutReader {
  readonly #store: ConnectionStore;
  readonly #name: string | undefined;
  readonly #onChange: () => void;
  readonly #packs: PagedList<OrganizationPack>;
  readonly #statuses: PagedList<OrganizationPackStatus>;
  readonly #accounts = new Map<string, PagedList<AccountRollout>>();

  /** `name` restricts the reading to one pack. `onChange` is called when rows arrive and loads start or end. */
  constructor(store: ConnectionStore, name: string | undefined, onChange: () => void) {
    this.#store = store;
    this.#name = name;
    this.#onChange = onChange;
    this.#packs = new PagedList(
      store.getOrganizationPages((source, request) => source.listOrganizationPacks(request)),
      (pack) => pack.name,
      onChange,
    );
    this.#statuses = new PagedList(
      store.getOrganizationPages((source, request) => source.listOrganizationPackStatuses(request)),
      ({ pack }) => pack,
      onChange,
    );
  }

  /** Loads everything that is missing. An aborted load keeps what has come. Never rejects. */
  async load(signal?: AbortSignal): Promise<void> {
    await Promise.all([this.#packs.loadAll(signal), this.#statuses.loadAll(signal)]);
    const lists = this.#joinRows().map(({ pack }) => this.#getAccounts(pack));
    const [first] = lists;
    // If this is denied, so is the rest.
    await first?.loadUpTo(1, signal);
    if (signal?.aborted || first?.errors.some(isDenial)) return;
    await Promise.all(lists.map((list) => list.loadAll(signal)));
    await this.#confirmContradictions(signal);
  }

  /** The packs that have been read so far, worst first. */
  getRollouts(): readonly ScopedRollout[] {
    const [resolved] = getResolvedConnections(this.#store);
    if (!resolved) return [];
    const { connection } = this.#store;
    const { scope } = resolved;
    return this.#joinRows().map((rollout) => ({
      connection,
      scope,
      rollout,
      readAt: getOldestReadAt(
        [this.#packs, this.#statuses, this.#accounts.get(rollout.pack)].flatMap((list) => list ?? []),
      ),
    }));
  }

  /** When it was read that the organization deploys no pack here, epoch milliseconds; undefined if that is not known. */
  getKnownEmptyAt(): number | undefined {
    return isKnownEmpty(this.#packs) && isKnownEmpty(this.#statuses)
      ? getOldestReadAt([this.#packs, this.#statuses])
      : undefined;
  }

  /** What could not be read. */
  getFailures(): readonly ReadFailure[] {
    const accountErrors = [...this.#accounts.values()].flatMap(({ errors }) => errors).map(nameSubject);
    return [
      // What lacks both for the same cause is one failure.
      ...(this.#packs.errors.length > 0
        ? toReadFailures(this.#store, 'the organization packs', [...this.#packs.errors, ...this.#statuses.errors])
        : toReadFailures(this.#store, 'the state of the organization packs', this.#statuses.errors)),
      ...toReadFailures(this.#store, 'the rollout to accounts', accountErrors),
    ];
  }

  /** The failures and the cancelled loads that make a result incomplete. */
  getBlockingFailures(): readonly ReadFailure[] {
    const lists: readonly List<unknown>[] = [this.#packs, this.#statuses, ...this.#accounts.values()];
    return [
      ...this.getFailures(),
      ...lists.flatMap((list) => getCancellations(this.#store, 'the organization packs', list)),
    ];
  }

  /** The accounts were read after the overall states, which may have changed meanwhile. */
  async #confirmContradictions(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted || !this.#joinRows().some(({ contradiction }) => contradiction)) return;
    this.#statuses.invalidate();
    await this.#statuses.loadAll(signal);
  }

  #joinRows(): readonly PackRollout[] {
    const matches = (name: string) => (this.#name ?? name) === name;
    return joinRollouts({
      packs: this.#packs.rows.filter(({ name }) => matches(name)),
      statuses: this.#statuses.rows.filter(({ pack }) => matches(pack)),
      accounts: this.#accounts,
    });
  }

  #getAccounts(pack: string): PagedList<AccountRollout> {
    const existing = this.#accounts.get(pack);
    if (existing) return existing;
    const list = new PagedList(
      this.#store.getOrganizationPages((source, request) => source.listOrganizationRollout(request, pack, {})),
      // After a pack was deployed again, an account can have it under two names.
      ({ account, deployedName = '' }) => `${account}/${deployedName}`,
      this.#onChange,
    );
    this.#accounts.set(pack, list);
    return list;
  }
}

/** Elsewhere, the operation of these errors reads the names of packs. */
const nameSubject = ({ kind, message, details }: ComplianceError): ComplianceError =>
  new ComplianceError(kind, message, { ...details, subject: 'rollout to accounts' });
