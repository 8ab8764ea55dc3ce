import { matchesAccount } from '../../compliance/organization/matchesAccount.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import type {
  AccountLabel,
  OverviewMessage,
  OverviewRow,
  OverviewTab,
  RowsMessage,
} from '../../webview/overview/protocol.ts';
import { getCountedAccountRows, getCountedPackRows } from './countedRows.ts';
import {
  createAccountLabeler,
  type FilteredContents,
  filterContents,
  isRestricting,
  type OverviewContents,
  toAccountLabel,
} from './filterContents.ts';
import { findCodes, getMatrixWindow, type MatrixCodes } from './matrix.ts';
import type { OverviewReader } from './overviewReader.ts';
import { getAccountRows, getPackRows } from './overviewRows.ts';
import { getRuleRows } from './ruleRows.ts';

/** The largest number of suggested accounts. */
const maxSuggestions = 50;

/** A request for the rows in view. */
export type ShowMessage = OverviewMessage & { readonly type: 'show' };

/** The part of an `OverviewReader` that requests are about. */
export type OverviewSource = Pick<
  OverviewReader,
  'rows' | 'knownAccounts' | 'knownRegions' | 'isComplete' | 'unhealthySources' | 'rules' | 'queryCounts'
>;

/** Answers requests about one state of what has been read. Remembers rankings, because scrolling asks many times. */
export class OverviewResponder {
  readonly #reader: OverviewSource;
  readonly #accountNames: OverviewContents['accountNames'];
  #filtered: { readonly key: string; readonly contents: FilteredContents } | undefined;
  #rows: { readonly key: string; readonly rows: readonly OverviewRow[] } | undefined;
  #suggested: { readonly text: string; readonly accounts: readonly AccountLabel[] } | undefined;
  #codes: { readonly contents: FilteredContents; readonly codes: MatrixCodes } | undefined;

  constructor(reader: OverviewSource, accountNames: OverviewContents['accountNames']) {
    this.#reader = reader;
    this.#accountNames = accountNames;
  }

  /** The rows of the requested range. */
  *answer(message: ShowMessage): SlicedWork<RowsMessage> {
    const { request, tab, range, focused } = message;
    const suggestedAccounts = this.#suggestAccounts(message);
    const base = { type: 'rows', request, tab, first: range.first, suggestedAccounts } as const;
    if (tab === 'matrix') {
      const contents = yield* this.#filter(message);
      // Without a pack there is no cell.
      const total = contents.packs.length === 0 ? 0 : contents.accounts.length;
      const matrix = getMatrixWindow(contents, yield* this.#findCodes(contents), range);
      return { ...base, total, focusedIndex: -1, rows: [], matrix };
    }
    const rows = yield* this.#getRows(message, tab);
    return {
      ...base,
      total: rows.length,
      focusedIndex: rows.findIndex(({ id }) => id === focused),
      rows: rows.slice(range.first, range.first + range.count),
    };
  }

  /** The row with an id in the requested list, and the rows below it even if it is folded; empty if there is none. */
  *findRow(message: ShowMessage, id: string): SlicedWork<readonly OverviewRow[]> {
    const { tab } = message;
    if (tab === 'matrix') return [];
    const rows = selectBranch(yield* this.#getRows(message, tab), id);
    const [row] = rows;
    if (!row || !('unfolded' in row) || row.unfolded !== false) return rows;
    const toggled = new Set(message.toggled);
    const isToggled = (each: string) => toggled.has(each) !== (each === id);
    return selectBranch(yield* this.#createRows(message, tab, isToggled), id);
  }

  *#getRows(message: ShowMessage, tab: Exclude<OverviewTab, 'matrix'>): SlicedWork<readonly OverviewRow[]> {
    const key = JSON.stringify([tab, message.filter, message.toggled]);
    if (this.#rows?.key === key) return this.#rows.rows;
    const toggled = new Set(message.toggled);
    const rows = yield* this.#createRows(message, tab, (id) => toggled.has(id));
    this.#rows = { key, rows };
    return rows;
  }

  *#createRows(
    message: ShowMessage,
    tab: Exclude<OverviewTab, 'matrix'>,
    isToggled: (id: string) => boolean,
  ): SlicedWork<readonly OverviewRow[]> {
    const { queryCounts } = this.#reader;
    if (queryCounts && !isRestricting(message.filter)) {
      if (tab === 'accounts') {
        const label = createAccountLabeler(this.#accountNames, this.#reader.unhealthySources);
        return yield* getCountedAccountRows(queryCounts, label, () => this.#filter(message), isToggled);
      }
      if (tab === 'packs' && queryCounts.packs)
        return yield* getCountedPackRows(queryCounts.packs, () => this.#filter(message), isToggled);
    }
    switch (tab) {
      case 'accounts':
        return yield* getAccountRows(yield* this.#filter(message), isToggled);
      case 'packs':
        return yield* getPackRows(yield* this.#filter(message), isToggled);
      case 'rules': {
        const { rules } = this.#reader;
        return rules ? yield* getRuleRows(rules.rules, this.#accountNames, message.filter, isToggled) : [];
      }
    }
  }

  #suggestAccounts({ filter: { account: text } }: ShowMessage): readonly AccountLabel[] {
    if (this.#suggested?.text === text) return this.#suggested.accounts;
    const { rows, knownAccounts } = this.#reader;
    const all = [...new Set([...rows.columns.accountIds.all, ...knownAccounts])];
    const matching = all.filter((account) => matchesAccount(account, this.#accountNames, text)).sort();
    const accounts = matching.slice(0, maxSuggestions).map((account) => toAccountLabel(account, this.#accountNames));
    this.#suggested = { text, accounts };
    return accounts;
  }

  *#filter({ filter }: ShowMessage): SlicedWork<FilteredContents> {
    const key = JSON.stringify(filter);
    if (this.#filtered?.key === key) return this.#filtered.contents;
    const contents = yield* filterContents({ reader: this.#reader, accountNames: this.#accountNames }, filter);
    this.#filtered = { key, contents };
    return contents;
  }

  *#findCodes(contents: FilteredContents): SlicedWork<MatrixCodes> {
    if (this.#codes?.contents === contents) return this.#codes.codes;
    const codes = yield* findCodes(contents);
    this.#codes = { contents, codes };
    return codes;
  }
}

/** The row with an id and the rows below it. */
function selectBranch(rows: readonly OverviewRow[], id: string): readonly OverviewRow[] {
  const start = rows.findIndex((row) => row.id === id);
  const level = rows[start]?.level ?? 0;
  const length = rows.slice(start + 1).findIndex((row) => row.level <= level);
  if (start < 0) return [];
  return rows.slice(start, length < 0 ? undefined : start + 1 + length);
}
