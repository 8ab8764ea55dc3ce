import type { ComplianceError } from '../../compliance/errors.ts';
import { filterProblem } from '../../compliance/filter.ts';
import { splitRuleName } from '../../compliance/impact.ts';
import type { Pack, Rule, Scope } from '../../compliance/model.ts';
import { loadWhole, packListsFor } from '../../compliance/queries/packLists.ts';
import type { Connection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { PackList } from '../../compliance/store/packList.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { nameProblem } from '../../templates/checks.ts';
import { deployedAs } from '../../templates/match.ts';
import type { PackReference, PackTemplate, ResolvedName, TemplateIndex } from '../../templates/model.ts';
import { rankByTemplate } from './rankByTemplate.ts';

/** A deployed pack that a name in a template stands for. */
export interface Deployed {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly pack: Pack;
  readonly readAt: number | undefined;
  /** Its rules, as far as they are known. */
  readonly rules: RuleList;
}

/** How far one connection has answered what a document asks. */
export interface Progress {
  /** Undefined before it is known whose the connection is. */
  readonly scope: Scope | undefined;
  /** Whether more may come: nothing has been asked yet, or it is under way. */
  readonly pending: boolean;
  /** Whether what is pending is not asked for: nothing is, on behalf of a workspace that is not trusted. */
  readonly withheld: boolean;
  readonly errors: readonly ComplianceError[];
}

/** What is known of a name through one connection. */
export interface Answer extends Progress {
  readonly name: ResolvedName;
  readonly deployed: readonly Deployed[];
}

/** The one pack that is meant for certain: a name that is wholly known, and one pack under it. */
export function certain({ name, deployed }: Answer): Deployed | undefined {
  const [only, ...others] = deployed;
  return name.kind === 'exact' && others.length === 0 ? only : undefined;
}

/** How many of a pack's rules fail. */
export interface RuleCounts {
  readonly failing: number;
  readonly all: number;
}

/** What the templates' names stand for, in the accounts and regions that are read. */
export class Deployments {
  readonly #estate: Estate;
  readonly #connections: () => readonly Connection[];
  readonly #mayAsk: () => boolean;

  /** Where it may not ask, it tells only what others have. */
  constructor(estate: Estate, connections: () => readonly Connection[], mayAsk: () => boolean) {
    this.#estate = estate;
    this.#connections = connections;
    this.#mayAsk = mayAsk;
  }

  /** Asks for all packs of a document at once, where they have not been asked for; a template of rules may be any pack's. */
  async ask(index: TemplateIndex): Promise<void> {
    if (!this.#mayAsk()) return;
    await Promise.all(this.#known().map((store) => this.#askThrough(store, index)));
  }

  /** Asks, where it has not, how the organization's pack is really called where it is deployed: few may know, and need not. */
  async askNames(reference: PackReference): Promise<void> {
    if (reference.kind === 'pack' || !this.#mayAsk()) return;
    await Promise.all(
      this.#known().map(async (store) => {
        store.scope.ensureLoaded();
        if (store.scope.state === 'loading') await store.scope.loadMore();
        for (const scope of store.scope.rows) {
          if (nameProblem(reference, scope)) continue;
          const exact = reference.resolve(scope).filter(({ kind }) => kind === 'exact');
          for (const { text } of exact) store.organizationNames(text, scope.account).ensureLoaded();
        }
      }),
    );
  }

  /** Asks for the rules of packs that are looked at, and for what fails them. */
  askRules(deployed: readonly Deployed[]): void {
    if (this.#mayAsk()) for (const { rules } of deployed) rules.ensureLoaded();
  }

  /** Asks for the states of rules alone, one request for a pack however many results it has; returns those asked. */
  askStandings(deployed: readonly Deployed[]): readonly Deployed[] {
    if (!this.#mayAsk()) return [];
    for (const { rules } of deployed) rules.rules.ensureLoaded();
    return deployed;
  }

  /**
   * Asks for the rules of a document's only pack, so that they can be counted. Where there are more, each would
   * be a request: these wait until somebody looks at them.
   */
  askCounts(index: TemplateIndex): void {
    const [only, ...others] = index.packs;
    if (!only || others.length > 0) return;
    const certainly = this.answers(index, only).flatMap((answer) => certain(answer) ?? []);
    const names = new Set(certainly.map(({ pack }) => pack.name));
    if (names.size === 1) this.askStandings(certainly.filter((deployed) => !this.ruleCounts(deployed)));
  }

  /** How many rules fail: of the pack's own, where they are known, else as an aggregator has told; asks nothing. */
  ruleCounts({ scope, pack, rules: { rules } }: Deployed): RuleCounts | undefined {
    if (rules.complete) return countsOf(rules.rows);
    for (const store of this.#known()) {
      const row = store.findRow(scope, pack.name);
      if (row) return { failing: row.nonCompliantRules, all: row.totalRules };
    }
    return undefined;
  }

  /** What is known of a pack's name; asks nothing. One answer per connection and name that it may come to. */
  answers(index: TemplateIndex, reference: PackReference): readonly Answer[] {
    return this.answersIn(index)(reference);
  }

  /** The same for many names of a document: what they have in common is looked up once. */
  answersIn(index: TemplateIndex): (reference: PackReference) => readonly Answer[] {
    const connections = this.#known().map((store) => {
      return { store, progress: this.#progressOf(store, index), packs: [...store.loadedPacks()] };
    });
    return (reference) =>
      connections.flatMap(({ store, progress, packs }) => {
        const { scope } = progress;
        return reference.resolve(scope).map((name) => {
          if (!scope) return { ...progress, name, deployed: [] };
          const isOne = isMeant(store, scope, reference.kind, name);
          return {
            ...progress,
            name,
            deployed: deployedIn(
              store,
              scope,
              packs.filter(({ name }) => isOne(name)),
            ),
          };
        });
      });
  }

  /** How far each connection has answered what a document asks. */
  progress(index: TemplateIndex): readonly Progress[] {
    return this.#known().map((store) => this.#progressOf(store, index));
  }

  /**
   * The deployed packs that come from a template of rules: those of the pack that carries it; of a file by
   * itself, those that are known to have one of its rules.
   */
  withTemplate(index: TemplateIndex, template: PackTemplate): readonly Deployed[] {
    const { pack, rules } = template;
    if (pack) return this.answers(index, pack).flatMap(({ deployed }) => deployed);
    const names = new Set(rules.flatMap((rule) => rule.resolve()).map(({ text }) => text));
    return this.known().filter((each) => each.rules.rows.some(({ name }) => names.has(splitRuleName(name).own)));
  }

  /** The deployed packs that may come from a template of rules too, for all that is known: the likeliest first. */
  perhapsWithTemplate(path: string, { pack, ruleCount }: PackTemplate): readonly Deployed[] {
    const unread = pack ? [] : this.known().filter(({ rules }) => !rules.rules.complete && rules.rows.length === 0);
    return rankByTemplate(unread, path, (each) => this.ruleCounts(each)?.all === ruleCount);
  }

  /** Every deployed pack that is known. */
  known(): readonly Deployed[] {
    return this.#known().flatMap((store) =>
      store.scope.rows.flatMap((scope) => deployedIn(store, scope, [...store.loadedPacks()])),
    );
  }

  #progressOf(store: ConnectionStore, index: TemplateIndex): Progress {
    const [scope] = store.scope.rows;
    const asked = [store.scope, ...(scope ? this.#lists(store, index, scope) : [])];
    return {
      scope,
      pending: asked.some(({ complete, errors }) => !complete && errors.length === 0),
      withheld: !this.#mayAsk() && !asked.some(({ state }) => state === 'loading'),
      errors: asked.flatMap((list) => list.errors),
    };
  }

  #known(): ConnectionStore[] {
    return this.#estate.stores(this.#connections());
  }

  async #askThrough(store: ConnectionStore, index: TemplateIndex): Promise<void> {
    // The account and the region may be part of a name, so they come first where a name needs them.
    const open = index.packs.some((reference) => reference.resolve().some(({ kind }) => kind !== 'exact'));
    store.scope.ensureLoaded();
    if (open && store.scope.readAt === undefined) await store.scope.loadMore();
    await loadWhole(this.#lists(store, index, store.scope.rows[0]));
  }

  /** Exact names can be asked for; what an organization deploys, or what stays open, only a list of all packs can tell. */
  #lists(
    store: ConnectionStore,
    { packs, packTemplates }: TemplateIndex,
    scope: Scope | undefined,
  ): readonly PackList[] {
    const names = packs.flatMap((reference) => reference.resolve(scope));
    const exact =
      packTemplates.length === 0 &&
      packs.every(({ kind }) => kind === 'pack') &&
      names.every(({ kind }) => kind === 'exact');
    // One name that breaks the service's pattern would fail all of them.
    return packListsFor(
      store,
      exact ? names.map(({ text }) => text).filter((text) => !filterProblem('name', text)) : undefined,
    );
  }
}

/** How many of a pack's rules fail, all of which are given. */
const countsOf = (rules: readonly Rule[]): RuleCounts => ({
  failing: rules.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length,
  all: rules.length,
});

/** An organization's pack goes by the names that the organization tells; until it does, by those that fit. */
function isMeant(store: ConnectionStore, { account }: Scope, kind: PackReference['kind'], name: ResolvedName) {
  const told =
    kind === 'organization' && name.kind === 'exact' ? store.organizationNames(name.text, account) : undefined;
  const names = told?.complete ? told.rows : [];
  return names.length > 0 ? (deployed: string) => names.includes(deployed) : deployedAs(name, kind);
}

function deployedIn(store: ConnectionStore, scope: Scope, packs: readonly Pack[]): Deployed[] {
  return packs.map((pack) => ({
    connection: store.connection,
    scope,
    pack,
    readAt: store.packsWith(pack.name).readAt,
    rules: store.rules(pack.name),
  }));
}
