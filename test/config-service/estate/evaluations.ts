import type { Pack, Rule, Scope } from './estate.ts';
import { hash, hashText, hexadecimal } from './hash.ts';
import type { ComplianceType } from './scoring.ts';

/** The result of one rule for one resource. */
export interface Evaluation {
  readonly type: Exclude<ComplianceType, 'INSUFFICIENT_DATA'>;
  readonly resourceId: string;
  /** The reason of a non-compliant result. */
  readonly annotation?: string;
}

/**
 * Returns the result of a rule for its `index`-th resource. The first `failing` results are non-compliant.
 * Each rule starts at a different resource, so that rules do not all fail for the same one.
 */
export function getEvaluation(pack: Pack, rule: Rule, index: number): Evaluation {
  const start = hash(rule.annotation, pack.account) % rule.resources;
  const resourceId = createResourceId(pack, rule.resourceType, (start + index) % rule.resources);
  if (index >= rule.failing) return { type: 'COMPLIANT', resourceId };
  return { type: 'NON_COMPLIANT', resourceId, annotation: rule.annotation };
}

export const teams = [
  'payments',
  'identity',
  'catalog',
  'orders',
  'data',
  'web',
  'logs',
  'build',
  'search',
  'billing',
] as const;

/** Creates the id of the `index`-th resource of a type in a scope. It is the same for every rule. */
function createResourceId(scope: Scope, type: string, index: number): string {
  const { account, region } = scope;
  const hex = (length: number) => hashText(length, hexadecimal, account, region, type, index);
  const name = `${teams[index % teams.length]}-${index + 1}`;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  switch (type) {
    case 'AWS::::Account':
      return account;
    case 'AWS::S3::Bucket':
      return `${account}-${region}-${name}`;
    case 'AWS::EC2::Instance':
      return `i-${hex(17)}`;
    case 'AWS::EC2::Volume':
      return `vol-${hex(17)}`;
    case 'AWS::EC2::SecurityGroup':
      return `sg-${hex(17)}`;
    case 'AWS::EC2::VPC':
      return `vpc-${hex(17)}`;
    case 'AWS::IAM::User':
      return `AIDA${hex(17).toUpperCase()}`;
    case 'AWS::RDS::DBInstance':
      return `db-${hex(26).toUpperCase()}`;
    case 'AWS::KMS::Key':
      return `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return arn('elasticloadbalancing', `loadbalancer/app/${name}/${hex(16)}`);
    case 'AWS::SecretsManager::Secret':
      return arn('secretsmanager', `secret:${name}`);
    case 'AWS::SNS::Topic':
      return arn('sns', name);
    default:
      return name;
  }
}
