import type { DeploymentScope, ResolvedName } from './model.ts';

/** Caches resolved names per deployment scope, or once for all scopes if the result does not depend on the scope. */
export function memoizeResolve(
  resolve: (deploymentScope: DeploymentScope) => readonly ResolvedName[],
): (deploymentScope?: DeploymentScope) => readonly ResolvedName[] {
  let cache: Map<string, readonly ResolvedName[]> | undefined;
  let scopeIndependent: readonly ResolvedName[] | undefined;
  return (deploymentScope = {}) => {
    if (scopeIndependent !== undefined) return scopeIndependent;
    const key = `${deploymentScope.account} ${deploymentScope.region} ${deploymentScope.partition}`;
    const cached = cache?.get(key);
    if (cached !== undefined) return cached;
    let isScopeUsed = false;
    const observed = new Proxy(deploymentScope, {
      get(target, name) {
        isScopeUsed = true;
        return Reflect.get(target, name);
      },
    });
    const names = resolve(observed);
    if (isScopeUsed) cache = (cache ?? new Map()).set(key, names);
    else scopeIndependent = names;
    return names;
  };
}
