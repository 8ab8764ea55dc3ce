import type { ManagedRule } from './catalog.ts';
import type { Pack, PackState, Rule, Scope } from './estate.ts';
import { hash, hashText, lowerAlphanumeric } from './hash.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * A pack in a state, with the id and the times that belong to it: deployed up to 200 days before `now`, scored within
 * the last twelve hours. A state that is still in progress was asked for minutes ago and has not completed.
 */
export function packIn(scope: Scope, name: string, state: PackState, now: Date, reason?: string): Pack {
  const draw = hash(scope.account, scope.region, name);
  const isUnderWay = state === 'CREATE_IN_PROGRESS' || state === 'DELETE_IN_PROGRESS';
  const age = isUnderWay ? (2 + (draw % 8)) * minute : day + (draw % (200 * 24 * 60)) * minute;
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

/** A managed rule as a pack deploys it, with its results: AWS appends the pack's id to the name in the template. */
export function ruleIn({ id }: Pack, managed: ManagedRule, resources: number, failing: number): Rule {
  return { ...managed, name: `${managed.name}-${id}`, resources, failing };
}

/** Why a pack could not be created or deleted, in AWS Config's and CloudFormation's words. */
export const failureReasons = {
  create:
    'The following resource(s) failed to create: [CmkBackingKeyRotationEnabled]. Configuration recorder is not available to put config rule. Please make sure that the configuration recorder is enabled. (Service: AmazonConfig; Status Code: 400; Error Code: NoAvailableConfigurationRecorderException). Rollback requested by user.',
  delete:
    'The following resource(s) failed to delete: [ElbDeletionProtectionEnabled]. The rule is currently being remediated. (Service: AmazonConfig; Status Code: 400; Error Code: ResourceInUseException).',
} as const;
