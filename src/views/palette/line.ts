import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { ReadFailure, ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import type { Icon } from '../shared/icons.ts';

/** A line of a picker. */
export interface Line {
  /** The same line, whenever it is shown again. */
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon: Icon;
  /** What the person picks with it. */
  readonly pick: Picked;
}

export type Picked =
  | { readonly kind: 'pack'; readonly pack: OwnPack | AggregatedPack }
  | { readonly kind: 'aggregator'; readonly owned: ResolvedAggregator }
  | { readonly kind: 'problem'; readonly failure: ReadFailure }
  | { readonly kind: 'more' }
  | { readonly kind: 'note' };

/** A question as a picker shows it: what is known so far, and how it goes on. */
export interface PickerQuery {
  readonly title: string;
  readonly placeholder: string;
  /** The lines of what is known; `reading` while more may come by itself. `now` in epoch milliseconds. */
  lines(reading: boolean, now: number): readonly Line[];
  /** Reads what is not known yet; what came until an abort stays. Never rejects. */
  read(signal: AbortSignal): Promise<void>;
  /** Goes on from a line that is no pack; to be read then. */
  continueFrom?(pick: Picked): void;
}
