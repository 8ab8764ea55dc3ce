import type { ManagedRule } from './catalog.ts';
import type { Pack, PackState, Rule, Scope } from './estate.ts';
import { hash, hashText, lowerAlphanumeric } from './hash.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Creates a pack with a derived id and times: it was deployed up to 200 days before `now` and scored within the last
 * twelve hours. A deployment in progress was requested minutes ago and has not completed.
 */
export function createPack(scope: Scope, name: string, state: PackState, now: Date, reason?: string): Pack {
  const draw = hash(scope.account, scope.region, name);
  const isInProgress = state === 'CREATE_IN_PROGRESS' || state === 'DELETE_IN_PROGRESS';
  const age = isInProgress ? (2 + (draw % 8)) * minute : day + (draw % (200 * 24 * 60)) * minute;
  const requestedAt = new Date(now.getTime() - age);
  const pack = {
    ...scope,
    name,
    id: `conformance-pack-${hashText(9, lowerAlphanumeric, scope.account, scope.region, name)}`,
    state,
    requestedAt,
    scoredAt: new Date(now.getTime() - (20 + (draw % 700)) * minute),
    ...(reason === undefined ? {} : { reason }),
  };
  if (state !== 'CREATE_COMPLETE') return pack;
  return { ...pack, completedAt: new Date(requestedAt.getTime() + (2 + (draw % 6)) * minute) };
}

/** Creates a rule of a pack with its results. AWS appends the pack's id to the rule's name in the template. */
export function createRule({ id }: Pack, managed: ManagedRule, resources: number, failing: number): Rule {
  return { ...managed, name: `${managed.name}-${id}`, resources, failing };
}

/** Reasons of failed deployments, as AWS Config and CloudFormation report them. */
export const failureReasons = {
  create:
    'The following resource(s) failed to create: [CmkBackingKeyRotationEnabled]. Configuration recorder is not available to put config rule. Please make sure that the configuration recorder is enabled. (Service: AmazonConfig; Status Code: 400; Error Code: NoAvailableConfigurationRecorderException). Rollback requested by user.',
  delete:
    'The following resource(s) failed to delete: [ElbDeletionProtectionEnabled]. The rule is currently being remediated. (Service: AmazonConfig; Status Code: 400; Error Code: ResourceInUseException).',
} as const;
