import type { PackReference, PackTemplate, DeploymentScope, ResolvedName } from './model.ts';

/** What the service accepts. */
export const serviceLimits = { packName: 256, organizationPackName: 128, rules: 130, templateBytes: 51_200 } as const;

/** Why the service would refuse a name. */
export type NameProblem = 'pattern' | 'length';

/** Why the service would refuse a pack's name, if it would; what stays open is not judged, what stands around it is. */
export function validatePackName(reference: PackReference, place?: DeploymentScope): NameProblem | undefined {
  const names = reference.resolve(place);
  const longest = reference.kind === 'pack' ? serviceLimits.packName : serviceLimits.organizationPackName;
  if (names.some((name) => !pattern[name.kind].test(name.text))) return 'pattern';
  return names.some(({ text }) => text.replaceAll('*', '').length > longest) ? 'length' : undefined;
}

/** What the service accepts; for a pattern, whatever fills its open parts. */
const pattern: Readonly<Record<ResolvedName['kind'], RegExp>> = {
  exact: /^[a-zA-Z][-a-zA-Z0-9]*$/,
  pattern: /^[a-zA-Z*][-a-zA-Z0-9*]*$/,
  open: /^\*$/,
};

/** References of a document that come to the same name, for each such name. */
export function findDuplicateNames(
  packs: readonly PackReference[],
  place?: DeploymentScope,
): ReadonlyMap<string, readonly PackReference[]> {
  const byName = new Map<string, PackReference[]>();
  for (const pack of packs) {
    const [name, ...others] = pack.resolve(place);
    // The branches of a condition may well be deployed elsewhere under each other's names.
    if (name?.kind !== 'exact' || others.length > 0) continue;
    const key = `${pack.kind} ${name.text}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [pack]);
    else known.push(pack);
  }
  const repeated = [...byName].filter(([, references]) => references.length > 1);
  return new Map(repeated.map(([key, references]) => [key.slice(key.indexOf(' ') + 1), references]));
}

/** Which of the service's limits a pack template breaks. */
export function findExceededLimits({ ruleCount, bytes }: PackTemplate): readonly ('rules' | 'templateBytes')[] {
  return [
    ...(ruleCount > serviceLimits.rules ? (['rules'] as const) : []),
    ...(bytes > serviceLimits.templateBytes ? (['templateBytes'] as const) : []),
  ];
}

/** How a pack template and a deployed pack differ: rules of one that the other lacks. */
export function compareRules({ rules }: PackTemplate, deployedRules: Iterable<string>, place?: DeploymentScope) {
  const deployed = new Set([...deployedRules].map((name) => name.replace(/-conformance-pack-[a-z0-9]{9}$/, '')));
  const exact = rules.flatMap((rule) => {
    const [name, ...others] = rule.resolve(place);
    return name?.kind === 'exact' && others.length === 0 ? [{ rule, name: name.text }] : [];
  });
  const written = new Set(exact.map(({ name }) => name));
  return {
    notDeployed: exact.filter(({ name }) => !deployed.has(name)).map(({ rule }) => rule),
    // Only a template whose every rule is known by name can tell what is missing from it.
    notInTemplate: exact.length === rules.length ? [...deployed].filter((name) => !written.has(name)) : [],
  };
}
