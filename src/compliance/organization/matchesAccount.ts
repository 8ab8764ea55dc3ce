/** Whether a text is a part of an account's ID or name; case does not matter. `names`: names of accounts by ID. */
export function matchesAccount(account: string, names: ReadonlyMap<string, string>, text: string): boolean {
  const lower = text.toLowerCase();
  return account.includes(lower) || (names.get(account) ?? '').toLowerCase().includes(lower);
}
