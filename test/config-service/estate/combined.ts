import type { Estate, Scope } from './estate.ts';

/** Combines two independent estates. An account that is not in the second belongs to the first. */
export function combineEstates(first: Estate, second: Estate): Estate {
  const secondAccounts = new Set(second.accounts);
  const select = ({ account }: Scope): Estate => (secondAccounts.has(account) ? second : first);
  return {
    home: first.home,
    accounts: [...first.accounts, ...second.accounts].sort(),
    regions: [...new Set([...first.regions, ...second.regions])].sort(),
    organizationPacks: [...new Set([...first.organizationPacks, ...second.organizationPacks])],
    rollout: (pack, region) => (first.organizationPacks.includes(pack) ? first : second).rollout(pack, region),
    recordsPacks: (scope) => select(scope).recordsPacks(scope),
    aggregators: (scope) => select(scope).aggregators(scope),
    sourceStatus: (scope) => select(scope).sourceStatus(scope),
    packNames: (scope) => select(scope).packNames(scope),
    pack: (scope, name) => select(scope).pack(scope, name),
    rules: (pack) => select(pack).rules(pack),
    ruleCounts: (pack) => select(pack).ruleCounts(pack),
  };
}
