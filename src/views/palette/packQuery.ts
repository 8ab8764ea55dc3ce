import { matchesScope } from '../../compliance/filter.ts';
import { type Pack, packKey } from '../../compliance/model.ts';
import type { FoundPack } from '../../compliance/packRef.ts';
import {
  type ReadFailure,
  resolveConnections,
  resolvedConnections,
  type ScopeFilter,
  toReadFailures,
} from '../../compliance/queries/lookup.ts';
import { worstFirst } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { PackList } from '../../compliance/store/packList.ts';
import { formatScope, worstScoreFirst } from '../../compliance/text/format.ts';
import type { Line, PickerQuery } from './line.ts';
import { isFailed, nothingLine, packLine, problemLine, readingLine } from './lines.ts';

/** What is asked of the packs of the connections' own scopes. */
export interface PackQueryOptions {
  readonly title: string;
  readonly placeholder: string;
  readonly shows: (pack: Pack) => boolean;
  /** What to say where there is nothing. */
  readonly none: string;
  /** The permission that the answer stands on; without one, either of the two lists will do. */
  readonly needs?: string;
}

const anyPack: Omit<PackQueryOptions, 'title'> = {
  placeholder: 'Type a part of a name, an account, a region or a state',
  shows: () => true,
  none: 'No conformance packs',
};

/** Any pack, for whoever looks for one. */
export const packsFor = (title: string): PackQueryOptions => ({ title, ...anyPack });

export const lowest: PackQueryOptions = {
  ...packsFor('Lowest Scores'),
  needs: 'config:ListConformancePackComplianceScores',
};

export const failed: PackQueryOptions = {
  title: 'Failed Deployments',
  placeholder: 'Type a part of a name, a state or a reason',
  shows: isFailed,
  none: 'No failed deployments',
  needs: 'config:DescribeConformancePackStatus',
};

/** What a question needs from outside. */
export interface QueryContext {
  /** The connections as they are now. */
  readonly stores: () => readonly ConnectionStore[];
  /** The score from which on a pack counts as good, 0–100. */
  readonly scoreTarget: () => number;
}

/** Packs of the connections' own scopes, worst score first, those without a score last. */
export class PackQuery implements PickerQuery {
  readonly title: string;
  readonly placeholder: string;
  readonly #context: QueryContext;
  readonly #query: PackQueryOptions;
  readonly #place: ScopeFilter;
  readonly #name: string | undefined;

  /** With a name, of the packs of that name alone. */
  constructor(
    asking: QueryContext,
    query: PackQueryOptions,
    { name, ...place }: ScopeFilter & { readonly name?: string } = {},
  ) {
    this.title = query.title;
    this.placeholder = query.placeholder;
    this.#context = asking;
    this.#query = query;
    this.#place = place;
    this.#name = name;
  }

  get packs(): readonly FoundPack[] {
    const found = this.#owned().flatMap(({ store, scope }) => {
      const { rows, readAt } = this.#listOf(store);
      const { connection } = store;
      return rows.filter((pack) => this.#shows(pack)).map((pack) => ({ connection, scope, pack, readAt }));
    });
    // Two profiles may be of one account: each of its packs stands there once.
    const distinct = new Map(found.map((each) => [keyOf(each), each]));
    return [...distinct.values()].sort(byScore);
  }

  get failures(): readonly ReadFailure[] {
    const strangers = this.#context
      .stores()
      .flatMap((store) => toReadFailures(store, 'the identity', store.scope.errors));
    const owned = this.#owned();
    // Where the one place that is asked for was found, the other connections are not missed.
    const { account, region } = this.#place;
    const failures = account !== undefined && region !== undefined && owned.length > 0 ? [] : strangers;
    return [
      ...failures,
      ...owned.flatMap(({ store }) => toReadFailures(store, 'the packs', this.#listOf(store).errors)),
    ];
  }

  /** What keeps the answer from being whole: a denied neighbour costs its own part alone. */
  get missing(): readonly ReadFailure[] {
    const { needs } = this.#query;
    const { failures } = this;
    const isAlone = (failure: ReadFailure) =>
      failures.every((other) => other === failure || other.connection !== failure.connection);
    return failures.filter((failure) => {
      const { kind, details } = failure.error;
      if (kind !== 'denied' || failure.what === 'the identity') return true;
      return needs === undefined ? !isAlone(failure) : details.permission === needs;
    });
  }

  lines(reading: boolean, now: number): readonly Line[] {
    const target = this.#context.scoreTarget();
    const packs = this.packs.map((pack) => packLine(pack, target, now));
    const lines = [...packs, ...this.failures.map(problemLine)];
    if (reading) return packs.length > 0 ? lines : [...lines, readingLine];
    return lines.length > 0 ? lines : [nothingLine(this.#query.none, this.#looked())];
  }

  async read(signal?: AbortSignal): Promise<void> {
    await Promise.all(
      this.#context.stores().map(async (store) => {
        const { results } = await resolveConnections([store], this.#place, signal);
        if (results.length > 0 && !signal?.aborted) await this.#listOf(store).loadAll(signal);
      }),
    );
  }

  #shows(pack: Pack): boolean {
    return (this.#name ?? pack.name) === pack.name && this.#query.shows(pack);
  }

  #listOf(store: ConnectionStore): PackList {
    return this.#name === undefined ? store.packs(worstFirst) : store.packsWith(this.#name);
  }

  #owned() {
    return this.#context
      .stores()
      .flatMap(resolvedConnections)
      .filter(({ scope }) => matchesScope(this.#place, scope));
  }

  #looked(): string {
    const owned = this.#owned();
    const places = owned.map(({ scope }) => formatScope(scope)).join(', ');
    const count = owned.reduce((sum, { store }) => sum + this.#listOf(store).rows.length, 0);
    if (owned.length === 0) return 'No connection answers for this account and region.';
    return count === 0 ? `None is deployed in ${places}.` : `${count} packs looked at in ${places}.`;
  }
}

const keyOf = ({ scope, pack }: FoundPack): string => packKey(scope, pack.name);

const byScore = (a: FoundPack, b: FoundPack): number =>
  worstScoreFirst(a.pack, b.pack) || (keyOf(a) < keyOf(b) ? -1 : 1);
