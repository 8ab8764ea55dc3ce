import type { AggregateRow, ComplianceType } from '../../compliance/model.ts';
import type { MatrixCode, MatrixWindow, OverviewFilter, ViewRange } from '../../webview/overview/protocol.ts';
import type { FilteredContents } from './overviewContents.ts';
import { getBaseName, getFailingShare } from './rankings.ts';

/** The part of the matrix of accounts and packs that is in view, both worst first. */
export function getMatrixWindow(contents: FilteredContents, range: ViewRange): MatrixWindow {
  const { accounts, packs, filter } = contents;
  const shownPacks = packs.slice(range.firstColumn, range.firstColumn + range.columnCount).map(({ pack }) => pack);
  const shownAccounts = accounts.slice(range.first, range.first + range.count);
  return {
    firstColumn: range.firstColumn,
    totalColumns: packs.length,
    packs: shownPacks,
    accounts: shownAccounts.map(({ account }) => contents.label(account)),
    cells: shownAccounts.map(({ rows }) => {
      const byPack = Map.groupBy(rows, ({ pack }) => getBaseName(pack));
      const codes = shownPacks.map((pack) => getMatrixCode(byPack.get(pack) ?? []));
      return codes.map((code) => (isShown(code, filter) ? code : '.')).join('');
    }),
  };
}

/** The worst state of a pack over the regions of an account. */
export function getMatrixCode(rows: readonly AggregateRow[]): MatrixCode {
  const nonCompliant = rows.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  if (nonCompliant.length > 0) {
    const share = Math.max(...nonCompliant.map(getFailingShare));
    return share <= 0.25 ? '1' : share <= 0.5 ? '2' : share <= 0.75 ? '3' : '4';
  }
  if (rows.some(({ compliance }) => compliance !== 'COMPLIANT')) return 'I';
  return rows.length > 0 ? 'C' : ' ';
}

const isShown = (code: MatrixCode, { compliance }: OverviewFilter): boolean =>
  compliance === '' || code === ' ' || codesByState[compliance].includes(code);

const codesByState: Readonly<Record<ComplianceType, string>> = {
  NON_COMPLIANT: '1234',
  INSUFFICIENT_DATA: 'I',
  COMPLIANT: 'C',
};
