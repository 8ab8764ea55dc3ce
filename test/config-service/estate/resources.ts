import type { Pack, Rule, Scope } from './estate.ts';
import type { Evaluation } from './evaluations.ts';
import { getEvaluation, teams } from './evaluations.ts';
import { hash } from './hash.ts';

/** A resource that is excepted from remediation. */
export interface RemediationException {
  readonly message: string;
  readonly expiresAt?: Date;
}

/** A resource as the recorder of a scope knows it, with its tags. */
export interface RecordedResource extends Scope {
  readonly type: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

const messages = [
  'Accepted by the security office until the migration ends',
  'Public on purpose: serves static files',
  'The vendor does not support this yet',
] as const;

/** Returns the exception of a failing resource: about one of five has one, and half of these expire. */
export function getException(
  pack: Pack,
  rule: Rule,
  { type, resourceId }: Evaluation,
): RemediationException | undefined {
  const draw = hash('exception', pack.account, rule.name, resourceId);
  if (type !== 'NON_COMPLIANT' || draw % 5 !== 0) return undefined;
  const message = messages[(draw >>> 8) % messages.length] ?? messages[0];
  if ((draw >>> 16) % 2 === 0) return { message };
  return { message, expiresAt: new Date(Math.floor(pack.scoredAt.getTime() / day) * day + 90 * day) };
}

const day = 86_400_000;

/** Types that rules evaluate without a configuration item: accounts have none, and users are recorded in another region. */
const unrecordedTypes: ReadonlySet<string> = new Set(['AWS::::Account', 'AWS::IAM::User']);

/** Iterates over the recorded resources of some rules, each once. Four of five are tagged with their owner. */
export function* iterateResources(pack: Pack, rules: readonly Rule[], seen: Set<string>): Generator<RecordedResource> {
  const { account, region } = pack;
  for (const rule of rules) {
    if (unrecordedTypes.has(rule.resourceType)) continue;
    for (let index = 0; index < rule.resources; index += 1) {
      const { resourceId: id } = getEvaluation(pack, rule, index);
      const key = `${rule.resourceType} ${id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const draw = hash('tags', account, region, key);
      const owner = draw % 5 === 0 ? undefined : teams[(draw >>> 8) % 4];
      const tags = { Environment: draw % 2 === 0 ? 'prod' : 'dev', ...(owner !== undefined && { Owner: owner }) };
      yield { account, region, type: rule.resourceType, id, tags };
    }
  }
}
