import type { Evaluation } from '../model.ts';
import type { List } from '../paging/list.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { FetchPage } from '../paging/pages.ts';
import { getResourceKey, type TaggedResource } from '../resourceModel.ts';
import type { Page, PageRequest } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import { createTagExpressions } from './tagExpressions.ts';

/** The tags of a pack's failing resources, read with as few queries as possible. */
export class TagList extends PagedList<TaggedResource> {
  readonly #failing: List<Evaluation>;
  /** The time of the failing results that the last load of tags was for, epoch milliseconds. */
  #loadedFor: number | undefined;

  constructor(store: ConnectionStore, failingResults: List<Evaluation>, onChange: () => void) {
    super(createFetch(store, failingResults), getResourceKey, onChange, { isEager: true });
    this.#failing = failingResults;
  }

  /** Reads the tags once all failing results are there, and again after these were read again. Never rejects. */
  async loadCurrent(): Promise<void> {
    const { isComplete, readAt, state } = this.#failing;
    if (!isComplete || state === 'loading' || this.#loadedFor === readAt) return;
    this.#loadedFor = readAt;
    if (this.readAt !== undefined) this.invalidate();
    await this.loadAll();
  }
}

/** Reads one page of one expression at a time. A cursor is the index of the expression and the token of the service. */
function createFetch(store: ConnectionStore, failing: List<Evaluation>): FetchPage<TaggedResource> {
  let expressions: readonly string[] = [];
  return async ({ cursor, signal }) => {
    if (cursor === undefined) expressions = createTagExpressions(failing.rows.map(({ resourceId }) => resourceId));
    const separator = cursor?.indexOf(' ') ?? -1;
    const index = Number(cursor?.slice(0, separator) ?? 0);
    const expression = expressions[index];
    if (expression === undefined) return { items: [], next: undefined };
    const request = { cursor: cursor?.slice(separator + 1) || undefined, signal };
    const page = await select(store, expression)(request);
    const next = page.next !== undefined ? `${index} ${page.next}` : `${index + 1} `;
    return { items: page.items, next: page.next !== undefined || index + 1 < expressions.length ? next : undefined };
  };
}

const select = (
  store: ConnectionStore,
  expression: string,
): ((request: PageRequest) => Promise<Page<TaggedResource>>) =>
  store.getResourcePages((source, request) => source.selectTags(request, expression));
