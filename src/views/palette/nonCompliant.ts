import { rowFilter } from '../../compliance/filter.ts';
import {
  aggregatorsOf,
  knownAggregators,
  type OwnedAggregator,
  type PlaceQuery,
  type Unread,
  unreadOf,
} from '../../compliance/lookup.ts';
import type { AggregateRow } from '../../compliance/model.ts';
import type { PagedList } from '../../compliance/pagedList.ts';
import { placeOf } from '../../compliance/words.ts';
import type { Line, Picked, Question } from './line.ts';
import { aggregatorLine, moreLine, nothingLine, problemLine, readingLine, rowLine } from './lines.ts';
import type { Asking } from './ownPacks.ts';
import { packOfRow } from './target.ts';

/** Rows that are read before the person is asked whether to go on. */
const stretch = 500;

/** An aggregator's non-compliant packs; the person picks the aggregator where there are several. */
export class NonCompliant implements Question {
  readonly placeholder = 'Type a part of a name, an account or a region';
  readonly #asking: Asking;
  #chosen: OwnedAggregator | undefined;
  #wanted = stretch;

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  get title(): string {
    return this.#chosen
      ? `Non-Compliant Packs: ${this.#chosen.aggregator.name}`
      : 'Non-Compliant Packs of an Aggregator';
  }

  lines(reading: boolean, now: number): readonly Line[] {
    return this.#chosen ? this.#rowLines(this.#chosen, reading, now) : this.#aggregatorLines(reading);
  }

  goOn(pick: Picked): void {
    if (pick.kind === 'aggregator') this.#chosen = pick.owned;
    if (pick.kind === 'more' && this.#chosen) this.#wanted = nonCompliantRows(this.#chosen).rows.length + stretch;
  }

  async read(signal: AbortSignal): Promise<void> {
    if (!this.#chosen) {
      const { found, unread } = await aggregatorsOf(this.#asking.lists(), undefined, signal);
      if (found.length === 1 && unread.length === 0) [this.#chosen] = found;
    }
    if (this.#chosen) await nonCompliantRows(this.#chosen).upTo(this.#wanted, signal);
  }

  #rowLines(chosen: OwnedAggregator, reading: boolean, now: number): readonly Line[] {
    const { known, aggregator, scope } = chosen;
    const list = nonCompliantRows(chosen);
    const { readAt } = list;
    const lists = this.#asking.lists();
    const pack = (row: AggregateRow) =>
      packOfRow(lists, { connection: known.connection, aggregator: aggregator.name, row, readAt });
    const lines = [
      ...list.rows.map((row) => rowLine(row, pack(row), readAt, now)),
      ...unreadOf(known, 'the rows', list.errors).map(problemLine),
    ];
    if (reading) return list.rows.length > 0 ? lines : [...lines, readingLine];
    if (!list.complete && list.errors.length === 0) return [...lines, moreLine(list.rows.length)];
    if (lines.length > 0) return lines;
    return [nothingLine('No non-compliant packs', `The aggregator ${aggregator.name} (${placeOf(scope)}) has none.`)];
  }

  #aggregatorLines(reading: boolean): readonly Line[] {
    const lists = this.#asking.lists();
    const lines = [...lists.flatMap(knownAggregators).map(aggregatorLine), ...lists.flatMap(unreadIn).map(problemLine)];
    if (reading) return [...lines, readingLine];
    const places = lists.flatMap(({ scope }) => scope.rows.map(placeOf)).join(', ');
    return lines.length > 0 ? lines : [nothingLine('No aggregators', `None is in ${places}.`)];
  }
}

/** Why aggregators may be missing: signed out is said once. */
const unreadIn = (known: OwnedAggregator['known']): readonly Unread[] =>
  known.scope.errors.length > 0
    ? unreadOf(known, 'the identity', known.scope.errors)
    : unreadOf(known, 'the aggregators', known.aggregators.errors);

/** The rows of an aggregator that the service calls non-compliant, perhaps of one place alone. */
export const nonCompliantRows = (
  { known, aggregator }: Pick<OwnedAggregator, 'known' | 'aggregator'>,
  place: PlaceQuery = {},
): PagedList<AggregateRow> => known.rows(aggregator.name, rowFilter({ ...place, compliance: 'NON_COMPLIANT' }));
