import type { DeploymentScope, ResolvedName } from './model.ts';

/** Caches resolved names per deployment scope, or once for all scopes if the result does not depend on the scope. */
export function memoizeResolve(
  resolve: (deploymentScope: DeploymentScope) => readonly ResolvedName[],
): (deploymentScope?: DeploymentScope) => readonly ResolvedName[] {
  let known: Map<string, readonly ResolvedName[]> | undefined;
  let everywhere: readonly ResolvedName[] | undefined;
  return (deploymentScope = {}) => {
    if (everywhere !== undefined) return everywhere;
    const key = `${deploymentScope.account} ${deploymentScope.region} ${deploymentScope.partition}`;
    const before = known?.get(key);
    if (before !== undefined) return before;
    let asked = false;
    const watched = new Proxy(deploymentScope, {
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
