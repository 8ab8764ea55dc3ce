import type { ComplianceError } from '../../compliance/errors.ts';
import type { List } from '../../compliance/paging/list.ts';
import { PagedList } from '../../compliance/paging/pagedList.ts';
import type { RecordedPackState } from '../../compliance/recordedPackState.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { RecordedStateList } from '../../webview/pack/protocol.ts';
import { distinctProblems } from './panelData.ts';

/** The states of a panel's pack that AWS Config has recorded. Nothing is loaded until it is requested. */
export class RecordedStates {
  /** Of one pack, read through one store. */
  #loaded:
    | { readonly store: ConnectionStore; readonly packId: string; readonly list: PagedList<RecordedPackState> }
    | undefined;
  readonly #onDidChange: (history: RecordedStateList) => void;

  /** `onDidChange` receives what the webview shows. */
  constructor(onDidChange: (history: RecordedStateList) => void) {
    this.#onDidChange = onDidChange;
  }

  get errors(): readonly ComplianceError[] {
    return this.#loaded?.list.errors ?? [];
  }

  /** Loads all states of the deployment with this id. */
  async load(store: ConnectionStore, packId: string): Promise<void> {
    if (this.#loaded?.store !== store || this.#loaded.packId !== packId)
      this.#loaded = { store, packId, list: createList(store, packId, () => this.report(store)) };
    await this.#loaded.list.loadAll();
  }

  /** Reports what was loaded through a store. */
  report(store: ConnectionStore): void {
    if (this.#loaded?.store === store) this.#onDidChange(toRecordedStateList(this.#loaded.list));
  }

  /** Forgets the states of another deployment. Returns whether there were any. */
  forgetOthers(packId: string): boolean {
    if (!this.#loaded || this.#loaded.packId === packId) return false;
    this.#loaded.list.cancel();
    this.#loaded = undefined;
    return true;
  }

  async retry(): Promise<void> {
    await this.#loaded?.list.retry();
  }

  async refresh(): Promise<void> {
    await this.#loaded?.list.refresh();
  }
}

/** Newest first. */
const createList = (store: ConnectionStore, packId: string, onChange: () => void): PagedList<RecordedPackState> =>
  new PagedList(
    store.getOrganizationPages((source, request) => source.listRecordedPackStates(request, packId)),
    ({ at }) => String(at),
    onChange,
    { isEager: true },
  );

/** Converts recorded states to what the webview shows. */
const toRecordedStateList = ({ rows, state, isComplete, errors }: List<RecordedPackState>): RecordedStateList => ({
  states: rows.map(({ at, compliance, compliantRules, totalRules }) => ({
    at,
    ...(compliance !== undefined && { compliance }),
    ...(compliantRules !== undefined &&
      totalRules !== undefined && { rules: { compliant: compliantRules, total: totalRules } }),
  })),
  isComplete,
  isLoading: state === 'loading',
  problems: distinctProblems(errors),
});
