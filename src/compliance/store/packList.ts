import { type Deployment, isFailedState, type Pack, type Score } from '../model.ts';
import { CompositeList } from '../paging/compositeList.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { FetchPage } from '../paging/pages.ts';
import type { PackOrder } from '../source.ts';

const byPack = ({ pack }: Score | Deployment) => pack;

/**
 * The packs of a scope: scores and deployments, joined by name. Scores load page by page. All deployments load at
 * once, because an account has few packs and a failed deployment must show without further pages.
 */
export class PackList extends CompositeList<Pack> {
  readonly #scores: PagedList<Score>;
  readonly #deployments: PagedList<Deployment>;
  readonly #order: PackOrder;
  /** Whether the list holds all packs of the scope, not only some by name. */
  readonly isUnfiltered: boolean;

  constructor(
    scores: FetchPage<Score>,
    deployments: FetchPage<Deployment>,
    order: PackOrder,
    onChange: () => void,
    isUnfiltered = true,
  ) {
    super(onChange);
    this.#scores = this.addPart((onPartChange) => new PagedList(scores, byPack, onPartChange));
    this.#deployments = this.addPart(
      (onPartChange) => new PagedList(deployments, byPack, onPartChange, { isEager: true }),
    );
    this.#order = order;
    this.isUnfiltered = isUnfiltered;
  }

  /** Whether the rows include every pack with a score below `target`, 0–100. */
  hasAllBelow(target: number): boolean {
    if (this.#scores.isComplete) return true;
    const { by, descending } = this.#order;
    const last = this.#scores.rows.at(-1);
    // With the worst first and packs without a number last, no worse score can follow.
    return by === 'score' && !descending && last !== undefined && (last.percent ?? 100) >= target;
  }

  /** Whether one of the two lists failed after its first page, so that packs or their other half may be missing. */
  get isPartial(): boolean {
    return [this.#scores, this.#deployments].some(({ errors, readAt }) => errors.length > 0 && readAt !== undefined);
  }

  protected override joinRows(): Pack[] {
    const { rows: scores, isComplete, errors } = this.#scores;
    const scored = new Set(scores.map(byPack));
    const unscored = this.#deployments.rows.filter(({ pack }) => !scored.has(pack));
    // While scores are still loading, a deployment without a score may only be waiting for its page. Failures don't wait.
    const includesAll = isComplete || (errors.length > 0 && scores.length === 0);
    const shown = includesAll ? unscored : unscored.filter(({ state }) => isFailedState(state));
    return joinPacks(scores, this.#deployments.rows, shown.map(toUnscoredPack(isComplete)), this.#order);
  }
}

const toUnscoredPack =
  (areScoresRead: boolean) =>
  (deployment: Deployment): Pack => ({
    name: deployment.pack,
    score: undefined,
    deployment,
    ...(!areScoresRead && { isScoreUnread: true }),
  });

/** Joins scores and deployments by name. Packs without a score come after those with a number in ascending order. */
function joinPacks(
  scores: readonly Score[],
  deployments: readonly Deployment[],
  unscored: readonly Pack[],
  order: PackOrder,
): Pack[] {
  const deploymentsByPack = new Map(deployments.map((deployment) => [deployment.pack, deployment]));
  const scored = scores.map((score) => ({ name: score.pack, score, deployment: deploymentsByPack.get(score.pack) }));
  if (order.by === 'score') return order.descending ? [...unscored, ...scored] : [...scored, ...unscored];
  if (unscored.length === 0) return scored;
  const sign = order.descending ? -1 : 1;
  return [...scored, ...unscored].sort((a, b) => sign * (a.name < b.name ? -1 : 1));
}
