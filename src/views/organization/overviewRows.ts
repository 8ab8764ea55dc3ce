import { compareTexts } from '../../compliance/compareTexts.ts';
import { type AggregateRow, complianceTypes } from '../../compliance/model.ts';
import type { StateCounts as PackCounts } from '../../compliance/organization/cells.ts';
import { formatPackGroup } from '../../compliance/organization/packGroups.ts';
import type { AccountRank, PackRank } from '../../compliance/organization/rankings.ts';
import { type RowOrder, type RowSelection, selectRows, sortRows } from '../../compliance/organization/selectRows.ts';
import { forEachSlice } from '../../compliance/organization/slices.ts';
import { formatCompliance } from '../../compliance/text/states.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { DeployedPackRow, OverviewRow, ShownCounts } from '../../webview/overview/protocol.ts';
import { formatNumber } from '../../webview/overview/text.ts';
import { type FilteredContents, findRows, isRestricting } from './filterContents.ts';

type IsToggled = (id: string) => boolean;

/**
 * The id of a foldable row of level 1, and whether it is unfolded. `isOnly`: a filter has left no other row. It is unfolded
 * at first, and its id says so, because toggling it then means the opposite.
 */
export function getFoldState(id: string, isOnly: boolean, isToggled: IsToggled) {
  const ownId = isOnly ? `only/${id}` : id;
  return { id: ownId, unfolded: isToggled(ownId) !== isOnly };
}

/** Packs with and without a result. */
export const toCounts = ({ compliant, nonCompliant, insufficientData, unknown }: PackCounts): ShownCounts => ({
  evaluated: compliant + nonCompliant,
  nonCompliant,
  withoutResult: insufficientData + unknown,
});

/** The rows of the tab of accounts: below an account its regions, below a region its packs. */
export function* getAccountRows(contents: FilteredContents, isToggled: IsToggled): SlicedWork<OverviewRow[]> {
  const rows: OverviewRow[] = [];
  const isOnly = contents.accounts.length === 1 && isRestricting(contents.filter);
  for (const rank of contents.accounts) {
    const fold = getFoldState(`account/${rank.account}`, isOnly, isToggled);
    const label = contents.label(rank.account);
    rows.push({ kind: 'account', ...fold, level: 1, ...label, ...toCounts(rank), regions: rank.regions.length });
    if (fold.unfolded) rows.push(...(yield* getRegionRows(contents, rank, isToggled)));
  }
  return rows;
}

/** The regions of an account, and below them its packs. */
export function* getRegionRows(
  contents: FilteredContents,
  { account, regions }: AccountRank,
  isToggled: IsToggled,
): SlicedWork<OverviewRow[]> {
  const rows: OverviewRow[] = [];
  for (const rank of regions) {
    const { region } = rank;
    const id = `account/${account}/${region}`;
    const unfolded = !isToggled(id);
    rows.push({ kind: 'region', id, level: 2, unfolded, region, ...toCounts(rank) });
    if (unfolded) rows.push(...(yield* getDeployedPackRows(contents, account, region)));
  }
  return rows;
}

function* getDeployedPackRows(
  { columns, packs, filter }: FilteredContents,
  account: string,
  region: string,
): SlicedWork<DeployedPackRow[]> {
  const names = packs.flatMap(({ pack }) => pack.deployedNames);
  const rows = yield* findRows(columns, { account, region, packs: names });
  const shown = rows.filter(({ compliance }) => filter.compliance === '' || compliance === filter.compliance);
  return sortWorstFirst(shown).map((row) => toDeployedPack(row, 3));
}

/** The row of a pack in one account and region. */
export function toDeployedPack(row: AggregateRow, level: number): DeployedPackRow {
  const { pack, account, region, compliance, compliantRules, totalRules, countsText } = row;
  return {
    kind: 'deployedPack',
    id: `deployed/${account}/${region}/${pack}`,
    level,
    pack,
    account,
    region,
    ...(compliance && { compliance }),
    compliantRules,
    totalRules,
    ...(countsText !== undefined && { countsText }),
  };
}

/** Sorts rows, worst state first, then by the share of failing rules. */
export const sortWorstFirst = (rows: readonly AggregateRow[]): readonly AggregateRow[] =>
  rows.toSorted(
    (a, b) =>
      getStateRank(a) - getStateRank(b) ||
      getFailingShare(b) - getFailingShare(a) ||
      compareTexts(a.pack, b.pack) ||
      compareTexts(a.region, b.region),
  );

const getStateRank = ({ compliance }: AggregateRow): number => [...complianceTypes, compliance].indexOf(compliance);

const getFailingShare = ({ nonCompliantRules, totalRules }: AggregateRow): number =>
  totalRules === 0 ? 0 : nonCompliantRules / totalRules;

/** The rows of the tab of packs: below a pack where it is deployed, worst first, and the accounts and regions that lack it. */
export function* getPackRows(contents: FilteredContents, isToggled: IsToggled): SlicedWork<OverviewRow[]> {
  const { allAccounts, allRegions } = contents;
  const rows: OverviewRow[] = [];
  const isOnly = contents.packs.length === 1 && isRestricting(contents.filter);
  for (const rank of contents.packs) {
    const pack = formatPackGroup(rank.pack);
    const fold = getFoldState(`pack/${pack}`, isOnly, isToggled);
    const coverage = {
      accounts: rank.accountIndices.length,
      allAccounts: allAccounts.length,
      regions: rank.regionIndices.length,
      allRegions: allRegions.length,
    };
    rows.push({ kind: 'pack', ...fold, level: 1, pack, ...toCounts(rank), coverage });
    if (!fold.unfolded) continue;
    // These can be more than a function has arguments.
    for (const row of yield* getPlaceRows(contents, rank, fold.id, isToggled)) rows.push(row);
    rows.push(...(yield* getLackingRows(contents, rank, fold.id)));
  }
  return rows;
}

