import type { Scope } from '../compliance/model.ts';

/** The scope that an ARN names. Undefined if the ARN contains no account. */
export function toScope(arn: string | undefined, region: string): Scope | undefined {
  const [, partition, account] = /^arn:(aws[a-z-]*):[^:]*:[^:]*:(\d{12}):/.exec(arn ?? '') ?? [];
  return partition && account ? { account, partition, region } : undefined;
}
