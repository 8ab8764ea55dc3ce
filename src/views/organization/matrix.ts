import type { ComplianceType } from '../../compliance/model.ts';
import { findCell } from '../../compliance/organization/cells.ts';
import { formatPackGroup, type PackGroup } from '../../compliance/organization/packGroups.ts';
import type { AccountPackMatrix } from '../../compliance/organization/rankings.ts';
import { type RowColumns, stateCodes, toCompliance } from '../../compliance/organization/rowColumns.ts';
import { forEachSlice } from '../../compliance/organization/slices.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { MatrixCode, MatrixWindow, OverviewFilter, ViewRange } from '../../webview/overview/protocol.ts';
import type { FilteredContents } from './filterContents.ts';

/** A code per cell of a matrix. */
export type MatrixCodes = readonly MatrixCode[];

/** Finds the worst state of each cell and, if it is non-compliant, the largest share of failing rules of a region. */
export function* findCodes({ matrix, columns, rows }: FilteredContents): SlicedWork<MatrixCodes> {
  const levels = new Uint8Array(matrix.cells.states.length);
  const lines = mapNumbers(columns.accountIds.all, new Map(matrix.accounts.map((account, line) => [account, line])));
  const columnsByName = new Map(
    matrix.packs.flatMap(({ deployedNames }, column) => deployedNames.map((name) => [name, column] as const)),
  );
  const packColumns = mapNumbers(columns.packNames.all, columnsByName);
  yield* forEachSlice(rows.length, (start, end) => {
    for (const row of rows.subarray(start, end)) {
      const line = lines[columns.accounts[row] ?? 0] ?? 0;
      const cell = findCell(matrix.cells, line, packColumns[columns.packs[row] ?? 0] ?? 0);
      if (cell !== undefined) levels[cell] = Math.max(levels[cell] ?? 0, getLevel(columns, row));
    }
  });
  return Array.from(matrix.cells.states, (state, cell) => toCode(state, levels[cell] ?? 0));
}

/** The number that each string refers to. A string that was added after the matrix was made refers to none. */
const mapNumbers = (strings: readonly string[], numbers: ReadonlyMap<string, number>): Int32Array =>
  Int32Array.from(strings, (text) => numbers.get(text) ?? -1);

/** The share of a row's rules that fail, in quarters from 1 to 4; 0 if the row is not non-compliant. */
function getLevel({ states, nonCompliantRules, totalRules }: RowColumns, row: number): number {
  if (states[row] !== stateCodes.NON_COMPLIANT) return 0;
  const share = (nonCompliantRules[row] ?? 0) / Math.max(1, totalRules[row] ?? 0);
  return Math.min(4, Math.max(1, Math.ceil(4 * share)));
}

function toCode(state: number, level: number): MatrixCode {
  if (level > 0) return nonCompliantCodes[level - 1] ?? '4';
  return toCompliance(state) === 'COMPLIANT' ? 'C' : 'I';
}

const nonCompliantCodes = ['1', '2', '3', '4'] as const;

/** The part of the matrix that is in view: accounts and packs, both worst first. */
export function getMatrixWindow(contents: FilteredContents, codes: MatrixCodes, range: ViewRange): MatrixWindow {
  const { accounts, packs, matrix, filter } = contents;
  const shownPacks = packs.slice(range.firstColumn, range.firstColumn + range.columnCount).map(({ pack }) => pack);
  const shownAccounts = accounts.slice(range.first, range.first + range.count);
  const columns = shownPacks.map((pack) => matrix.packs.findIndex((each) => isSamePack(each, pack)));
  const lines = indexAccounts(matrix);
  return {
    firstColumn: range.firstColumn,
    totalColumns: packs.length,
    packs: shownPacks.map(formatPackGroup),
    accounts: shownAccounts.map(({ account }) => contents.label(account)),
    cells: shownAccounts.map(({ account }) => {
      const line = lines.get(account) ?? 0;
      const getCode = (column: number): MatrixCode => {
        const cell = findCell(matrix.cells, line, column);
        const code = (cell !== undefined && codes[cell]) || ' ';
        return isShown(code, filter) ? code : '.';
      };
      return columns.map(getCode).join('');
    }),
  };
}

/** A pack's own name can end like the text that marks one of the organization. */
const isSamePack = (a: PackGroup, b: PackGroup): boolean => a.name === b.name && a.isOrganization === b.isOrganization;

const lineIndexes = new WeakMap<AccountPackMatrix, ReadonlyMap<string, number>>();

/** Builds the index once per matrix, because scrolling needs it many times. */
function indexAccounts(matrix: AccountPackMatrix): ReadonlyMap<string, number> {
  const index = lineIndexes.get(matrix) ?? new Map(matrix.accounts.map((account, line) => [account, line]));
  lineIndexes.set(matrix, index);
  return index;
}

const isShown = (code: MatrixCode, { compliance }: OverviewFilter): boolean =>
  compliance === '' || code === ' ' || codesByState[compliance].includes(code);

const codesByState: Readonly<Record<ComplianceType, string>> = {
  NON_COMPLIANT: '1234',
  INSUFFICIENT_DATA: 'I',
  COMPLIANT: 'C',
};
