import { matchesAccount } from '../../compliance/organization/matchesAccount.ts';
import { formatPackGroup } from '../../compliance/organization/packGroups.ts';
import { splitPackName } from '../../compliance/packName.ts';
import type { ExportFilter, ExportQuery, RowLocation } from '../exportQuery.ts';

/** Creates a test for the members of an export's filter that a tree's filter does not have. Names are compared once each. */
export function createExportFilterTest({
  filter,
  accountNames,
}: Pick<ExportQuery, 'filter' | 'accountNames'>): (location: RowLocation) => boolean {
  const { accountContains = '' } = filter;
  const hasPack = memoize((pack) => matchesNames(filter, pack));
  const hasAccount = memoize((account) => matchesAccount(account, accountNames, accountContains));
  return ({ pack, account }) => hasPack(pack) && hasAccount(account);
}

function matchesNames({ framework, organizationPack, packLabelContains }: ExportFilter, pack: string): boolean {
  const { baseName, isOrganization } = splitPackName(pack);
  if (framework !== undefined && pack !== framework && baseName !== framework) return false;
  if (organizationPack !== undefined && !(isOrganization && baseName === organizationPack)) return false;
  if (packLabelContains === undefined) return true;
  const label = formatPackGroup({ name: baseName, isOrganization });
  return label.toLowerCase().includes(packLabelContains.toLowerCase());
}

function memoize(test: (text: string) => boolean): (text: string) => boolean {
  const results = new Map<string, boolean>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = test(text);
    results.set(text, result);
    return result;
  };
}
