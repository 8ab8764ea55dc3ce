import type { Evaluation } from '../../compliance/model.ts';
import { createOwnerLookup } from '../../compliance/owners/groupByOwner.ts';
import { TagList } from '../../compliance/owners/tagList.ts';
import type { List } from '../../compliance/paging/list.ts';
import { getResourceKey, type RemediationException } from '../../compliance/resourceModel.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatException } from '../../compliance/text/exceptionText.ts';
import type { FailingResource, PackOwners, RuleResources } from '../../webview/pack/protocol.ts';
import { omitUndefined, toExceptionsNote, toOwners, toResource } from './panelData.ts';

/** A rule, or the part of it that concerns one group of owners. */
export interface ResourceSelection {
  readonly rule: string;
  /** The id of a group of owners. */
  readonly owner?: string;
  readonly hidesExceptions?: true;
}

/** The failing resources of a pack with their exceptions and owners, as a panel shows them. */
export class PanelResources {
  readonly store: ConnectionStore;
  readonly #pack: string;
  readonly #getTagName: () => string;
  readonly #onOwnersChange: () => void;
  /** Undefined until owners are shown. */
  #tags: TagList | undefined;

  constructor(store: ConnectionStore, pack: string, getTagName: () => string, onOwnersChange: () => void) {
    this.store = store;
    this.#pack = pack;
    this.#getTagName = getTagName;
    this.#onOwnersChange = onOwnersChange;
  }

  /** Starts reading the owners, and reports changes from now on. */
  showOwners(): void {
    this.#tags ??= new TagList(this.store, this.store.getRuleList(this.#pack).failingResults, this.#onOwnersChange);
    this.loadOwners();
  }

  /** Reads the owners of failing results that were read again. Does nothing until owners are shown. */
  loadOwners(): void {
    void this.#tags?.loadCurrent();
  }

  retryOwners(): void {
    void this.#tags?.retry();
  }

  get tagErrors() {
    return this.#tags?.errors ?? [];
  }

  /** Undefined until owners are shown. */
  getOwners(): PackOwners | undefined {
    return this.#tags && toOwners(this.store.getRuleList(this.#pack).failingResults, this.#tags, this.#getTagName());
  }

  isExceptionsOf(rule: string, list: List<unknown>): boolean {
    return list === this.store.getExceptions(rule);
  }

  /** Reads the exceptions of rules again. */
  refreshExceptions(rules: Iterable<string>): void {
    for (const rule of new Set(rules)) void this.store.getExceptions(rule).refresh();
  }

  /** Reads the exceptions of rules again that could not be read. */
  retryExceptions(rules: Iterable<string>): void {
    for (const rule of new Set(rules)) void this.store.getExceptions(rule).retry();
  }

  /** The first `count` failing resources. Starts reading the rule's exceptions. */
  getResources(selection: ResourceSelection, count: number | undefined): RuleResources {
    const exceptions = this.store.getExceptions(selection.rule);
    exceptions.ensureLoaded();
    const byResource = indexExceptions(exceptions);
    const failing = this.#selectFailing(selection);
    const resources = failing.slice(0, count).map((result): FailingResource => {
      const exception = byResource.get(getResourceKey(result));
      const { message, expiresAt } = exception ?? {};
      return { ...toResource(result), ...(exception && { exception: omitUndefined({ message, expiresAt }) }) };
    });
    return { total: failing.length, resources, ...omitUndefined({ exceptionsNote: toExceptionsNote(exceptions) }) };
  }

  /** The same for a report: exceptions follow the annotations. */
  getReported(selection: ResourceSelection, count: number | undefined) {
    const exceptions = this.store.getExceptions(selection.rule);
    const failing = this.#selectFailing(selection);
    const shown = failing.slice(0, count);
    const byResource = indexExceptions(exceptions);
    const visible = selection.hidesExceptions
      ? shown.filter((result) => !byResource.has(getResourceKey(result)))
      : shown;
    return {
      rule: selection.rule,
      resources: annotateExceptions(visible, exceptions),
      hasMore: count !== undefined && count < failing.length,
    };
  }

  close(): void {
    this.#tags?.cancel();
  }

  #selectFailing({ rule, owner }: ResourceSelection): readonly Evaluation[] {
    const failing = this.store.getRuleList(this.#pack).rows.find(({ name }) => name === rule)?.failing ?? [];
    if (owner === undefined) return failing;
    const getOwner = this.#tags && createOwnerLookup(this.#tags, this.#getTagName());
    return failing.filter((result) => getOwner?.(result) === owner);
  }
}

/** Adds the exceptions that have been read to the annotations of a rule's failing results. */
export function annotateExceptions(
  failing: readonly Evaluation[],
  exceptions: List<RemediationException>,
): readonly Evaluation[] {
  const byResource = indexExceptions(exceptions);
  return failing.map((result) => {
    const exception = byResource.get(getResourceKey(result));
    if (!exception) return result;
    return { ...result, annotation: [result.annotation, formatException(exception)].filter(Boolean).join(' · ') };
  });
}

const indexExceptions = ({ rows }: List<RemediationException>): ReadonlyMap<string, RemediationException> =>
  new Map(rows.map((exception) => [getResourceKey(exception), exception]));
