import type { AccountAndRegion, AggregateRow, Pack } from '../model.ts';
import { getResolvedConnections } from '../queries/lookup.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import type { Estate } from '../store/estate.ts';
import { captureVisits } from './captureVisits.ts';
import { getLastVisitTime, getStartOfDay } from './earlierTimes.ts';
import { type HistoryStorage, readLatestVisits } from './historyStorage.ts';
import { getListId, getListKey, getScopeKey, isGap, type Reading, type StoredPack, type Visit } from './reading.ts';
import { RowBaseline, type RowChange } from './rowBaseline.ts';

/** Delay from the first change to the write, in milliseconds. Changes in between share the write. */
const writeDelay = 1000;

/** How a pack's published score differs from that of an earlier reading. */
export interface ScoreChange {
  /** Gained points; negative if the score fell. Never rounds to 0.0. */
  readonly points: number;
  /** The earlier score, 0–100. */
  readonly before: number;
  /** When the earlier score was read, epoch milliseconds. */
  readonly since: number;
}

/** A pack's score at the last visit. */
export type EarlierScore = Pick<ScoreChange, 'before' | 'since'>;

/** The score of a pack at the last visit; undefined if there is none or it cannot be compared. */
export type GetEarlierScore = (scope: AccountAndRegion, pack: Pack) => EarlierScore | undefined;

/** The difference of a pack's score to that of the last visit; undefined if there is none or it cannot be compared. */
export type GetScoreChange = (scope: AccountAndRegion, pack: Pack) => ScoreChange | undefined;

/** How a row of one of the scope's aggregators differs from that of the last visit; undefined if it cannot be compared. */
export type GetRowChange = (scope: AccountAndRegion, aggregator: string, row: AggregateRow) => RowChange | undefined;

/** What was read of one account and region at the last visit. */
interface Baseline {
  /** The packs by id. Undefined if they were not read. */
  readonly packs: { readonly readAt: number; readonly byId: ReadonlyMap<string, StoredPack> } | undefined;
  /** The rows by aggregator. */
  readonly rows: ReadonlyMap<string, RowBaseline>;
}

interface Options {
  readonly storage: HistoryStorage;
  readonly estate: Estate;
  /** Called when scores can be compared that could not before. */
  readonly onDidLoad: () => void;
  /** When this session began, epoch milliseconds: before anything was read. */
  readonly startedAt: number;
  readonly now?: () => number;
}

/** Stores what is read, and compares scores with those of the last visit. */
export class History {
  readonly storage: HistoryStorage;
  /** When this session began, epoch milliseconds. */
  readonly startedAt: number;
  readonly #estate: Estate;
  readonly #onDidLoad: () => void;
  readonly #now: () => number;
  readonly #baselines = new Map<string, Promise<Baseline | undefined>>();
  readonly #loadedBaselines = new Map<string, Baseline | undefined>();
  /** What was written last of each list, so that nothing is written twice. */
  readonly #written = new Map<string, string>();
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({ storage, estate, onDidLoad, startedAt, now = Date.now }: Options) {
    this.storage = storage;
    this.startedAt = startedAt;
    this.#estate = estate;
    this.#onDidLoad = onDidLoad;
    this.#now = now;
    this.#unsubscribe = estate.onDidChange(() => this.#handleChange());
    this.#handleChange();
  }

  readonly getEarlierScore: GetEarlierScore = (scope, { deployment }) => {
    const packs = this.#loadedBaselines.get(getScopeKey(scope))?.packs;
    const before = deployment?.id === undefined ? undefined : packs?.byId.get(deployment.id);
    if (!packs || before?.percent === undefined) return undefined;
    return { before: before.percent, since: packs.readAt };
  };

  readonly getScoreChange: GetScoreChange = (scope, pack) => {
    const earlier = this.getEarlierScore(scope, pack);
    const percent = pack.score?.percent;
    if (!earlier || percent === undefined) return undefined;
    const points = percent - earlier.before;
    return Math.abs(points) < 0.05 ? undefined : { points, ...earlier };
  };

  readonly getRowChange: GetRowChange = (scope, aggregator, row) =>
    this.#loadedBaselines.get(getScopeKey(scope))?.rows.get(aggregator)?.getChange(row);

  /** Stores what was read without a list. Never rejects. */
  record(visit: Visit): Promise<void> {
    this.#writing = this.#writing.then(() => this.storage.write(visit));
    return this.#writing;
  }

  /** Writes what has been read to the storage. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const visits = this.#captureNewVisits();
    this.#writing = this.#writing.then(async () => {
      for (const visit of visits) await this.storage.write(visit);
    });
    return this.#writing;
  }

  /** Resolves once the scores of the last visit are available for every known account and region. */
  async loadBaselines(): Promise<void> {
    const scopes = this.#getStores().flatMap(getResolvedConnections);
    await Promise.all(scopes.map(({ scope }) => this.#loadBaseline(scope)));
  }

  dispose(): void {
    this.#unsubscribe();
    void this.flush();
  }

  #handleChange(): void {
    this.#timer ??= setTimeout(() => this.flush(), writeDelay);
    void this.loadBaselines();
  }

  /** Sample data has no history. */
  #getStores(): readonly ConnectionStore[] {
    return [...this.#estate.stores()].filter(({ connection }) => !connection.isSample);
  }

  #captureNewVisits(): Visit[] {
    const visits = this.#getStores().flatMap(captureVisits);
    return visits.filter((visit) => {
      const key = `${getScopeKey(visit.scope)} ${getListKey(getListId(visit))}`;
      // The time of a gap is that of its capture.
      const version = isGap(visit) ? visit.reason : String(visit.readAt);
      if (this.#written.get(key) === version) return false;
      this.#written.set(key, version);
      return true;
    });
  }

  /** Loads the packs of the last visit, once a day. */
  #loadBaseline(scope: AccountAndRegion): Promise<unknown> {
    const day = getStartOfDay(this.#now());
    const key = `${getScopeKey(scope)} ${day}`;
    const loading = this.#baselines.get(key) ?? this.#readBaseline(scope);
    this.#baselines.set(key, loading);
    return loading;
  }

  async #readBaseline(scope: AccountAndRegion): Promise<Baseline | undefined> {
    const until = getLastVisitTime(await this.storage.list(scope), this.#now(), this.startedAt);
    const visits = until === undefined ? [] : await readLatestVisits(this.storage, scope, until);
    const readings = visits.flatMap((visit) => (isGap(visit) ? [] : visit));
    const baseline = readings.length === 0 ? undefined : createBaseline(readings);
    this.#loadedBaselines.set(getScopeKey(scope), baseline);
    if (baseline) this.#onDidLoad();
    return baseline;
  }
}

function createBaseline(readings: readonly Reading[]): Baseline {
  const packs = readings.find((reading) => reading.kind === 'packs');
  const rows = readings.filter((reading) => reading.kind === 'rows');
  return {
    packs: packs && {
      readAt: packs.readAt,
      byId: new Map(packs.packs.flatMap((pack) => (pack.id === undefined ? [] : [[pack.id, pack]]))),
    },
    rows: new Map(
      [...Map.groupBy(rows, ({ aggregator }) => aggregator)].map(([name, each]) => [name, new RowBaseline(each)]),
    ),
  };
}
