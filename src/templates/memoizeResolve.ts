import type { DeploymentScope, ResolvedName } from './model.ts';

/** Resolves a name once for each place; and once for all of them, where nothing in it asks for the place. */
export function memoizeResolve(
  resolve: (place: DeploymentScope) => readonly ResolvedName[],
): (place?: DeploymentScope) => readonly ResolvedName[] {
  let known: Map<string, readonly ResolvedName[]> | undefined;
  let everywhere: readonly ResolvedName[] | undefined;
  return (place = {}) => {
    if (everywhere !== undefined) return everywhere;
    const key = `${place.account} ${place.region} ${place.partition}`;
    const before = known?.get(key);
    if (before !== undefined) return before;
    let asked = false;
    const watched = new Proxy(place, {
      get(target, name) {
        asked = true;
        return Reflect.get(target, name);
      },
    });
    const names = resolve(watched);
    if (asked) known = (known ?? new Map()).set(key, names);
    else everywhere = names;
    return names;
  };
}
