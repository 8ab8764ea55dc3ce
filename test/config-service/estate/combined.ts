import type { Estate, Scope } from './estate.ts';

/** Two estates in one service that know nothing of each other: an account belongs to the second, or else to the first. */
export function combineEstates(first: Estate, second: Estate): Estate {
  const secondAccounts = new Set(second.accounts);
  const of = ({ account }: Scope): Estate => (secondAccounts.has(account) ? second : first);
  return {
    home: first.home,
    accounts: [...first.accounts, ...second.accounts].sort(),
    regions: [...new Set([...first.regions, ...second.regions])].sort(),
    organizationPacks: [...new Set([...first.organizationPacks, ...second.organizationPacks])],
    aggregators: (scope) => of(scope).aggregators(scope),
    sourceStatus: (scope) => of(scope).sourceStatus(scope),
    packNames: (scope) => of(scope).packNames(scope),
    pack: (scope, name) => of(scope).pack(scope, name),
    rules: (pack) => of(pack).rules(pack),
    ruleCounts: (pack) => of(pack).ruleCounts(pack),
  };
}
