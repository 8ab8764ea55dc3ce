import type { ComplianceError } from './errors.ts';
import type { Deployment, Pack, Score } from './model.ts';
import { type Fetch, type List, type ListState, PagedList } from './pagedList.ts';
import type { PackOrder } from './source.ts';

/**
 * A scope's packs: scores and deployments, two lists of the service, joined by name.
 * Scores come page by page; deployments go on by themselves to their end (an account has
 * few packs), so that a failed one shows without a click.
 */
export class PackList implements List<Pack> {
  readonly #scores: PagedList<Score>;
  readonly #deployments: PagedList<Deployment>;
  readonly #order: PackOrder;

  constructor(scores: Fetch<Score>, deployments: Fetch<Deployment>, order: PackOrder, onChange: () => void) {
    this.#order = order;
    this.#scores = new PagedList(scores, ({ pack }) => pack, onChange);
    this.#deployments = new PagedList(
      deployments,
      ({ pack }) => pack,
      () => {
        onChange();
        if (this.#deployments.state === 'idle') void this.#deployments.more();
      },
    );
  }

  get rows(): readonly Pack[] {
    // Before the scores have ended, a deployment without one may only be waiting for its page.
    const settled = this.#scores.complete || (this.#scores.state === 'failed' && this.#scores.rows.length === 0);
    return joinPacks(this.#scores.rows, this.#deployments.rows, settled, this.#order);
  }

  get state(): ListState {
    const states = [this.#scores.state, this.#deployments.state];
    return (['loading', 'idle', 'failed'] as const).find((state) => states.includes(state)) ?? 'done';
  }

  get complete(): boolean {
    return this.#scores.complete && this.#deployments.complete;
  }

  get errors(): readonly ComplianceError[] {
    return [...this.#scores.errors, ...this.#deployments.errors];
  }

  get readAt(): number | undefined {
    const times = [this.#scores.readAt, this.#deployments.readAt].filter((time) => time !== undefined);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  ensure(): void {
    this.#scores.ensure();
    this.#deployments.ensure();
  }

  async more(): Promise<void> {
    await Promise.all([this.#scores.more(), this.#deployments.more()]);
  }

  async all(signal: AbortSignal, onPage: (loaded: number) => void): Promise<void> {
    await Promise.all([this.#scores.all(signal, onPage), this.#deployments.more()]);
  }

  async refresh(): Promise<void> {
    await Promise.all([this.#scores.refresh(), this.#deployments.refresh()]);
  }

  invalidate(): void {
    this.#scores.invalidate();
    this.#deployments.invalidate();
  }

  dispose(): void {
    this.#scores.dispose();
    this.#deployments.dispose();
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
