import fc from 'fast-check';
import { type AggregateRow, complianceTypes, getRowKey } from '../../../src/compliance/model.ts';
import type { QueryCounts } from '../../../src/compliance/organization/countByQuery.ts';
import { FailingRulesReader } from '../../../src/compliance/organization/failingRulesReader.ts';
import { OrganizationRows } from '../../../src/compliance/organization/organizationRows.ts';
import type { AggregateRule } from '../../../src/compliance/organizationModel.ts';
import type { FetchPage } from '../../../src/compliance/paging/pages.ts';
import { PartitionedReader } from '../../../src/compliance/paging/partitionedReader.ts';
import type { SlicedWork } from '../../../src/timeSlicing.ts';
import {
  OverviewResponder,
  type OverviewSource,
  type ShowMessage,
} from '../../../src/views/organization/overviewResponder.ts';
import type { AccountLabel, MatrixWindow, OverviewRow, RowsMessage } from '../../../src/webview/overview/protocol.ts';
import { noFilter } from '../../../src/webview/overview/state.ts';

export const regions = ['us-east-1', 'eu-central-1', 'ap-south-1'] as const;
export const accountNames: ReadonlyMap<string, string> = new Map([
  ['000000000001', 'security'],
  ['000000000002', '\u202Epayments <b>'],
]);
/** An account without rows. */
export const emptyAccount = '000000000099';
/** An account with two regions of which the aggregator has no current data. */
export const unhealthyAccount = '000000000001';
const noCause = { updatedAt: undefined, errorCode: undefined, reason: undefined };
/** A region that the aggregator names, without rows. */
const emptyRegion = 'me-south-1';

