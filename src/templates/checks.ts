import type { DeploymentScope, PackReference, PackTemplate, Placement, ResolvedName } from './model.ts';

/** Limits of the service. */
export const serviceLimits = {
  packName: 256,
  organizationPackName: 128,
  rules: 130,
  /** A template in a request. */
  bodyBytes: 51_200,
  /** A template that the service reads from S3. */
  s3Bytes: 307_200,
} as const;

/** Why the service would reject a name. */
export type NameProblem = 'pattern' | 'length';

/** Checks whether the service would reject a pack's name. Ignores unknown parts. */
export function validatePackName(reference: PackReference, deploymentScope?: DeploymentScope): NameProblem | undefined {
  const names = reference.resolve(deploymentScope);
  const maxLength = reference.kind === 'pack' ? serviceLimits.packName : serviceLimits.organizationPackName;
  if (names.some((name) => !pattern[name.kind].test(name.text))) return 'pattern';
  return names.some(({ text }) => text.replaceAll('*', '').length > maxLength) ? 'length' : undefined;
}

/** Names that the service accepts. A pattern must be valid for any value of its unknown parts. */
const pattern: Readonly<Record<ResolvedName['kind'], RegExp>> = {
  exact: /^[a-zA-Z][-a-zA-Z0-9]*$/,
  pattern: /^[a-zA-Z*][-a-zA-Z0-9*]*$/,
  open: /^\*$/,
};

/** References of a document that resolve to the same name in the same place. */
export function findDuplicateNames(
  packs: readonly PackReference[],
  deploymentScope?: DeploymentScope,
): readonly DuplicateName[] {
  const byPlace = new Map<string, DuplicateName & { readonly references: PackReference[] }>();
  for (const pack of packs) {
    const [name, ...others] = pack.resolve(deploymentScope);
    // The branches of a condition may be deployed to different scopes.
    if (name?.kind !== 'exact' || others.length > 0) continue;
    const placements = pack.getPlacements?.() ?? [anywhere];
    // A stack that is created several times, wherever that may be, is no second definition.
    const keys = placements.map(({ group, region, account }) =>
      JSON.stringify([pack.kind, name.text, group, region, account]),
    );
    for (const key of new Set(keys)) {
      const duplicate = byPlace.get(key) ?? { name: name.text, references: [] };
      duplicate.references.push(pack);
      byPlace.set(key, duplicate);
    }
  }
  const duplicates = [...byPlace.values()].filter(({ references }) => references.length > 1);
  // The packs of a module with several callers have the same name in each of their places.
  const getKey = ({ references }: DuplicateName) => references.map(({ range }) => range.start).join(' ');
  return [...new Map(duplicates.map((duplicate) => [getKey(duplicate), duplicate])).values()];
}

export interface DuplicateName {
  readonly name: string;
  readonly references: readonly PackReference[];
}

const anywhere: Placement = { group: '' };

/** The places of a pack that may be a scope. */
export const findPlacementsIn = (pack: PackReference, scope: DeploymentScope): readonly Placement[] =>
  (pack.getPlacements?.() ?? [anywhere]).filter(
    ({ region, account }) => mayBeSame(region, scope.region) && mayBeSame(account, scope.account),
  );

const mayBeSame = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;

/**
 * A limit that a pack template exceeds: `needsS3` if only a template in a request would exceed it. The size of an
 * embedded template is limited by the request.
 */
export type ExceededLimit = 'rules' | 'bodyBytes' | 's3Bytes' | 'needsS3';

/** The service's limits that a pack template exceeds. */
export function findExceededLimits({ ruleCount, bytes, pack }: PackTemplate): readonly ExceededLimit[] {
  const limits: ExceededLimit[] = ruleCount > serviceLimits.rules ? ['rules'] : [];
  if (bytes <= serviceLimits.bodyBytes) return limits;
  if (pack !== undefined) return [...limits, 'bodyBytes'];
  return [...limits, bytes > serviceLimits.s3Bytes ? 's3Bytes' : 'needsS3'];
}

/** Compares the rules of a pack template and a deployed pack. Each result lists rules missing from the other side. */
export function findRuleDifferences(
  { rules }: PackTemplate,
  deployedRules: Iterable<string>,
  deploymentScope?: DeploymentScope,
) {
  const deployed = new Set([...deployedRules].map((name) => name.replace(/-conformance-pack-[a-z0-9]{9}$/, '')));
  const exact = rules.flatMap((rule) => {
    const [name, ...others] = rule.resolve(deploymentScope);
    return name?.kind === 'exact' && others.length === 0 ? [{ rule, name: name.text }] : [];
  });
  const templateNames = new Set(exact.map(({ name }) => name));
  return {
    notDeployed: exact.filter(({ name }) => !deployed.has(name)).map(({ rule }) => rule),
    // Missing rules can be determined only if every name in the template is known.
    notInTemplate: exact.length === rules.length ? [...deployed].filter((name) => !templateNames.has(name)) : [],
  };
}
