import type { Deployment, Pack, Score } from '../model.ts';
import { CompositeList } from '../paging/compositeList.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { Fetch } from '../paging/pages.ts';
import type { PackOrder } from '../source.ts';

/**
 * A scope's packs: scores and deployments, two lists of the service, joined by name. Scores come page by
 * page; deployments come whole (an account has few packs), so that a failed one shows without a click.
 */
export class PackList extends CompositeList<Pack> {
  readonly #scores: PagedList<Score>;
  readonly #deployments: PagedList<Deployment>;
  readonly #order: PackOrder;
  /** Whether it is of every pack of the scope, not of some by their names. */
  readonly ofAll: boolean;

  constructor(
    scores: Fetch<Score>,
    deployments: Fetch<Deployment>,
    order: PackOrder,
    onChange: () => void,
    ofAll = true,
  ) {
    const scoreList = new PagedList(scores, ({ pack }) => pack, onChange);
    const deploymentList = new PagedList(deployments, ({ pack }) => pack, onChange, true);
    super([scoreList, deploymentList]);
    this.#scores = scoreList;
    this.#deployments = deploymentList;
    this.#order = order;
    this.ofAll = ofAll;
  }

  /** Whether every pack of the list with a score below `target` is among the rows. */
  hasAllBelow(target: number): boolean {
    if (this.#scores.complete) return true;
    const { by, descending } = this.#order;
    const last = this.#scores.rows.at(-1);
    // Worst first, and what has no number at the end: nothing worse can follow.
    return by === 'score' && !descending && last !== undefined && (last.percent ?? 100) >= target;
  }

  /** Whether a list came in part: packs may be missing, or their other half. */
  get isBroken(): boolean {
    return [this.#scores, this.#deployments].some(({ errors, readAt }) => errors.length > 0 && readAt !== undefined);
  }

  get rows(): readonly Pack[] {
    // Before the scores have ended, a deployment without one may only be waiting for its page.
    const settled = this.#scores.complete || (this.#scores.errors.length > 0 && this.#scores.rows.length === 0);
    return joinPacks(this.#scores.rows, this.#deployments.rows, settled, this.#order);
  }
}

/** Every pack of either list once, in `order`; packs without a score only when `settled`, beside those without a number. */
function joinPacks(
  scores: readonly Score[],
  deployments: readonly Deployment[],
  settled: boolean,
  order: PackOrder,
): Pack[] {
  const deployed = new Map(deployments.map((deployment) => [deployment.pack, deployment]));
  const scored = scores.map((score) => ({ name: score.pack, score, deployment: deployed.get(score.pack) }));
  if (!settled) return scored;
  for (const { pack } of scores) deployed.delete(pack);
  const unscored = [...deployed.values()].map((deployment) => ({
    name: deployment.pack,
    score: undefined,
    deployment,
  }));
  if (order.by === 'score') return order.descending ? [...unscored, ...scored] : [...scored, ...unscored];
  const sign = order.descending ? -1 : 1;
  return [...scored, ...unscored].sort((a, b) => sign * (a.name < b.name ? -1 : 1));
}