/** Rows as AWS Config sends them. A row can come twice: it has changed between two pages. */
export const anyRows: fc.Arbitrary<readonly AggregateRow[]> = fc.array(
  fc.record(
    {
      pack: fc.constantFrom(
        'security',
        'security (org)',
        'OrgConformsPack-security-abcd1234',
        'OrgConformsPack-security-ZZZZ9999',
        'constructor',
        '<img src=x onerror=alert(1)>',
        '\u202Etxt.exe',
      ),
      account: fc.integer({ min: 1, max: 5 }).map((number) => `${number}`.padStart(12, '0')),
      region: fc.constantFrom(...regions),
      compliance: fc.constantFrom(...complianceTypes, undefined, 'NOT_APPLICABLE'),
      compliantRules: fc.nat(9),
      nonCompliantRules: fc.nat(9),
      totalRules: fc.nat(9),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 60 },
);

/** Rules that fail. The same rule is deployed once per pack, account and region. */
export const anyRules: fc.Arbitrary<readonly AggregateRule[]> = fc.array(
  fc.record(
    {
      rule: fc.constantFrom(
        'a',
        'a-conformance-pack-abcdefghi',
        'a-conformance-pack-123456789',
        'b',
        '__proto__',
        '<b>',
      ),
      account: fc.integer({ min: 1, max: 5 }).map((number) => `${number}`.padStart(12, '0')),
      region: fc.constantFrom(...regions),
      compliance: fc.constant('NON_COMPLIANT'),
      resources: fc.option(fc.nat(25), { nil: undefined }),
      isCapped: fc.boolean(),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 40 },
);

/** An aggregator that is read in parts, and fails where it is told to. */
export interface PartlyReadAggregator {
  readonly rows: readonly AggregateRow[];
  readonly rules: readonly AggregateRule[];
  readonly pageSize: number;
  /** What AWS Config counts, until all rows have been read. */
  readonly queryCounts?: QueryCounts;
  /** The regions that fail after this many pages, until `read` is called with `isHealed`. */
  readonly failing: ReadonlyMap<string, number>;
}

/** What has been read of an aggregator, with an answer to every request for rows. */
export class OverviewUnderTest {
  readonly source: OverviewSource;
  readonly #rows: OrganizationRows;
  readonly #rules: FailingRulesReader;
  readonly #aggregator: PartlyReadAggregator;
  #isHealed = false;

  constructor(aggregator: PartlyReadAggregator) {
    this.#aggregator = aggregator;
    const { rows, rules, pageSize } = aggregator;
    const partitions = regions.map((region) => ({ filter: { region }, evaluatedRows: undefined }));
    const fetchRows = ({ region = '' }: { readonly region?: string }) =>
      this.#failIn(
        region,
        getPages(
          rows.filter((row) => row.region === region),
          pageSize,
        ),
      );
    this.#rows = new OrganizationRows(async () => new PartitionedReader(fetchRows, partitions));
    this.#rules = new FailingRulesReader(this.#failIn('rules', getPages(rules, pageSize)));
    const isComplete = () => this.#rows.progress.partitionsRead === regions.length;
    this.source = {
      rows: this.#rows,
      rules: this.#rules,
      knownAccounts: [emptyAccount],
      knownRegions: [emptyRegion],
      unhealthySources: [
        { id: emptyAccount, region: emptyRegion, state: 'FAILED', ...noCause },
        { id: unhealthyAccount, region: 'us-east-1', state: 'FAILED', ...noCause },
        { id: unhealthyAccount, region: 'eu-central-1', state: 'OUTDATED', ...noCause },
      ],
      get isComplete() {
        return isComplete();
      },
      get queryCounts() {
        return isComplete() ? undefined : aggregator.queryCounts;
      },
    };
  }

  /** The distinct rows of the pages that have been read: a repeated row is as it came last. */
  get readRows(): readonly AggregateRow[] {
    const { rows, pageSize } = this.#aggregator;
    const read = regions.flatMap((region) =>
      rows.filter((row) => row.region === region).slice(0, pageSize * this.#countPages(region)),
    );
    return [...new Map(read.map((row) => [getRowKey(row), row])).values()];
  }

  /** Likewise the rules. */
  get readRules(): readonly AggregateRule[] {
    const { rules, pageSize } = this.#aggregator;
    const read = rules.slice(0, pageSize * this.#countPages('rules'));
    return [...new Map(read.map((rule) => [`${rule.account}/${rule.region}/${rule.rule}`, rule])).values()];
  }

  /** Reads what has not been read. From the first call with `isHealed`, nothing fails. */
  async read(isHealed: boolean): Promise<void> {
    this.#isHealed = isHealed;
    const { signal } = new AbortController();
    await Promise.all([this.#rows.read(signal, () => {}), this.#rules.read(signal, () => {})]);
  }

  /** Asks for one window of rows after the other, as a webview that scrolls. */
  show(request: Pick<ShowMessage, 'tab' | 'filter' | 'toggled'>, windowSize: number): readonly OverviewRow[] {
    return this.#scroll(request, windowSize).flatMap(({ rows }) => rows);
  }

  /** Asks for one window of the matrix after the other. */
  showMatrix(filter: ShowMessage['filter'], windowSize: number): readonly MatrixWindow[] {
    const windows = this.#scroll({ tab: 'matrix', filter, toggled: [] }, windowSize);
    return windows.flatMap(({ matrix }) => matrix ?? []);
  }

  /** The accounts that are suggested for a filter. */
  suggestAccounts(account: string): readonly AccountLabel[] {
    const [message] = this.#scroll({ tab: 'accounts', filter: { ...noFilter, account }, toggled: [] }, 1);
    return message?.suggestedAccounts ?? [];
  }

  #scroll(request: Pick<ShowMessage, 'tab' | 'filter' | 'toggled'>, count: number): readonly RowsMessage[] {
    const answers = new OverviewResponder(this.source, accountNames);
    const messages: RowsMessage[] = [];
    for (let first = 0; first <= (messages[0]?.total ?? 0); first += count) {
      const range = { first, count, firstColumn: 0, columnCount: 100 };
      messages.push(run(answers.answer({ type: 'show', request: 1, focused: '', range, ...request })));
    }
    return messages;
  }

  #countPages(part: string): number {
    return this.#isHealed ? Number.POSITIVE_INFINITY : (this.#aggregator.failing.get(part) ?? Number.POSITIVE_INFINITY);
  }

  #failIn<T>(part: string, pages: readonly (readonly T[])[]): FetchPage<T> {
    return async ({ cursor }) => {
      const page = Number(cursor ?? 0);
      if (page >= this.#countPages(part)) throw new Error('down');
      return { items: pages[page] ?? [], next: page + 1 < pages.length ? toCursor(page + 1) : undefined };
    };
  }
}

const toCursor = (page: number) => `${page}`;

const getPages = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, page) => all.slice(page * size, (page + 1) * size));

/** Runs work to its end. */
export function run<T>(work: SlicedWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
