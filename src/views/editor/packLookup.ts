import type { ComplianceError } from '../../compliance/errors.ts';
import type { GetScoreChange, ScoreChange } from '../../compliance/history/history.ts';
import type { Pack, Scope } from '../../compliance/model.ts';
import { getOldestReadAt, isRead } from '../../compliance/paging/list.ts';
import { findAggregateRow } from '../../compliance/queries/findAggregateRow.ts';
import { getPackLists, loadPackLists } from '../../compliance/queries/packLists.ts';
import { splitRuleName } from '../../compliance/ruleName.ts';
import type { Connection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { PackList } from '../../compliance/store/packList.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { validate } from '../../compliance/validation.ts';
import { findPlacementsIn, validatePackName } from '../../templates/checks.ts';
import { createNameMatcher } from '../../templates/match.ts';
import type { PackReference, PackTemplate, ResolvedName, TemplateIndex } from '../../templates/model.ts';
import { rankByTemplate } from './rankByTemplate.ts';

/** A pack that is deployed in a connection's account and region. */
export interface DeployedPack {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly pack: Pack;
  /** The difference to the score of the last visit. */
  readonly scoreChange: ScoreChange | undefined;
  /** Epoch milliseconds. */
  readonly readAt: number | undefined;
  readonly rules: RuleList;
}

/** How much of what a document needs has been loaded through one connection. */
export interface LoadStatus {
  /** Undefined until the connection's identity is loaded. */
  readonly scope: Scope | undefined;
  /** Whether a request is outstanding or has not been issued yet. */
  readonly isPending: boolean;
  /** Whether the pending requests are not issued because the workspace is not trusted. */
  readonly isBlocked: boolean;
  readonly errors: readonly ComplianceError[];
  /** When the oldest of the lists with its packs was read, epoch milliseconds. */
  readonly readAt: number | undefined;
}

/** The deployed packs of one connection that match a name of a template. */
export interface LookupResult extends LoadStatus {
  readonly name: ResolvedName;
  /** Whether the file says that the pack is deployed to another account or region. */
  readonly isElsewhere: boolean;
  readonly packs: readonly DeployedPack[];
}

/** The pack that a name certainly means: the name is exact, and one pack matches it. */
export function getCertainPack({ name, packs }: LookupResult): DeployedPack | undefined {
  const [pack, ...others] = packs;
  return name.kind === 'exact' && others.length === 0 ? pack : undefined;
}

export interface RuleCounts {
  readonly failing: number;
  readonly total: number;
}

/**
 * Connects the names in a template to deployed packs. `request…` methods issue the requests that are still
 * missing; all other methods only read the stores.
 */
export class PackLookup {
  readonly #estate: Estate;
  readonly #getConnections: () => readonly Connection[];
  readonly #canRequest: () => boolean;
  readonly #getScoreChange: GetScoreChange;

  /** While `canRequest` returns false, only what other views have loaded is found. */
  constructor(
    estate: Estate,
    getConnections: () => readonly Connection[],
    canRequest: () => boolean,
    getScoreChange: GetScoreChange = () => undefined,
  ) {
    this.#estate = estate;
    this.#getConnections = getConnections;
    this.#canRequest = canRequest;
    this.#getScoreChange = getScoreChange;
  }

  /** Loads the packs that a document names. A document with a rule template needs all packs. */
  async requestPacks(index: TemplateIndex): Promise<void> {
    if (!this.#canRequest()) return;
    await Promise.all(this.#stores().map((store) => this.#loadPacks(store, index)));
  }

  /**
   * Loads the names under which an organization's pack is deployed. Most roles lack the permission, so lookups also
   * work without these names.
   */
  async requestDeployedNames(reference: PackReference): Promise<void> {
    if (reference.kind === 'pack' || !this.#canRequest()) return;
    await Promise.all(
      this.#stores().map(async (store) => {
        store.identity.ensureLoaded();
        if (store.identity.state === 'loading') await store.identity.loadMore();
        for (const scope of store.identity.rows) {
          if (validatePackName(reference, scope)) continue;
          const exact = reference.resolve(scope).filter(({ kind }) => kind === 'exact');
          for (const { text } of exact) store.getDeployedNames(text, scope.account).ensureLoaded();
        }
      }),
    );
  }

  /** Loads the packs' rules and failing results. */
  requestRules(packs: readonly DeployedPack[]): void {
    if (this.#canRequest()) for (const { rules } of packs) rules.ensureLoaded();
  }

  /** Loads the packs' rules without results, which takes one request per pack. Returns the requested packs. */
  requestRuleStates(packs: readonly DeployedPack[]): readonly DeployedPack[] {
    if (!this.#canRequest()) return [];
    for (const { rules } of packs) rules.rules.ensureLoaded();
    return packs;
  }

  /** Loads the rules of a document's only pack so that they can be counted. Each further pack would cost a request. */
  requestRuleCounts(index: TemplateIndex): void {
    const [reference, ...others] = index.packs;
    if (!reference || others.length > 0) return;
    const packs = this.find(index, reference).flatMap((result) => getCertainPack(result) ?? []);
    const names = new Set(packs.map(({ pack }) => pack.name));
    if (names.size === 1) this.requestRuleStates(packs.filter((pack) => !this.getRuleCounts(pack)));
  }

  /** The counts from the pack's own rules, else from an aggregator's row. */
  getRuleCounts({ scope, pack, rules: { rules } }: DeployedPack): RuleCounts | undefined {
    if (rules.isComplete) {
      const failing = rules.rows.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
      return { failing: failing.length, total: rules.rows.length };
    }
    for (const store of this.#stores()) {
      const row = findAggregateRow(store, scope, pack.name);
      if (row) return { failing: row.nonCompliantRules, total: row.totalRules };
    }
    return undefined;
  }

  /** Finds the loaded packs that a reference may mean: one result per connection and resolved name. */
  find(index: TemplateIndex, reference: PackReference): readonly LookupResult[] {
    return this.createFinder(index)(reference);
  }

  /** Like `find`, for many references: what they share is computed once. */
  createFinder(index: TemplateIndex): (reference: PackReference) => readonly LookupResult[] {
    const connections = this.#stores().map((store) => {
      return { store, status: this.#getLoadStatus(store, index), loaded: [...store.getLoadedPacks()] };
    });
    return (reference) =>
      connections.flatMap(({ store, status, loaded }) => {
        const { scope } = status;
        const isElsewhere = scope !== undefined && findPlacementsIn(reference, scope).length === 0;
        return reference.resolve(scope).map((name) => {
          if (!scope || isElsewhere) return { ...status, name, isElsewhere, packs: [] };
          const isMatch = createPackMatcher(store, scope, reference.kind, name);
          const matching = loaded.filter((pack) => isMatch(pack.name));
          return { ...status, name, isElsewhere, packs: this.#toDeployedPacks(store, scope, matching) };
        });
      });
  }

  /** The load status of each connection. */
  getLoadStatus(index: TemplateIndex): readonly LoadStatus[] {
    return this.#stores().map((store) => this.#getLoadStatus(store, index));
  }

  /**
   * Finds the packs that were deployed from a rule template: those of the pack resource that contains it. For a
   * template in a file of its own, the packs that are known to have one of its rules.
   */
  findPacksWithTemplate(index: TemplateIndex, template: PackTemplate): readonly DeployedPack[] {
    const { pack, rules } = template;
    if (pack) return this.find(index, pack).flatMap(({ packs }) => packs);
    const names = new Set(rules.flatMap((rule) => rule.resolve()).map(({ text }) => text));
    return this.getLoadedPacks().filter((deployed) =>
      deployed.rules.rows.some(({ name }) => names.has(splitRuleName(name).templateName)),
    );
  }

  /** Finds the packs with unknown rules that may have been deployed from a rule template, likeliest first. */
  findCandidatePacks(path: string, { pack, ruleCount }: PackTemplate): readonly DeployedPack[] {
    if (pack) return [];
    const packs = this.getLoadedPacks().filter(({ rules }) => !rules.rules.isComplete && rules.rows.length === 0);
    return rankByTemplate(packs, path, (deployed) => this.getRuleCounts(deployed)?.total === ruleCount);
  }

  /** Every loaded pack of every connection. */
  getLoadedPacks(): readonly DeployedPack[] {
    return this.#stores().flatMap((store) =>
      store.identity.rows.flatMap((scope) => this.#toDeployedPacks(store, scope, [...store.getLoadedPacks()])),
    );
  }

  #stores(): readonly ConnectionStore[] {
    return this.#estate.getStores(this.#getConnections());
  }

  #getLoadStatus(store: ConnectionStore, index: TemplateIndex): LoadStatus {
    const [scope] = store.identity.rows;
    const packLists = scope ? this.#getPackLists(store, index, scope) : [];
    const lists = [store.identity, ...packLists];
    return {
      scope,
      readAt: getOldestReadAt(packLists),
      isPending: lists.some((list) => list.errors.length === 0 && !isRead(list)),
      isBlocked: !this.#canRequest() && !lists.some(({ state }) => state === 'loading'),
      errors: lists.flatMap(({ errors }) => errors),
    };
  }

  async #loadPacks(store: ConnectionStore, index: TemplateIndex): Promise<void> {
    // A name may contain the account or the region, so the identity is loaded before the packs.
    const needsScope = index.packs.some((reference) => reference.resolve().some(({ kind }) => kind !== 'exact'));
    store.identity.ensureLoaded();
    if (needsScope && store.identity.readAt === undefined) await store.identity.loadMore();
    await loadPackLists(this.#getPackLists(store, index, store.identity.rows[0]));
  }

  /** The lists of the named packs where all names are exact, else the list of all packs. */
  #getPackLists(
    store: ConnectionStore,
    { packs, packTemplates }: TemplateIndex,
    scope: Scope | undefined,
  ): readonly PackList[] {
    const names = packs.flatMap((reference) => reference.resolve(scope));
    const areNamesExact =
      packTemplates.length === 0 &&
      packs.every(({ kind }) => kind === 'pack') &&
      names.every(({ kind }) => kind === 'exact');
    if (!areNamesExact) return getPackLists(store);
    // The service rejects the whole request if one name is invalid.
    const validNames = names.map(({ text }) => text).filter((text) => !validate('name', text));
    return getPackLists(store, validNames);
  }

  #toDeployedPacks(store: ConnectionStore, scope: Scope, packs: readonly Pack[]): DeployedPack[] {
    return packs.map((pack) => ({
      connection: store.connection,
      scope,
      pack,
      scoreChange: this.#getScoreChange(scope, pack),
      readAt: store.findPackList(pack.name).readAt,
      rules: store.getRuleList(pack.name),
    }));
  }
}

/** An organization's pack matches the deployed names that the organization reported, else the pattern of such names. */
function createPackMatcher(
  store: ConnectionStore,
  { account }: Scope,
  kind: PackReference['kind'],
  name: ResolvedName,
): (deployedName: string) => boolean {
  const list =
    kind === 'organization' && name.kind === 'exact' ? store.getDeployedNames(name.text, account) : undefined;
  const reported = list?.isComplete ? list.rows : [];
  return reported.length > 0 ? (deployedName) => reported.includes(deployedName) : createNameMatcher(name, kind);
}
