import { type Evaluation, isSameScope, type Pack } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { PackList } from '../../compliance/store/packList.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';

/** The lists that the panel of an own pack shows. Looked up on each access: a reset replaces them, and another list may have loaded the pack. */
export class PackLists {
  readonly #pack: OwnPack;
  readonly #estate: Estate;

  constructor(pack: OwnPack, estate: Estate) {
    this.#pack = pack;
    this.#estate = estate;
  }

  get store(): ConnectionStore {
    return this.#estate.getStore(this.#pack.connection);
  }

  get packs(): PackList {
    return this.store.findPackList(this.#pack.name);
  }

  get rules(): RuleList {
    return this.store.getRuleList(this.#pack.name);
  }

  get passing(): PagedList<Evaluation> {
    return this.store.getPassingResults(this.#pack.name);
  }

  get all(): readonly List<unknown>[] {
    return [this.store.identity, this.packs, this.rules, this.passing];
  }

  findPack(): Pack | undefined {
    return this.packs.rows.find(({ name }) => name === this.#pack.name);
  }

  /** Whether the connection's identity is the pack's account and region; undefined before it is loaded. */
  isOwnScope(): boolean | undefined {
    const [scope] = this.store.identity.rows;
    return scope && isSameScope(scope, this.#pack.scope);
  }
}