/** The worst places of a pack are shown at once. What lacks the pack, which comes after them, remains in view. */
const shownPlaces = 10;

/** The rows of one pack, worst first. */
const placeOrder: readonly RowOrder[] = [
  { by: 'state', descending: true },
  { by: 'nonCompliantRules', descending: true },
  { by: 'account' },
  { by: 'region' },
  { by: 'pack' },
];

/** Places are turned into rows in slices of this length. */
const placesPerSlice = 1 << 12;

/** Creates a row for each account and region that has a pack, worst first. All but the first ten are below a heading. */
export function* getPlaceRows(
  contents: FilteredContents,
  rank: PackRank,
  id: string,
  isToggled: IsToggled,
): SlicedWork<OverviewRow[]> {
  const { columns, filter, isComplete } = contents;
  const found = yield* selectRows(columns, {
    ...toPackSelection(contents, rank),
    ...(filter.compliance !== '' && { states: new Set([filter.compliance]) }),
  });
  const places = yield* sortRows(columns, found, placeOrder);
  const toRow = (place: number, level: number): OverviewRow => {
    const row = columns.getRow(place);
    return { ...toDeployedPack(row, level), place: contents.label(row.account) };
  };
  const what = filter.compliance === '' ? 'Deployed' : `Deployed and ${formatCompliance(filter.compliance)}`;
  const where = places.length === 1 ? '1 account and region' : `${formatNumber(places.length)} accounts and regions`;
  const text = `${what} in ${where}${isComplete ? '' : ' so far'}, worst first:`;
  const rows: OverviewRow[] = [{ kind: 'heading', id: `${id}/places`, level: 2, text }];
  for (const place of places.subarray(0, shownPlaces)) rows.push(toRow(place, 2));
  const more = places.subarray(shownPlaces);
  if (more.length === 0) return rows;
  const moreId = `${id}/morePlaces`;
  const unfolded = isToggled(moreId);
  rows.push({ kind: 'heading', id: moreId, level: 2, unfolded, text: `${formatNumber(more.length)} more` });
  if (!unfolded) return rows;
  yield* forEachSlice(
    more.length,
    (start, end) => {
      for (const place of more.subarray(start, end)) rows.push(toRow(place, 3));
    },
    placesPerSlice,
  );
  return rows;
}

function* getLackingRows(contents: FilteredContents, rank: PackRank, id: string): SlicedWork<OverviewRow[]> {
  const regionsByAccount = yield* findRegions(contents, rank);
  const used = new Set([...regionsByAccount.values()].flatMap((regions) => [...regions]));
  const usedRegions = contents.allRegions.filter((region) => used.has(region));
  const { isComplete } = contents;
  const lackingRegions = contents.allRegions
    .filter((region) => !used.has(region))
    .map(
      (region): OverviewRow => ({ kind: 'lackingRegion', id: `${id}/region/${region}`, level: 2, region, isComplete }),
    );
  const lackingAccounts = contents.allAccounts.flatMap((account): OverviewRow[] => {
    const present = regionsByAccount.get(account);
    const regions = present ? usedRegions.filter((region) => !present.has(region)) : [];
    if (present && regions.length === 0) return [];
    const label = contents.label(account);
    return [{ kind: 'lackingAccount', id: `${id}/account/${account}`, level: 2, ...label, regions, isComplete }];
  });
  const lacking = [...lackingAccounts, ...lackingRegions];
  const text = lacking.length === 0 ? getCoveredText(contents) : getLackingText(contents);
  return [{ kind: 'heading', id: `${id}/heading`, level: 2, text }, ...lacking];
}

const getCoveredText = ({ isComplete }: FilteredContents): string =>
  isComplete ? 'Deployed in every account and region' : 'Deployed in every account and region that has been read';

/** An account that has not been read may have the pack. */
const getLackingText = ({ isComplete }: FilteredContents): string =>
  isComplete ? 'Not deployed everywhere. Missing in:' : 'Not everything has been read. No rows so far in:';

const toPackSelection = ({ allAccounts, allRegions }: FilteredContents, { pack }: PackRank): RowSelection => ({
  packs: new Set(pack.deployedNames),
  accounts: new Set(allAccounts),
  regions: new Set(allRegions),
});

/** The regions of each account that has a pack. */
function* findRegions(
  contents: FilteredContents,
  rank: PackRank,
): SlicedWork<ReadonlyMap<string, ReadonlySet<string>>> {
  const { columns } = contents;
  const rows = yield* selectRows(columns, toPackSelection(contents, rank));
  const regionsByAccount = new Map<string, Set<string>>();
  for (const row of rows) {
    const account = columns.accountIds.get(columns.accounts[row]);
    const regions = regionsByAccount.get(account) ?? new Set();
    regionsByAccount.set(account, regions.add(columns.regionNames.get(columns.regions[row])));
  }
  return regionsByAccount;
}
