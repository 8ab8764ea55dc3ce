import type { OverviewMessage, ViewRange } from './protocol.ts';
import type { OverviewState } from './state.ts';
import { extendRange, needsMore } from './windowing.ts';

/** Requests the rows in view. While scrolling, one request at a time. */
export class RowRequests {
  readonly #send: (message: OverviewMessage) => void;
  #last = 0;
  #answered = 0;
  /** The last request that changed what is shown. */
  #lastChange = 0;
  #range: ViewRange | undefined;

  constructor(send: (message: OverviewMessage) => void) {
    this.#send = send;
  }

  /** Answers to earlier requests show something else. */
  get lastChange(): number {
    return this.#lastChange;
  }

  /** Requests rows after the tab, the filter or the toggled rows have changed. */
  show(state: OverviewState, visible: ViewRange): void {
    this.#lastChange = this.#last + 1;
    this.#request(state, visible);
  }

  /** Requests rows if scrolling needs more than were requested. */
  scroll(state: OverviewState, visible: ViewRange): void {
    if (this.#answered < this.#last) return;
    if (!this.#range || needsMore(this.#range, visible)) this.#request(state, visible);
  }

  /** Call with the number of every answer. */
  receive(request: number): void {
    this.#answered = Math.max(this.#answered, request);
  }

  #request({ tab, filter, toggled, focus }: OverviewState, visible: ViewRange): void {
    this.#last += 1;
    this.#range = extendRange(visible);
    this.#send({
      type: 'show',
      request: this.#last,
      tab,
      filter,
      toggled,
      focused: focus.id,
      range: this.#range,
    });
  }
}
