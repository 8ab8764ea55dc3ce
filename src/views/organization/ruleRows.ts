import { createRuleSelection, type FailingRules } from '../../compliance/organization/failingRules.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { OverviewFilter, OverviewRow } from '../../webview/overview/protocol.ts';
import { toRuleTextFilter } from './filterContents.ts';
import { getFoldState } from './overviewRows.ts';

/** The rows of the tab of rules: below a rule the accounts and regions where it fails. */
export function* getRuleRows(
  rules: FailingRules,
  accountNames: ReadonlyMap<string, string>,
  filter: OverviewFilter,
  isToggled: (id: string) => boolean,
): SlicedWork<OverviewRow[]> {
  const selection = createRuleSelection(toRuleTextFilter(filter), accountNames);
  const ranks = yield* rules.rank(selection);
  const isOnly = ranks.length === 1 && Object.keys(selection).length > 0;
  return ranks.flatMap(({ rule, accounts, deployedRules, resources }): OverviewRow[] => {
    const { id, unfolded } = getFoldState(`rule/${rule}`, isOnly, isToggled);
    const row: OverviewRow = {
      kind: 'rule',
      id,
      level: 1,
      unfolded,
      rule,
      accounts,
      rules: deployedRules,
      failingResources: resources,
    };
    if (!unfolded) return [row];
    const locations = rules.rankLocations(rule, selection).map((location): OverviewRow => {
      const name = accountNames.get(location.account);
      return {
        kind: 'failingRule',
        id: `${id}/${location.account}/${location.region}`,
        level: 2,
        account: location.account,
        ...(name !== undefined && { name }),
        region: location.region,
        rules: location.deployedRules,
        failingResources: location.resources,
      };
    });
    return [row, ...locations];
  });
}
