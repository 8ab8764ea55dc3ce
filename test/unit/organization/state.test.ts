import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShowMessage } from '../../../src/views/organization/overviewResponder.ts';
import type { OverviewRow, RowsMessage, ViewRange } from '../../../src/webview/overview/protocol.ts';
import { RowRequests } from '../../../src/webview/overview/rowRequests.ts';
import {
  applyMessage,
  followFocus,
  getRow,
  getTotal,
  initialState,
  type OverviewData,
} from '../../../src/webview/overview/state.ts';

const createRow = (index: number): OverviewRow => ({ kind: 'heading', id: `${index}`, level: 1, text: `${index}` });

/** The answer of an extension that has this many rows. */
function answer({ request, tab, range, focused }: ShowMessage, total: number): RowsMessage {
  const end = Math.min(total, range.first + range.count);
  const rows = Array.from({ length: Math.max(0, end - range.first) }, (_, index) => createRow(range.first + index));
  const focusedIndex = focused !== '' && Number(focused) < total ? Number(focused) : -1;
  return { type: 'rows', request, tab, first: range.first, total, focusedIndex, rows, suggestedAccounts: [] };
}

/** A webview that scrolls over rows, and an extension that answers late. */
class Scrolling {
  readonly #total: number;
  readonly #unanswered: ShowMessage[] = [];
  readonly #requests = new RowRequests((message) => {
    if (message.type === 'show') this.#unanswered.push(message);
  });
  data: OverviewData = {};
  visible: ViewRange = { first: 0, count: 30, firstColumn: 0, columnCount: 0 };
  maxUnanswered = 0;

  constructor(total: number) {
    this.#total = total;
    this.#requests.show(initialState, this.visible);
  }

  scrollTo(first: number): void {
    this.visible = { ...this.visible, first };
    this.#requests.scroll(initialState, this.visible);
    this.maxUnanswered = Math.max(this.maxUnanswered, this.#unanswered.length);
  }

  /** Delivers the oldest answer. Returns whether there was one. */
  deliver(): boolean {
    const message = this.#unanswered.shift();
    if (!message) return false;
    this.data = applyMessage(this.data, answer(message, this.#total), this.#requests.lastChange);
    this.#requests.receive(message.request);
    this.#requests.scroll(initialState, this.visible);
    return true;
  }
}

describe('RowRequests', () => {
  it('end with every row in view, with one request at a time', () => {
    const steps = fc.array(fc.oneof(fc.nat(5000), fc.constant('deliver' as const)), { maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(5000), steps, (total, all) => {
        const scrolling = new Scrolling(total);
        for (const step of all) {
          if (step === 'deliver') scrolling.deliver();
          else scrolling.scrollTo(step);
        }
        while (scrolling.deliver());
        assert(scrolling.maxUnanswered <= 1);
        assert.equal(getTotal(scrolling.data, initialState), total);
        const { first, count } = scrolling.visible;
        for (let index = first; index < Math.min(total, first + count); index += 1)
          assert.equal(getRow(scrolling.data, index)?.id, `${index}`);
      }),
    );
  });

  it('ask ahead of the scroll, and not again while a screen is left', () => {
    const scrolling = new Scrolling(5000);
    scrolling.deliver();
    scrolling.scrollTo(29);
    assert.equal(scrolling.deliver(), false);
    scrolling.scrollTo(31);
    assert.equal(scrolling.deliver(), true);
    // The rows of the next two screens have come with the answer.
    for (const index of [31, 61, 91]) assert.equal(getRow(scrolling.data, index)?.id, `${index}`);
  });
});

describe('applyMessage', () => {
  const message = answer(
    {
      type: 'show',
      request: 4,
      tab: 'accounts',
      filter: initialState.filter,
      toggled: [],
      focused: '',
      range: { first: 0, count: 9, firstColumn: 0, columnCount: 0 },
    },
    3,
  );

  it('drops answers to requests from before a change of the tab or filter', () => {
    assert.deepEqual(applyMessage({}, message, 5), {});
    assert.deepEqual(applyMessage({}, message, 4), { window: message });
  });

  it('discards everything of another scope', () => {
    assert.deepEqual(applyMessage({ window: message }, { type: 'clear' }, 0), {});
  });

  it('does not take the rows of another tab for those of the shown one', () => {
    assert.equal(getTotal({ window: message }, { ...initialState, tab: 'packs' }), 0);
  });
});

describe('followFocus', () => {
  const follow = (focus: { id: string; index: number }, focusedIndex: number, total = 9) => {
    const rows = Array.from({ length: Math.min(total, 5) }, (_, index) => createRow(index));
    const window: RowsMessage = {
      type: 'rows',
      request: 1,
      tab: 'accounts',
      first: 0,
      total,
      focusedIndex,
      rows,
      suggestedAccounts: [],
    };
    return followFocus({ window }, { ...initialState, focus });
  };

  it('moves with its row', () => {
    assert.deepEqual(follow({ id: '2', index: 0 }, 2), { id: '2', index: 2 });
    assert.deepEqual(follow({ id: '7', index: 0 }, 7), { id: '7', index: 7 });
  });

  it('passes from a row that is no longer listed to the one at its index', () => {
    assert.deepEqual(follow({ id: 'gone', index: 3 }, -1), { id: '3', index: 3 });
    assert.deepEqual(follow({ id: 'gone', index: 30 }, -1), { id: '', index: 8 });
  });

  it('stays where it is while there are no rows', () => {
    assert.deepEqual(follow({ id: '2', index: 2 }, -1, 0), { id: '2', index: 2 });
  });
});
