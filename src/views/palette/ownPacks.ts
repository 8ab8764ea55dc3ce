import type { ConnectionLists } from '../../compliance/connectionLists.ts';
import { matchesScope } from '../../compliance/filter.ts';
import { ownedAt, ownedOf, type PlaceQuery, type Unread, unreadOf } from '../../compliance/lookup.ts';
import { type Pack, packKey } from '../../compliance/model.ts';
import type { PackList } from '../../compliance/packList.ts';
import { worstScoreFirst } from '../../compliance/score.ts';
import { worstFirst } from '../../compliance/source.ts';
import { placeOf } from '../../compliance/words.ts';
import type { FoundPack } from './answers.ts';
import type { Line, Question } from './line.ts';
import { isFailed, nothingLine, packLine, problemLine, readingLine } from './lines.ts';

/** What is asked of the packs of the connections' own scopes. */
export interface PackQuery {
  readonly title: string;
  readonly placeholder: string;
  readonly shows: (pack: Pack) => boolean;
  /** What to say where there is nothing. */
  readonly none: string;
  /** The permission that the answer stands on; without one, either of the two lists will do. */
  readonly needs?: string;
}

const anyPack: Omit<PackQuery, 'title'> = {
  placeholder: 'Type a part of a name, an account, a region or a state',
  shows: () => true,
  none: 'No conformance packs',
};

/** Any pack, for whoever looks for one. */
export const packsFor = (title: string): PackQuery => ({ title, ...anyPack });

export const lowest: PackQuery = {
  ...packsFor('Lowest Scores'),
  needs: 'config:ListConformancePackComplianceScores',
};

export const failed: PackQuery = {
  title: 'Failed Deployments',
  placeholder: 'Type a part of a name, a state or a reason',
  shows: isFailed,
  none: 'No failed deployments',
  needs: 'config:DescribeConformancePackStatus',
};

/** What a question needs from outside. */
export interface Asking {
  /** The connections as they are now. */
  readonly lists: () => readonly ConnectionLists[];
  /** The score from which on a pack counts as good, 0–100. */
  readonly scoreTarget: () => number;
}

/** Packs of the connections' own scopes, worst score first, those without a score last. */
export class OwnPacks implements Question {
  readonly title: string;
  readonly placeholder: string;
  readonly #asking: Asking;
  readonly #query: PackQuery;
  readonly #place: PlaceQuery;
  readonly #name: string | undefined;

  /** With a name, of the packs of that name alone. */
  constructor(asking: Asking, query: PackQuery, { name, ...place }: PlaceQuery & { readonly name?: string } = {}) {
    this.title = query.title;
    this.placeholder = query.placeholder;
    this.#asking = asking;
    this.#query = query;
    this.#place = place;
    this.#name = name;
  }

  get packs(): readonly FoundPack[] {
    const found = this.#owned().flatMap(({ known, scope }) => {
      const { rows, readAt } = this.#listOf(known);
      const { connection } = known;
      return rows.filter((pack) => this.#shows(pack)).map((pack) => ({ connection, scope, pack, readAt }));
    });
    // Two profiles may be of one account: each of its packs stands there once.
    const distinct = new Map(found.map((each) => [keyOf(each), each]));
    return [...distinct.values()].sort(byScore);
  }

  get unread(): readonly Unread[] {
    const strangers = this.#asking.lists().flatMap((known) => unreadOf(known, 'the identity', known.scope.errors));
    const owned = this.#owned();
    // Where the one place that is asked for was found, the other connections are not missed.
    const { account, region } = this.#place;
    const missed = account !== undefined && region !== undefined && owned.length > 0 ? [] : strangers;
    return [...missed, ...owned.flatMap(({ known }) => unreadOf(known, 'the packs', this.#listOf(known).errors))];
  }

  /** What keeps the answer from being whole: a denied neighbour costs its own part alone. */
  get missing(): readonly Unread[] {
    const { needs } = this.#query;
    const { unread } = this;
    const isAlone = (one: Unread) => unread.every((each) => each === one || each.connection !== one.connection);
    return unread.filter((each) => {
      const { kind, facts } = each.error;
      if (kind !== 'denied' || each.what === 'the identity') return true;
      return needs === undefined ? !isAlone(each) : facts.permission === needs;
    });
  }

  lines(reading: boolean, now: number): readonly Line[] {
    const target = this.#asking.scoreTarget();
    const packs = this.packs.map((pack) => packLine(pack, target, now));
    const lines = [...packs, ...this.unread.map(problemLine)];
    if (reading) return packs.length > 0 ? lines : [...lines, readingLine];
    return lines.length > 0 ? lines : [nothingLine(this.#query.none, this.#looked())];
  }

  async read(signal?: AbortSignal): Promise<void> {
    await Promise.all(
      this.#asking.lists().map(async (known) => {
        const { found } = await ownedAt([known], this.#place, signal);
        if (found.length > 0 && !signal?.aborted) await this.#listOf(known).all(signal);
      }),
    );
  }

  #shows(pack: Pack): boolean {
    return (this.#name ?? pack.name) === pack.name && this.#query.shows(pack);
  }

  #listOf(known: ConnectionLists): PackList {
    return this.#name === undefined ? known.packs(worstFirst) : known.packsWith(this.#name);
  }

  #owned() {
    return this.#asking
      .lists()
      .flatMap(ownedOf)
      .filter(({ scope }) => matchesScope(this.#place, scope));
  }

  #looked(): string {
    const owned = this.#owned();
    const places = owned.map(({ scope }) => placeOf(scope)).join(', ');
    const count = owned.reduce((sum, { known }) => sum + this.#listOf(known).rows.length, 0);
    if (owned.length === 0) return 'No connection answers for this account and region.';
    return count === 0 ? `None is deployed in ${places}.` : `${count} packs looked at in ${places}.`;
  }
}

const keyOf = ({ scope, pack }: FoundPack): string => packKey(scope, pack.name);

const byScore = (a: FoundPack, b: FoundPack): number =>
  worstScoreFirst(a.pack, b.pack) || (keyOf(a) < keyOf(b) ? -1 : 1);
